"""The desk remembers what it has heard for as long as a platform may repeat it, and no longer."""

from datetime import UTC, datetime, timedelta

from bot.ports.storage.inbound_events import Arrival
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.workers.seen_events import AT_ONCE, SeenEvents
from tests.bench.growth.sent_statements import listening
from tests.stories.office import SetClock

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def test_after_sixty_days_nothing_repeats_an_event_and_its_key_is_forgotten(storage: Storage) -> None:
    clock = SetClock(NOW)
    seen = SeenEvents(storage=storage, clock=clock)
    await storage.run(lambda uow: uow.inbound_events.arrive("said", now=NOW))

    clock.move(timedelta(days=60))
    assert await seen.tick() == 0
    assert await storage.run(lambda uow: uow.inbound_events.arrive("said", now=NOW)) is Arrival.REPEATED

    clock.move(timedelta(seconds=1))
    assert await seen.tick() == 1


async def test_however_many_are_forgotten_each_transaction_forgets_a_few(storage: Storage) -> None:
    clock = SetClock(NOW)
    seen = SeenEvents(storage=storage, clock=clock)
    many = 2 * AT_ONCE + 1

    def arrive(uow: UnitOfWork) -> None:
        for number in range(many):
            uow.inbound_events.arrive(f"said {number}", now=NOW)

    await storage.run(arrive)
    clock.move(timedelta(days=61))
    with listening() as sent:
        assert await seen.tick() == many
    assert sent.writes == 3
    assert await seen.tick() == 0

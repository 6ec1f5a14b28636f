"""The desk remembers what it has heard for as long as a platform may repeat it, and no longer."""

from datetime import UTC, datetime, timedelta

from bot.ports.storage.inbound_events import Arrival
from bot.ports.unit_of_work import Storage
from bot.workers.seen_events import SeenEvents
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

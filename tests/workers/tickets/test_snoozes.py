"""However many replicas look, a snoozed ticket comes back once."""

from datetime import timedelta
from pathlib import Path

from bot.ports.unit_of_work import Storage
from bot.workers.tickets.snoozes import SnoozesWorker
from tests.fakes.desk.desk_without_platform import BO
from tests.workers.tickets.replicas import Replicas

MANY = 12


async def test_three_replicas_bring_each_back_once(storage: Storage, tmp_path: Path) -> None:
    all_of_them = await Replicas.opened(
        storage, tmp_path, lambda contexts: SnoozesWorker(storage=storage, contexts=contexts)
    )
    for number in range(1, MANY + 1):
        await all_of_them.asks(number)
        await all_of_them.desk.intake.take(all_of_them.desk.typed(BO, f"snooze IT-{number} 2h"))
    assert await all_of_them.tick() == 0, "none is over"
    all_of_them.clock.move(timedelta(hours=3))
    assert await all_of_them.tick() == MANY
    assert await all_of_them.tick() == 0
    all_of_them.clock.move(-timedelta(hours=3))
    assert await all_of_them.tick() == 0, "the clock was put back"
    for number in range(1, MANY + 1):
        assert await all_of_them.events(number, "SnoozeEnded") == 1
        assert (await all_of_them.desk.ticket(number)).snoozed_until is None
    assert len(await all_of_them.notices("team.snooze_over")) == MANY

"""However many replicas look, a reminder is told once, and one that fails holds up no other."""

from datetime import timedelta
from pathlib import Path

from bot.ports.unit_of_work import Storage
from bot.workers.tickets.reminders import RemindersWorker
from tests.fakes.desk.desk_without_platform import BO
from tests.workers.tickets.replicas import Replicas

MANY = 12


async def test_three_replicas_tell_each_once(storage: Storage, tmp_path: Path) -> None:
    all_of_them = await Replicas.opened(
        storage, tmp_path, lambda contexts: RemindersWorker(storage=storage, contexts=contexts)
    )
    for number in range(1, MANY + 1):
        await all_of_them.asks(number)
        await all_of_them.desk.intake.take(
            all_of_them.desk.typed(BO, f"remind IT-{number} 2h, look at mouse {number}")
        )
    assert await all_of_them.tick() == 0, "none is due"
    all_of_them.clock.move(timedelta(hours=3))
    assert await all_of_them.tick() == MANY
    assert await all_of_them.tick() == 0
    all_of_them.clock.move(-timedelta(hours=3))
    assert await all_of_them.tick() == 0, "the clock was put back"
    all_of_them.clock.move(timedelta(days=30))
    assert await all_of_them.tick() == 0
    for number in range(1, MANY + 1):
        assert await all_of_them.events(number, "ReminderTold") == 1
    assert len(await all_of_them.notices("reminder:")) == MANY

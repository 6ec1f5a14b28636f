"""However many replicas look, and however the clock jumps, a day has one message."""

from datetime import timedelta
from pathlib import Path

from bot.ports.unit_of_work import Storage
from bot.workers.tickets.mornings import MorningsWorker
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.workers.tickets.replicas import Replicas

HOUR = timedelta(hours=1)


async def test_three_replicas_tell_each_day_once(storage: Storage, tmp_path: Path) -> None:
    all_of_them = await Replicas.opened(
        storage, tmp_path, lambda contexts: MorningsWorker(storage=storage, contexts=contexts)
    )
    assert await all_of_them.tick() == 0, "nobody wants one"
    for person in (BO, CLEO):
        await all_of_them.desk.intake.take(all_of_them.desk.typed(person, "morning 11:00"))
    assert await all_of_them.tick() == 0
    all_of_them.clock.move(3 * HOUR)
    assert await all_of_them.tick() == 2
    assert await all_of_them.tick() == 0
    all_of_them.clock.move(-3 * HOUR)
    assert await all_of_them.tick() == 0, "the clock was put back"
    all_of_them.clock.move(-24 * HOUR)
    assert await all_of_them.tick() == 0, "to yesterday, too"
    all_of_them.clock.move(52 * HOUR)
    assert await all_of_them.tick() == 2, "the next day"
    assert len(await all_of_them.notices("morning:")) == 4

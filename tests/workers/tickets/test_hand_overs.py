"""However many replicas look, and however the clock jumps, a team hands over once a day."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.workers.tickets.hand_overs import HandOversWorker
from tests.services.levels.sun_desk import sun_desk
from tests.workers.tickets.replicas import Replicas

HOUR = timedelta(hours=1)
TO_FIVE_IN_BERLIN = 7 * HOUR


@pytest.fixture
async def sun(storage: Storage, tmp_path: Path) -> Replicas:
    desk = load_desk(sun_desk(tmp_path), KNOWN_PLATFORMS)

    def worker(contexts: ContextFactory) -> HandOversWorker:
        return HandOversWorker(storage=storage, contexts=replace(contexts, desk=lambda: desk))

    replicas = await Replicas.opened(storage, tmp_path, worker)
    for number in range(1, 4):
        await replicas.asks(number)
    return replicas


async def test_three_replicas_move_each_ticket_once_and_tell_of_them_once(sun: Replicas) -> None:
    sun.clock.move(TO_FIVE_IN_BERLIN - timedelta(seconds=1))
    assert await sun.tick() == 0
    sun.clock.move(timedelta(seconds=1))
    assert await sun.tick() == 3
    assert await sun.tick() == 0
    for number in range(1, 4):
        assert await sun.events(number, "TicketTransferred") == 1
        assert (await sun.desk.ticket(number)).team == "people"
    assert len(await sun.notices("hand-over:")) == 1


async def test_a_clock_that_is_put_back_moves_nothing_again(sun: Replicas) -> None:
    sun.clock.move(TO_FIVE_IN_BERLIN)
    assert await sun.tick() == 3
    sun.clock.move(-2 * HOUR)
    assert await sun.tick() == 0
    sun.clock.move(-3 * 24 * HOUR)
    assert await sun.tick() == 0, "to a day before, too"
    sun.clock.move(3 * 24 * HOUR + 2 * HOUR)
    assert await sun.tick() == 0


async def test_a_desk_that_was_down_at_the_hour_hands_over_late_but_not_once_the_team_is_there_again(
    sun: Replicas,
) -> None:
    sun.clock.move(TO_FIVE_IN_BERLIN + 2 * HOUR)
    assert await sun.tick() == 3
    sun.clock.move(24 * HOUR - 9 * HOUR + 8 * HOUR)
    assert await sun.tick() == 0
    assert (await sun.desk.ticket(1)).team == "people", "Tuesday’s morning in Lima has only begun"


async def test_they_go_around_the_globe_one_region_after_the_other(sun: Replicas) -> None:
    teams = []
    for _ in range(24):
        sun.clock.move(HOUR)
        await sun.tick()
        teams.append((await sun.desk.ticket(1)).team)
    assert list(dict.fromkeys(teams)) == ["it", "people", "network"]
    assert await sun.events(1, "TicketTransferred") == 3
    assert teams[-1] == "it"

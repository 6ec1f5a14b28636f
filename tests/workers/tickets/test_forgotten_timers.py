"""A forgotten timer is stopped once, however many replicas look, whatever restarts and wherever the clock goes."""

import asyncio
from datetime import timedelta

from bot.ports.storage.outbox import RowKind
from bot.services.tickets.worked_time.timers import start_timer, stop_timer
from bot.workers.tickets.forgotten_timers import ForgottenTimers
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk

HOUR = timedelta(hours=1)


async def starts(desk: HeadlessDesk) -> None:
    ticket = await desk.opens()
    await desk.works(BO, lambda context: start_timer(context, ticket.id))
    await desk.sent()


def replica(desk: HeadlessDesk) -> ForgottenTimers:
    """As a process that has just started has it."""
    return ForgottenTimers(storage=desk.storage, contexts=desk.contexts)


async def told(desk: HeadlessDesk) -> list[str]:
    return [each.words for each in await desk.sent(RowKind.NOTICE) if "timer" in each.words]


async def test_three_replicas_stop_it_once_and_its_owner_is_told_once(headless: HeadlessDesk) -> None:
    await starts(headless)
    headless.clock.move(8 * HOUR - timedelta(seconds=1))
    assert await replica(headless).tick() == 0
    headless.clock.move(timedelta(seconds=1))
    assert sum(await asyncio.gather(*(replica(headless).tick() for _ in range(3)))) == 1
    assert (await headless.ticket()).worked == 8 * HOUR
    assert len(await told(headless)) == 1
    assert await replica(headless).tick() == 0
    assert await told(headless) == []


async def test_a_jump_of_the_clock_counts_no_more_than_its_longest_time(headless: HeadlessDesk) -> None:
    await starts(headless)
    headless.clock.move(63 * HOUR)
    assert await replica(headless).tick() == 1
    headless.clock.move(-63 * HOUR)
    assert await replica(headless).tick() == 0
    headless.clock.move(63 * HOUR)
    assert await replica(headless).tick() == 0
    assert (await headless.ticket()).worked == 8 * HOUR


async def test_one_that_its_agent_stops_in_time_is_left_alone(headless: HeadlessDesk) -> None:
    await starts(headless)
    headless.clock.move(HOUR)
    await headless.works(BO, stop_timer)
    headless.clock.move(63 * HOUR)
    assert await replica(headless).tick() == 0
    assert (await headless.ticket()).worked == HOUR
    assert await told(headless) == []

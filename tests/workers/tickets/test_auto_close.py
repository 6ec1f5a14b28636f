"""Resolved tickets are closed after their team's days, and no others."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.tickets.ticket import Status
from bot.services.tickets import actions
from bot.workers.tickets.auto_close import BATCH, AutoClose
from tests.bench.growth.sent_statements import listening
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk


async def closed(desk: HeadlessDesk) -> int:
    return await AutoClose(storage=desk.storage, contexts=desk.contexts).tick()


async def test_it_closes_what_was_resolved_as_long_ago_as_each_team_says(headless: HeadlessDesk) -> None:
    everyday = everyday_desk()
    headless.desk = replace(
        everyday,
        teams={
            **everyday.teams,
            "it": replace(everyday.teams["it"], closes_after=timedelta(days=2)),
            "network": replace(everyday.teams["network"], closes_after=timedelta(days=4)),
        },
    )
    for text in ("My mouse is dead", "The wifi is gone", "My screen is dark"):
        await headless.opens(text)
    for number in (1, 2):
        await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=number)

    assert await closed(headless) == 0
    headless.clock.move(timedelta(days=2, seconds=1))
    assert await closed(headless) == 1
    statuses = [(await headless.ticket(number)).status for number in (1, 2, 3)]
    assert statuses == [Status.CLOSED, Status.RESOLVED, Status.NEW]
    headless.clock.move(timedelta(days=2))
    assert await closed(headless) == 1


async def test_a_reopened_ticket_has_all_its_days_again(headless: HeadlessDesk) -> None:
    await headless.opens()
    days = headless.desk.teams["it"].closes_after
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"))
    headless.clock.move(days - timedelta(hours=1))
    await headless.does(ANA, actions.reopen_ticket)
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"))
    headless.clock.move(timedelta(hours=2))
    assert await closed(headless) == 0
    headless.clock.move(days)
    assert await closed(headless) == 1


async def test_many_are_closed_a_few_at_a_time_so_that_nobody_waits_for_all(headless: HeadlessDesk) -> None:
    for number in range(1, 2 * BATCH + 2):
        await headless.opens()
        await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=number)
    headless.clock.move(headless.desk.teams["it"].closes_after + timedelta(seconds=1))
    with listening() as sent:
        assert await closed(headless) == 2 * BATCH + 1
    assert sent.writes == 3

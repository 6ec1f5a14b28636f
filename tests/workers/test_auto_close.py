"""Resolved tickets are closed after their team's days, and no others."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.tickets.ticket import Status
from bot.services.tickets import actions
from bot.workers.auto_close import AutoClose
from tests.fakes.desk.desk_at_work import DeskAtWork, everyday_desk
from tests.fakes.desk.desk_without_platform import ANA, BO


async def closed(desk: DeskAtWork) -> int:
    return await AutoClose(storage=desk.storage, contexts=desk.contexts).tick()


async def test_it_closes_what_was_resolved_as_long_ago_as_each_team_says(at_work: DeskAtWork) -> None:
    everyday = everyday_desk()
    at_work.desk = replace(
        everyday,
        teams={
            **everyday.teams,
            "it": replace(everyday.teams["it"], closes_after=timedelta(days=2)),
            "network": replace(everyday.teams["network"], closes_after=timedelta(days=4)),
        },
    )
    for text in ("My mouse is dead", "The wifi is gone", "My screen is dark"):
        await at_work.opens(text)
    for number in (1, 2):
        await at_work.does(BO, actions.resolve_ticket, number=number)

    assert await closed(at_work) == 0
    at_work.clock.move(timedelta(days=2, seconds=1))
    assert await closed(at_work) == 1
    statuses = [(await at_work.ticket(number)).status for number in (1, 2, 3)]
    assert statuses == [Status.CLOSED, Status.RESOLVED, Status.NEW]
    at_work.clock.move(timedelta(days=2))
    assert await closed(at_work) == 1


async def test_a_reopened_ticket_has_all_its_days_again(at_work: DeskAtWork) -> None:
    await at_work.opens()
    days = at_work.desk.teams["it"].closes_after
    await at_work.does(BO, actions.resolve_ticket)
    at_work.clock.move(days - timedelta(hours=1))
    await at_work.does(ANA, actions.reopen_ticket)
    await at_work.does(BO, actions.resolve_ticket)
    at_work.clock.move(timedelta(hours=2))
    assert await closed(at_work) == 0
    at_work.clock.move(days)
    assert await closed(at_work) == 1

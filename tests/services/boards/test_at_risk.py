"""Which tickets a board lists: breached ones and those that people were warned of, soonest due first."""

from functools import partial

from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.tickets.ticket import Priority
from bot.messages.outbound import Tone
from bot.services.boards.at_risk import at_risk
from bot.services.context.stage_tone import stage_tone
from bot.services.context.view import View
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.services.bulk_changes.busy_desk import changes, undoes


def listed(view: View) -> list[tuple[str, str]]:
    found, _ = at_risk(view.uow, [view.desk.teams["it"]], now=view.now)
    return [(each.target.ticket.reference, str(each.target.timer.measure)) for each in found]


async def test_half_of_the_time_is_no_risk_and_four_fifths_are(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=20)
    assert await headless.looks(listed) == []
    await headless.passes(minutes=4)
    assert await headless.looks(listed) == [("IT-1", "first_response")]


async def test_what_is_due_sooner_comes_first_and_each_ticket_once(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=5)
    await headless.opens("The lift is stuck")
    await headless.does(
        BO, lambda context, ticket: actions.set_priority(context, ticket, Priority.URGENT), number=2
    )
    await headless.passes(minutes=20)
    assert await headless.looks(listed) == [("IT-2", "first_response"), ("IT-1", "first_response")]
    await headless.passes(minutes=470)
    assert [reference for reference, _ in await headless.looks(listed)] == ["IT-2", "IT-1"]


async def test_a_breach_counts_from_its_instant_though_no_clock_has_ticked(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=16)
    headless.clock.move(headless.clock.now() - (await headless.ticket()).opened_at)
    assert await headless.looks(listed) == [("IT-1", "first_response")]


async def test_a_breach_somebody_acknowledged_is_not_hidden_by_what_is_only_at_risk(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.passes(minutes=31)
    await headless.does(BO, actions.acknowledge)
    await headless.passes(minutes=8 * 60 - 31 - 20)
    assert await headless.looks(_risks) == {"first_response": False, "resolution": True}
    assert await headless.looks(listed) == [("IT-1", "first_response")]


async def test_an_answer_that_is_owed_is_named_before_the_end_though_somebody_handles_it(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.passes(minutes=31)
    await headless.does(BO, actions.acknowledge)
    await headless.passes(minutes=8 * 60)
    assert await headless.looks(listed) == [("IT-1", "first_response")]
    assert await headless.looks(_also) == ["resolution"]


def _also(view: View) -> list[str]:
    found, _ = at_risk(view.uow, [view.desk.teams["it"]], now=view.now)
    return [str(measure) for each in found for measure in each.unhandled]


def _risks(view: View) -> dict[str, bool]:
    """Of IT-1's targets, whether each has an alert that nobody handles."""
    ticket = view.uow.tickets.find("IT", 1)
    assert ticket is not None
    measures = {each.id: str(each.measure) for each in view.uow.sla_timers.of_ticket(ticket.id)}
    return {
        measures[each.timer_id]: each.is_unhandled for each in view.uow.escalations.under_way([ticket.id])
    }


async def test_answered_or_resolved_or_with_another_team_it_is_off_the_board(headless: HeadlessDesk) -> None:
    for number in (1, 2, 3):
        await headless.opens(f"Mouse {number} is dead")
    await headless.passes(minutes=25)
    assert len(await headless.looks(listed)) == 3
    await headless.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Soon"))
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=2)
    await headless.does(
        BO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["network"]),
        number=3,
    )
    assert await headless.looks(listed) == []


async def test_a_change_of_many_tickets_undone_leaves_at_risk_what_was_at_risk(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.meets()
    await headless.passes(minutes=24)
    change = await changes(headless, BO, [1], BulkAction.PRIORITY, {"priority": "low"})
    assert await headless.looks(listed) == []
    await undoes(headless, BO, change)
    assert await headless.looks(listed) == [("IT-1", "first_response")]


async def test_a_card_looks_more_urgent_with_each_stage(headless: HeadlessDesk) -> None:
    await headless.opens()
    tones = []
    for minutes in (10, 5, 9, 6):
        await headless.passes(minutes=minutes)
        tones.append(await headless.looks(_tone))
    assert tones == [Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING, Tone.ALERT]


def _tone(view: View) -> Tone:
    ticket = view.uow.tickets.find("IT", 1)
    assert ticket is not None
    return stage_tone(view.uow.sla_timers.of_ticket(ticket.id)[0])

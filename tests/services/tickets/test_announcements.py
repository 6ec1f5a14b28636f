"""Who is shown what of a change: never a note to the requester, and nobody their own deed as news."""

from dataclasses import replace

import pytest

from bot.commands.catalogue import all_commands
from bot.commands.framework.forms import form_of
from bot.domain.directory import DESK, Assignment, Person
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.copy_rules import EXCERPT_LIMIT
from bot.views.acknowledgement import is_at_work
from bot.views.card import OWED, card
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk, Sent

THE_DESK = Person(key=DESK, name="Test desk")


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """IT-1 is open, and everybody has seen it."""
    await headless.opens()
    await headless.sent()
    return headless


async def news(desk: HeadlessDesk) -> list[tuple[str, str]]:
    """The sides of the ticket that were told something new, and what; not what was edited."""
    sent = await desk.sent(RowKind.NOTICE)
    return [(each.side, each.row.payload["sentence"]) for each in sent if not each.row.parts]


async def copies(desk: HeadlessDesk) -> list[tuple[str, str]]:
    return [(each.side, each.words) for each in await desk.sent(RowKind.COPY)]


async def test_a_request_is_acknowledged_and_carded_and_told_to_nobody_else(headless: HeadlessDesk) -> None:
    await headless.opens()
    assert [(each.kind, each.side) for each in await headless.sent()] == [
        (RowKind.ACKNOWLEDGEMENT, "requester"),
        (RowKind.CARD, "team"),
    ]


async def test_what_a_card_has_no_room_for_is_copied_whole_into_its_thread(headless: HeadlessDesk) -> None:
    long = "My mouse is dead. " * EXCERPT_LIMIT
    await headless.opens(long)
    assert await copies(headless) == [("team", long)]


async def test_a_claim_is_on_the_card_and_in_the_acknowledgement_and_no_news(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.claim_ticket)
    assert {each.kind for each in await desk.sent()} == {RowKind.CARD, RowKind.ACKNOWLEDGEMENT}


async def test_who_is_assigned_a_ticket_by_somebody_else_is_mentioned(desk: HeadlessDesk) -> None:
    await desk.does(LEE, lambda context, ticket: actions.assign_ticket(context, ticket, to=BO))
    (given,) = await desk.sent(RowKind.NOTICE)
    assert (given.side, given.mentions) == ("team", ["Bo Berg"])


async def test_a_reply_goes_to_both_sides_and_a_note_to_the_teams_alone(desk: HeadlessDesk) -> None:
    await desk.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="On my way"))
    assert sorted(await copies(desk)) == [("requester", "On my way"), ("team", "On my way")]
    await desk.does(BO, lambda context, ticket: actions.add_note(context, ticket, text="Again!"))
    assert await copies(desk) == [("team", "Again!")]


async def test_a_team_that_reads_the_requesters_thread_is_sent_no_copy(desk: HeadlessDesk) -> None:
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], mirrors=False)
    desk.desk = replace(everyday, teams={**everyday.teams, "it": it})
    await desk.does(
        ANA, lambda context, ticket: actions.write_as_requester(context, ticket, text="Any news?")
    )
    assert await copies(desk) == [("requester", "Any news?")]


def answered_and_resolved(context: Context, ticket: Ticket) -> None:
    actions.reply_as_agent(context, ticket, text="A new battery")
    actions.resolve_ticket(context, ticket)


def resolved_by_bo(context: Context, ticket: Ticket) -> None:
    actions.resolve_ticket(context, ticket, resolution="A new battery")


async def test_a_resolution_is_told_to_the_requester_and_its_reason_to_the_team(desk: HeadlessDesk) -> None:
    await desk.does(BO, resolved_by_bo)
    assert await news(desk) == [("requester", "requester.resolved_because"), ("team", "team.resolved")]


async def test_a_reopened_ticket_is_told_to_its_assignee_or_to_the_team_when_it_has_none(
    desk: HeadlessDesk,
) -> None:
    await desk.does(BO, answered_and_resolved)
    await news(desk)
    await desk.does(ANA, actions.reopen_ticket)
    assert await news(desk) == [("requester", "requester.reopened"), ("team", "team.reopened_unassigned_for")]

    await desk.does(BO, actions.claim_ticket)
    await desk.does(BO, answered_and_resolved)
    await news(desk)
    await desk.does(ANA, actions.reopen_ticket)
    assert await news(desk) == [("requester", "requester.reopened"), ("team", "team.reopened")]


async def test_an_assignee_who_reopens_their_own_ticket_is_pinged_by_nothing(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.claim_ticket)
    await desk.does(BO, answered_and_resolved)
    await news(desk)
    await desk.does(BO, actions.reopen_ticket)
    sent = {each.side: each.mentions for each in await desk.sent(RowKind.NOTICE) if not each.row.parts}
    assert sent == {"requester": [ANA.name], "team": []}


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (ANA, [("team", "team.withdrawn")]),
        (BO, [("requester", "requester.closed")]),
        (THE_DESK, []),
    ],
)
async def test_a_closed_ticket_is_told_to_the_other_side_and_after_some_days_to_nobody(
    desk: HeadlessDesk, who: Person, told: list[tuple[str, str]]
) -> None:
    await desk.does(who, actions.close_ticket)
    assert await news(desk) == told


async def test_after_a_transfer_the_history_follows_and_the_old_thread_says_where_it_went(
    desk: HeadlessDesk,
) -> None:
    await desk.does(BO, lambda context, ticket: actions.add_note(context, ticket, text="The switch is old"))
    await desk.sent()

    def transferred(context: Context, ticket: Ticket) -> None:
        actions.transfer_ticket(context, ticket, team=context.desk.teams["network"])

    await desk.does(BO, transferred)
    by_channel: dict[str, list[Sent]] = {}
    for each in await desk.sent():
        by_channel.setdefault(each.channel, []).append(each)
    new, old = by_channel["web:team-network"], by_channel["web:team-it"]
    assert new[0].kind is RowKind.CARD, "it begins the thread that all else is told in"
    assert [each.words for each in new if each.kind is RowKind.COPY] == [
        "My mouse is dead",
        "The switch is old",
    ]
    assert {each.kind for each in old} == {RowKind.CARD, RowKind.NOTICE}
    assert "Network" in next(each.words for each in old if each.kind is RowKind.NOTICE)
    assert all("Network" not in each.channel for each in by_channel["web:help-it"])


async def test_a_transferred_ticket_is_assigned_as_the_receiving_team_assigns_new_ones(
    desk: HeadlessDesk,
) -> None:
    everyday = everyday_desk()
    network = replace(everyday.teams["network"], assignment=(Assignment.ROUND_ROBIN,))
    desk.desk = replace(everyday, teams={**everyday.teams, "network": network})

    def transferred(context: Context, ticket: Ticket) -> None:
        context.uow.people.remember(CLEO)
        actions.transfer_ticket(context, ticket, team=network)
        assert ticket.assignee == CLEO.key

    await desk.does(BO, transferred)
    assert ("team", "team.assigned_by_rule") in await news(desk)


async def test_an_anonymous_agent_goes_by_the_teams_name(desk: HeadlessDesk) -> None:
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], is_anonymous=True)
    desk.desk = replace(everyday, teams={**everyday.teams, "it": it})
    await desk.does(
        CLEO, lambda context, ticket: actions.wait_for_requester(context, ticket, question="Which one?")
    )
    (asked,) = [each for each in await desk.sent(RowKind.NOTICE) if each.side == "requester"]
    assert "Service Desk" in asked.words
    assert "Cleo" not in asked.words


async def test_the_team_reads_why_a_ticket_is_on_hold_and_that_its_agent_reopened_it(
    desk: HeadlessDesk,
) -> None:
    await desk.does(BO, actions.claim_ticket)
    await desk.sent()
    await desk.does(BO, lambda context, ticket: actions.hold_ticket(context, ticket, reason="the vendor"))
    assert ("team", "team.held_because") in await news(desk)
    await desk.does(
        BO, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="New cable")
    )
    await desk.sent()
    await desk.does(BO, actions.reopen_ticket)
    assert ("team", "team.reopened_own") in await news(desk)


async def test_who_is_given_a_ticket_is_said_to_work_on_it_once_they_answered(desk: HeadlessDesk) -> None:
    await desk.does(LEE, lambda context, ticket: actions.assign_ticket(context, ticket, to=BO))
    ticket = await desk.ticket()
    assert not await desk.looks(lambda view: is_at_work(view, ticket))
    await desk.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="On my way"))
    answered = await desk.ticket()
    assert await desk.looks(lambda view: is_at_work(view, answered))


async def test_who_claims_a_ticket_is_said_to_work_on_it(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.claim_ticket)
    ticket = await desk.ticket()
    assert await desk.looks(lambda view: is_at_work(view, ticket))


async def test_a_card_asks_for_the_words_that_the_requester_is_owed(desk: HeadlessDesk) -> None:
    ticket = await desk.ticket()
    shown = await desk.looks(lambda view: card(view, ticket))
    (resolve,) = [each for each in shown.buttons if each.verb == verbs.RESOLVE]
    assert resolve.options == {OWED: "yes"}
    command = next(each for each in all_commands() if each.name == verbs.RESOLVE)
    form = form_of(command, desk.desk, ticket="IT-1", given=resolve.options, language="en")
    assert form is not None
    assert [each.is_required for each in form.fields] == [True]
    await desk.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="On my way"))
    answered = await desk.ticket()
    shown = await desk.looks(lambda view: card(view, answered))
    assert [each.options for each in shown.buttons if each.verb == verbs.RESOLVE] == [{}]

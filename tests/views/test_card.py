"""A ticket's card: its state, how near its targets are, and the verbs that fit."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Card, Tone
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.views.card import card
from tests.fakes.desk.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO

Deed = Callable[[Context, Ticket], None]
WORKING = ["desk reply", "desk note", "desk resolve"]


async def seen(desk: DeskAtWork) -> Card:
    ticket = await desk.ticket()
    return await desk.looks(lambda view: card(view, ticket))


@pytest.mark.parametrize(
    ("deeds", "buttons"),
    [
        ([], ["desk claim", *WORKING]),
        ([actions.claim_ticket], WORKING),
        ([actions.wait_for_requester], ["desk claim", *WORKING]),
        ([actions.resolve_ticket], ["desk reopen"]),
        ([actions.close_ticket], ["desk reopen"]),
    ],
)
async def test_its_buttons_are_what_can_be_done_next(
    at_work: DeskAtWork, deeds: Sequence[Deed], buttons: list[str]
) -> None:
    await at_work.opens()
    for deed in deeds:
        await at_work.does(BO, deed)
    assert [button.verb for button in (await seen(at_work)).buttons] == buttons


async def test_only_what_somebody_has_can_be_given_back(at_work: DeskAtWork) -> None:
    await at_work.opens()
    assert "desk release" not in [each.verb for each in (await seen(at_work)).menu]
    await at_work.does(BO, actions.claim_ticket)
    assert "desk release" in [each.verb for each in (await seen(at_work)).menu]


async def test_it_looks_as_urgent_as_its_nearest_target_until_it_is_resolved(at_work: DeskAtWork) -> None:
    await at_work.opens()
    tones = [(await seen(at_work)).tone]
    for minutes in (15, 9, 6):
        await at_work.passes(minutes=minutes)
        tones.append((await seen(at_work)).tone)
    assert tones == [Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING, Tone.ALERT]
    await at_work.does(BO, actions.resolve_ticket)
    assert (await seen(at_work)).tone is Tone.GOOD


async def test_a_paused_target_says_how_much_is_left_and_not_when(at_work: DeskAtWork) -> None:
    await at_work.opens()
    await at_work.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Which one?"))
    await at_work.passes(minutes=60)
    await at_work.does(BO, actions.wait_for_requester)
    (due,) = (await seen(at_work)).dues
    assert due.at is None
    assert "7 h" in due.note


async def test_a_guest_is_told_apart_and_a_deleted_request_is_not_shown(at_work: DeskAtWork) -> None:
    await at_work.opens("hunter2", by=replace(ANA, is_guest=True))
    await at_work.meets(replace(ANA, is_guest=True))

    def deleted(context: Context, ticket: Ticket) -> None:
        message = context.uow.messages.of_ticket(ticket.id)[0]
        message.is_deleted, message.revision = True, 2
        context.uow.messages.revise(message, at=context.now)

    await at_work.does(ANA, deleted)
    shown = await seen(at_work)
    assert "guest" in shown.requester
    assert "hunter2" not in shown.excerpt

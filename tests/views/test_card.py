"""A ticket's card: its state, how near its targets are, and the verbs that fit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.directory import TeamThread
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Card, Tone
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.views.card import card
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said

Deed = Callable[[Context, Ticket], None]
WORKING = ["desk reply", "desk note", "desk resolve"]


def held(context: Context, ticket: Ticket) -> None:
    actions.hold_ticket(context, ticket, reason="the vendor")


async def seen(desk: HeadlessDesk) -> Card:
    ticket = await desk.ticket()
    return await desk.looks(lambda view: card(view, ticket))


@pytest.mark.parametrize(
    ("deeds", "buttons"),
    [
        ([], ["desk claim", *WORKING]),
        ([actions.claim_ticket], WORKING),
        ([held], ["desk claim", *WORKING]),
        ([partial(actions.resolve_ticket, resolution="Done")], ["desk reopen"]),
        ([actions.close_ticket], ["desk reopen"]),
    ],
)
async def test_its_buttons_are_what_can_be_done_next(
    headless: HeadlessDesk, deeds: Sequence[Deed], buttons: list[str]
) -> None:
    await headless.opens()
    for deed in deeds:
        await headless.does(BO, deed)
    assert [button.verb for button in (await seen(headless)).buttons] == buttons


async def test_only_what_somebody_has_can_be_given_back(headless: HeadlessDesk) -> None:
    await headless.opens()
    assert "desk release" not in [each.verb for each in (await seen(headless)).menu]
    await headless.does(BO, actions.claim_ticket)
    assert "desk release" in [each.verb for each in (await seen(headless)).menu]


async def test_it_looks_as_urgent_as_its_nearest_target_until_it_is_resolved(headless: HeadlessDesk) -> None:
    await headless.opens()
    tones = [(await seen(headless)).tone]
    for minutes in (15, 9, 6):
        await headless.passes(minutes=minutes)
        tones.append((await seen(headless)).tone)
    assert tones == [Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING, Tone.ALERT]
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"))
    assert (await seen(headless)).tone is Tone.GOOD


async def test_a_paused_target_says_how_much_is_left_and_not_when(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(
        BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Which one?")
    )
    await headless.passes(minutes=60)
    await headless.does(BO, actions.wait_for_requester)
    (due,) = (await seen(headless)).dues
    assert due.at is None
    assert "7 h" in due.note


async def test_a_guest_is_told_apart_and_a_deleted_request_is_not_shown(headless: HeadlessDesk) -> None:
    await headless.opens("hunter2", by=replace(ANA, is_guest=True))
    await headless.meets(replace(ANA, is_guest=True))

    def deleted(context: Context, ticket: Ticket) -> None:
        message = context.uow.messages.of_ticket(ticket.id)[0]
        message.is_deleted, message.revision = True, 2
        context.uow.messages.revise(message, at=context.now)

    await headless.does(ANA, deleted)
    shown = await seen(headless)
    assert "guest" in shown.requester
    assert "hunter2" not in shown.excerpt


async def test_it_says_what_becomes_of_words_in_its_thread(headless: HeadlessDesk) -> None:
    await headless.opens()
    shown = await seen(headless)
    assert shown.thread_says == said("team.thread_of_notes")
    assert shown.notes_label == said("team.label_note")
    await headless.does(BO, transferred_to_a_shared_thread)
    shown = await seen(headless)
    assert (shown.thread_says, shown.notes_label) == (said("team.thread_of_replies"), "")


def transferred_to_a_shared_thread(context: Context, ticket: Ticket) -> None:
    assert context.desk.teams["network"].team_thread is TeamThread.SHARED
    actions.transfer_ticket(context, ticket, team=context.desk.teams["network"])

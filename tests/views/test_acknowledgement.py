"""What the requester reads of their ticket: true as of now, and nothing that is not theirs to know."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Moment, Notice, Tone
from bot.messages.plain import plain
from bot.services.context.context import Context
from bot.services.context.view import View
from bot.services.tickets import actions
from bot.views.acknowledgement import acknowledgement
from tests.fakes.desk.desk_without_platform import ANA, BO, HELP
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk

DIRECT = ChannelRef.direct(ANA.key)


def reply(context: Context, ticket: Ticket) -> None:
    actions.reply_as_agent(context, ticket, text="Which one?")


async def read(desk: HeadlessDesk, *, channel: ChannelRef = HELP, is_root: bool = False) -> Notice:
    ticket = await desk.ticket()
    thread = Conversation(id=1, ticket_id=ticket.id, side=Side.REQUESTER, channel=channel)
    return await desk.looks(lambda view: acknowledgement(view, ticket, thread, is_root=is_root))


def verbs(notice: Notice) -> list[str]:
    return [button.verb for button in notice.buttons]


def moments(notice: Notice) -> list[Moment]:
    return [span for span in notice.text if isinstance(span, Moment)]


async def test_it_names_the_ticket_and_its_team_and_when_an_answer_is_promised(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    shown = await read(headless)
    assert "IT-1" in plain(shown.text)
    assert "Service Desk" in plain(shown.text)
    (promised,) = moments(shown)
    assert (promised.at - headless.clock.now()).total_seconds() == 30 * 60


async def test_a_promise_that_was_missed_is_not_made_again(headless: HeadlessDesk) -> None:
    await headless.opens()
    promised = plain((await read(headless)).text)
    await headless.passes(minutes=31)
    assert plain((await read(headless)).text) != promised


async def test_once_answered_there_is_no_answer_left_to_promise(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, reply)
    assert moments(await read(headless)) == []


@pytest.mark.parametrize(
    ("deeds", "by", "offered", "tone"),
    [
        ([], BO, ["ticket close"], Tone.NEUTRAL),
        ([reply], BO, ["ticket close"], Tone.NEUTRAL),
        ([reply, actions.wait_for_requester], BO, ["ticket close"], Tone.ATTENTION),
        ([partial(actions.resolve_ticket, resolution="Done")], BO, [], Tone.GOOD),
        ([actions.close_ticket], BO, ["ticket reopen"], Tone.MUTED),
        ([actions.close_ticket], ANA, ["ticket reopen"], Tone.MUTED),
    ],
)
async def test_it_offers_what_the_requester_can_do_now(
    headless: HeadlessDesk,
    deeds: list[Callable[[Context, Ticket], None]],
    by: Person,
    offered: list[str],
    tone: Tone,
) -> None:
    await headless.opens()
    for deed in deeds:
        await headless.does(by, deed)
    shown = await read(headless)
    assert (verbs(shown), shown.tone) == (offered, tone)


async def test_to_take_back_what_nobody_has_answered_is_asked_about_first(headless: HeadlessDesk) -> None:
    await headless.opens()
    (before,) = (await read(headless)).buttons
    await headless.does(BO, reply)
    (after,) = (await read(headless)).buttons
    assert before.confirm
    assert not after.confirm


async def test_a_private_request_is_quoted_in_direct_messages_alone(headless: HeadlessDesk) -> None:
    await headless.opens("My payslip is wrong")
    assert "payslip" not in plain((await read(headless, is_root=True)).text)
    assert "payslip" in plain((await read(headless, channel=DIRECT, is_root=True)).text)


async def test_under_the_message_that_asked_the_question_is_not_repeated(headless: HeadlessDesk) -> None:
    await headless.opens()
    assert "mouse" in plain((await read(headless, is_root=True)).text)
    assert "mouse" not in plain((await read(headless)).text)


async def test_who_works_on_it_is_named_unless_their_team_is_anonymous(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, actions.claim_ticket)
    assert "Bo Berg" in plain((await read(headless)).text)
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], is_anonymous=True)
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it})
    assert "Bo" not in plain((await read(headless)).text)


async def test_there_are_no_buttons_for_a_requester_of_another_platform(headless: HeadlessDesk) -> None:
    await headless.opens()
    assert verbs(await read(headless, channel=ChannelRef("slack", "C1"))) == []


async def test_out_of_hours_it_says_when_the_team_is_back(headless: HeadlessDesk) -> None:
    await headless.passes(minutes=12 * 60)  # nine in the evening
    await headless.opens("My payslip is wrong")

    def back(view: View) -> bool:
        calendar = view.desk.teams["people"].calendar
        return any(moment.at == calendar.next_open(view.now) for moment in shown)

    shown = moments(await read(headless, channel=DIRECT))
    assert await headless.looks(back)

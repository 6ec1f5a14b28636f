"""The title, tags and members of a thread: nothing private where others can read it."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, Side
from bot.messages.outbound import ThreadHeader
from bot.services.tickets import actions
from bot.views.thread_header import thread_header
from tests.fakes.desk.desk_without_platform import ANA, BO, HELP, TEAM
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk

DIRECT = ChannelRef.direct(ANA.key)


async def header(
    desk: HeadlessDesk,
    side: Side = Side.REQUESTER,
    *,
    channel: ChannelRef = HELP,
    is_private: bool = False,
) -> ThreadHeader:
    ticket = await desk.ticket()
    thread = Conversation(id=1, ticket_id=ticket.id, side=side, channel=channel, is_private=is_private)
    return await desk.looks(lambda view: thread_header(view, ticket, thread))


@pytest.mark.parametrize(
    ("side", "channel", "is_private", "is_told"),
    [
        (Side.REQUESTER, HELP, False, False),
        (Side.REQUESTER, HELP, True, True),
        (Side.REQUESTER, DIRECT, False, True),
        (Side.TEAM, TEAM, False, True),
    ],
)
async def test_a_private_subject_stands_only_where_nobody_else_reads_it(
    headless: HeadlessDesk, side: Side, channel: ChannelRef, *, is_private: bool, is_told: bool
) -> None:
    await headless.opens("My payslip is wrong")
    shown = await header(headless, side, channel=channel, is_private=is_private)
    assert shown.title.startswith("IT-1")
    assert ("payslip" in shown.title) is is_told


async def test_it_is_finished_once_the_ticket_is_closed_and_not_when_it_is_resolved(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"))
    assert not (await header(headless)).is_finished
    await headless.does(BO, actions.close_ticket)
    closed = await header(headless)
    assert closed.is_finished
    assert closed.tags == ("Service Desk", "normal", "closed")


async def test_a_private_thread_is_for_the_requester_and_the_team_and_hides_an_anonymous_one(
    headless: HeadlessDesk,
) -> None:
    await headless.opens()
    assert (await header(headless)).members == ()
    assert set((await header(headless, is_private=True)).members) == {
        ANA.key,
        BO.key,
        "web:cleo",
        "web:lee",
    }
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], is_anonymous=True)
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it})
    assert (await header(headless, is_private=True)).members == (ANA.key,)

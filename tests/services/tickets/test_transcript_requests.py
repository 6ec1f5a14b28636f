"""Who is sent a transcript, and which: a requester is only ever sent the requester's."""

from dataclasses import replace

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.transcript import Readers
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets import actions
from bot.services.tickets.transcript_requests import send_to_actor
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEASE, HeadlessDesk

ARCHIVE = ChannelRef("web", "archive")


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """A transcript goes to everybody whom a desk file can name; IT-1 is open."""
    everyday = everyday_desk()
    wanted = replace(everyday.transcripts, to_requester=True, to_team=True, channel=ARCHIVE)
    headless.desk = replace(everyday, transcripts=wanted)
    await headless.opens()
    await headless.sent()
    return headless


async def transcripts(desk: HeadlessDesk) -> list[tuple[str, str]]:
    """The channels that are sent one, and for whose eyes."""

    def take(uow: UnitOfWork) -> list[OutboxRow]:
        found: list[OutboxRow] = []
        while rows := uow.outbox.claim(limit=100, lease=LEASE):
            found += rows
            for row in rows:
                uow.outbox.settle(row, parts=("shown",))
        return found

    return [
        (str(row.conversation.channel), str(row.payload["readers"]))
        for row in await desk.storage.run(take)
        if row.kind is RowKind.TRANSCRIPT
    ]


FOR_ALL = {
    ("web:help-it", str(Readers.REQUESTER)),
    ("web:team-it", str(Readers.STAFF)),
    ("web:archive", str(Readers.STAFF)),
}


async def test_a_closed_ticket_is_sent_to_all_whom_the_desk_file_names(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.close_ticket)
    assert set(await transcripts(desk)) == FOR_ALL


async def test_closed_again_it_is_sent_again(desk: HeadlessDesk) -> None:
    await desk.does(BO, actions.close_ticket)
    await transcripts(desk)
    await desk.does(BO, actions.reopen_ticket)
    await desk.does(BO, actions.close_ticket)
    assert set(await transcripts(desk)) == FOR_ALL


async def test_a_requester_who_took_their_request_back_is_sent_nothing_to_keep(desk: HeadlessDesk) -> None:
    await desk.does(ANA, actions.close_ticket)
    assert {channel for channel, _ in await transcripts(desk)} == {"web:team-it", "web:archive"}


@pytest.mark.parametrize(("who", "readers"), [(ANA, Readers.REQUESTER), (BO, Readers.STAFF)])
async def test_who_asks_for_one_gets_it_by_direct_message(
    desk: HeadlessDesk, who: Person, readers: Readers
) -> None:
    await desk.does(who, lambda context, ticket: send_to_actor(context, ticket, readers=readers))
    assert await transcripts(desk) == [(str(ChannelRef.direct(who.key)), str(readers))]

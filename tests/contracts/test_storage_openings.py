"""The message that opened a ticket, and what the requester's side may read, on both databases."""

from datetime import timedelta

import pytest

from bot.domain.tickets.conversation import MessageKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, Opened, a_message, a_numbered_ticket, take_in

EARLIER = NOW - timedelta(minutes=5)


async def test_a_note_with_an_earlier_time_is_not_what_opened_the_ticket(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Opened:
        opened = take_in(uow, "m1")
        a_message(uow, opened.ticket, kind=MessageKind.NOTE, text="she broke it herself", said_at=EARLIER)
        return opened

    opened = await storage.run(work)

    def look(uow: UnitOfWork) -> tuple[str, list[str], dict[int, str]]:
        ticket = uow.tickets.get(opened.ticket.id)
        said = [each.text for each in uow.messages.said_in_public(ticket.id)]
        return uow.messages.opening_of(ticket).text, said, dict(uow.messages.first_words([ticket.id]))

    asked = opened.message.text
    assert await storage.read(look) == (asked, [asked], {opened.ticket.id: asked})


async def test_a_saved_ticket_keeps_the_message_that_opened_it(storage: Storage) -> None:
    opened = await storage.run(lambda uow: take_in(uow, "m1"))

    def change(uow: UnitOfWork) -> None:
        ticket = uow.tickets.lock(opened.ticket.id)
        ticket.opening = None
        uow.tickets.save(ticket)

    await storage.run(change)
    assert (await storage.read(lambda uow: uow.tickets.get(opened.ticket.id))).opening == opened.message.id


async def test_a_note_is_refused_as_the_message_that_opened_a_ticket(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> str:
        ticket = a_numbered_ticket(uow)
        ticket.opening = a_message(uow, ticket, kind=MessageKind.NOTE).id
        return uow.messages.opening_of(ticket).text

    with pytest.raises(LookupError, match="is a note"):
        await storage.run(work)


async def test_what_a_ticket_was_opened_with_is_known_after_edits(storage: Storage) -> None:
    opened, other = await storage.run(lambda uow: (take_in(uow, "m1"), take_in(uow, "m2")))

    def edit(uow: UnitOfWork) -> None:
        message = uow.messages.get(opened.message.id)
        message.text, message.revision = "It works again.", 2
        uow.messages.revise(message, at=NOW + timedelta(minutes=1))
        a_message(uow, opened.ticket, text="One more thing", said_at=NOW + timedelta(minutes=2))

    await storage.run(edit)
    words = await storage.read(lambda uow: uow.messages.first_words([opened.ticket.id]))
    assert words == {opened.ticket.id: opened.message.text}
    assert other.ticket.id not in words

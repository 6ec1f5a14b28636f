"""What every storage promises about conversations: how they are found, and what stays as it is."""

from typing import Any

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Status
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import (
    ANA,
    HELP,
    TEAM,
    a_conversation,
    a_numbered_ticket,
    take_in,
)


async def test_a_conversation_is_found_by_the_message_its_thread_starts_with(storage: Storage) -> None:
    opened = await storage.run(lambda uow: take_in(uow, "m1"))

    assert await storage.read(lambda uow: uow.conversations.find(HELP, "m1")) == opened.asked
    assert await storage.read(lambda uow: uow.conversations.find(TEAM, "m1")) is None
    assert await storage.read(lambda uow: uow.conversations.find(HELP, "m2")) is None
    both = await storage.read(lambda uow: uow.conversations.of_ticket(opened.ticket.id))
    assert both == [opened.asked, opened.team]


async def test_a_thread_used_again_belongs_to_the_newest_ticket(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[Conversation, Conversation | None]:
        first, second = a_numbered_ticket(uow), a_numbered_ticket(uow)
        a_conversation(uow, first, channel=HELP, root="m1")
        newest = a_conversation(uow, second, channel=HELP, root="m1")
        a_conversation(uow, second, channel=HELP, root="m1", is_retired=True)
        return newest, uow.conversations.find(HELP, "m1")

    newest, found = await storage.run(work)

    assert found == newest


async def test_a_thread_belongs_to_the_newest_ticket_even_where_that_goes_on_elsewhere(
    storage: Storage,
) -> None:
    def work(uow: UnitOfWork) -> tuple[Conversation, Conversation | None]:
        first, second = a_numbered_ticket(uow), a_numbered_ticket(uow)
        a_conversation(uow, first, channel=HELP, root="m1")
        asked = a_conversation(uow, second, channel=HELP, root="m1", is_retired=True)
        return asked, uow.conversations.find(HELP, "m1")

    asked, found = await storage.run(work)

    assert found == asked


async def test_what_goes_on_in_a_channel_is_the_newest_that_is_worked_on_else_the_newest_resolved(
    storage: Storage,
) -> None:
    there = ChannelRef("web", "@ana")

    def talk(uow: UnitOfWork, status: Status, **fields: Any) -> int:
        ticket = a_numbered_ticket(uow, status=status)
        return a_conversation(uow, ticket, **{"side": Side.REQUESTER, "channel": there} | fields).id

    def going_on(uow: UnitOfWork, *, requester: str = ANA.key) -> int | None:
        found = uow.conversations.unfinished_in(there, requester=requester)
        return found[0].id if found else None

    def work(uow: UnitOfWork) -> list[bool]:
        talk(uow, Status.CLOSED)
        answers = [going_on(uow) is None]
        resolved = [talk(uow, Status.RESOLVED) for _ in range(2)]
        answers.append(going_on(uow) == resolved[1])
        live = talk(uow, Status.PENDING)
        for status, fields in (
            (Status.RESOLVED, {}),
            (Status.NEW, {"side": Side.TEAM}),
            (Status.NEW, {"is_retired": True}),
            (Status.NEW, {"channel": TEAM}),
        ):
            talk(uow, status, **fields)
        answers.append(going_on(uow) == live)
        newest = [talk(uow, Status.OPEN) for _ in range(60)][-1]
        return [*answers, going_on(uow) == newest, going_on(uow, requester="web:bo") is None]

    assert await storage.run(work) == [True] * 5


async def test_saving_a_conversation_keeps_a_root_that_delivery_set_meanwhile(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Conversation:
        known = a_conversation(uow, a_numbered_ticket(uow))
        uow.conversations.save(
            Conversation(id=known.id, ticket_id=known.ticket_id, side=known.side, channel=TEAM, root="r1")
        )
        known.is_retired = True
        uow.conversations.save(known)
        return uow.conversations.get(known.id)

    saved = await storage.run(work)

    assert (saved.root, saved.is_retired) == ("r1", True)


async def test_a_private_thread_stays_private(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Conversation:
        begun = a_conversation(uow, a_numbered_ticket(uow), is_private=True)
        uow.conversations.save(begun)
        return uow.conversations.get(begun.id)

    assert (await storage.run(work)).is_private


async def test_a_channel_has_one_conversation_of_no_ticket(storage: Storage) -> None:
    first = await storage.run(lambda uow: uow.conversations.of_channel(HELP))
    again = await storage.run(lambda uow: uow.conversations.of_channel(HELP))
    other = await storage.run(lambda uow: uow.conversations.of_channel(ChannelRef("chat", "help-it")))

    assert first == again
    assert (first.side, first.ticket_id) == (Side.CHANNEL, None)
    assert other.id != first.id


async def test_what_is_read_ahead_is_what_there_is_and_follows_changes(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket, other = a_numbered_ticket(uow), a_numbered_ticket(uow)
        here, there = a_conversation(uow, ticket), a_conversation(uow, other)
        uow.conversations.read_ahead([ticket.id, other.id])
        assert uow.conversations.of_ticket(ticket.id) == [here]
        assert uow.conversations.of_ticket(other.id) == [there]
        there.is_retired = True
        uow.conversations.save(there)
        assert uow.conversations.of_ticket(other.id) == [there]
        assert uow.conversations.of_ticket(ticket.id) == [here]

    await storage.run(work)

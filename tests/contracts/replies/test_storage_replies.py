"""What every storage promises about replies that have not left, and who is writing one."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.replies.held_reply import HeldReply
from bot.domain.replies.writer import Writer
from bot.domain.tickets.conversation import StoredFile
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

FILE = StoredFile(name="a.txt", media_type="text/plain", size=1, digest=None, problem="too large")
SECOND = timedelta(seconds=1)


def held(uow: UnitOfWork) -> list[HeldReply]:
    """Three on one ticket, the second by somebody else; the last leaves first."""
    ticket = a_numbered_ticket(uow)
    first = HeldReply(
        id=uow.new_id(),
        ticket=ticket.id,
        author="web:bo",
        verb="desk reply",
        options={"text": "Größe 7"},
        files=(FILE,),
        held_at=NOW,
        leaves_at=NOW + 10 * SECOND,
    )
    second = replace(first, id=uow.new_id(), author="web:cleo", options={}, files=())
    third = replace(first, id=uow.new_id(), held_at=NOW + SECOND, leaves_at=NOW + 9 * SECOND)
    for each in (first, second, third):
        uow.held_replies.add(each)
    return [first, second, third]


async def test_held_replies_are_kept_whole_and_leave_in_their_order(storage: Storage) -> None:
    first, second, third = await storage.run(held)
    found = await storage.read(lambda uow: uow.held_replies.waiting_on(first.ticket))
    assert found == [third, first, second]
    assert await storage.read(lambda uow: uow.held_replies.get(first.id)) == first
    assert await storage.read(lambda uow: uow.held_replies.of_author("web:bo")) == [third, first]


async def test_they_are_due_by_desk_time(storage: Storage) -> None:
    first, second, third = await storage.run(held)

    async def due(seconds: int, limit: int = 9) -> list[HeldReply]:
        at = NOW + seconds * SECOND
        return list(await storage.read(lambda uow: uow.held_replies.due(at, limit=limit)))

    assert await due(8) == []
    assert await due(9) == [third]
    assert await due(10) == [third, first, second]
    assert await due(10, limit=2) == [third, first]


async def test_what_left_cannot_be_taken_back_nor_the_other_way_round(storage: Storage) -> None:
    first, second, third = await storage.run(held)
    assert await storage.run(lambda uow: uow.held_replies.remove(first.id))
    assert not await storage.run(lambda uow: uow.held_replies.remove(first.id)), "once"
    assert await storage.read(lambda uow: uow.held_replies.get(first.id)) is None
    await storage.run(lambda uow: uow.held_replies.take_back(second.id, at=NOW))
    assert not await storage.run(lambda uow: uow.held_replies.remove(second.id))
    assert await storage.read(lambda uow: uow.held_replies.waiting_on(first.ticket)) == [third]
    assert await storage.read(lambda uow: uow.held_replies.of_author("web:cleo")) == []
    kept = await storage.read(lambda uow: uow.held_replies.get(second.id))
    assert kept == replace(second, taken_back_at=NOW)


async def test_what_was_taken_back_long_ago_is_forgotten(storage: Storage) -> None:
    first, second, third = await storage.run(held)
    await storage.run(lambda uow: uow.held_replies.take_back(first.id, at=NOW))
    await storage.run(lambda uow: uow.held_replies.take_back(second.id, at=NOW + SECOND))
    await storage.run(lambda uow: uow.held_replies.forget_taken_back(before=NOW + SECOND))
    there = [each.id for each in (first, second, third) if await _is_there(storage, each)]
    assert there == [second.id, third.id]


async def _is_there(storage: Storage, each: HeldReply) -> bool:
    return await storage.read(lambda uow: uow.held_replies.get(each.id)) is not None


async def test_somebody_writes_once_on_a_ticket_from_when_they_began_last(storage: Storage) -> None:
    ticket, other = await storage.run(lambda uow: (a_numbered_ticket(uow), a_numbered_ticket(uow)))
    bo = Writer(ticket=ticket.id, person="web:bo", is_note=True, since=NOW)
    cleo = Writer(ticket=ticket.id, person="web:cleo", since=NOW + SECOND)
    elsewhere = replace(bo, ticket=other.id, since=NOW - SECOND)
    for each in (bo, cleo, elsewhere):
        await _put(storage, each)
    assert await storage.read(lambda uow: uow.writers.of_ticket(ticket.id)) == [bo, cleo]
    assert await storage.read(lambda uow: uow.writers.everybody()) == [elsewhere, bo, cleo]
    later = replace(bo, is_note=False, since=NOW + 2 * SECOND)
    await _put(storage, later)
    assert await storage.read(lambda uow: uow.writers.of_ticket(ticket.id)) == [cleo, later]
    await storage.run(lambda uow: uow.writers.remove(ticket.id, "web:cleo"))
    await storage.run(lambda uow: uow.writers.forget_before(NOW))
    assert await storage.read(lambda uow: uow.writers.everybody()) == [later]


async def _put(storage: Storage, writer: Writer) -> None:
    await storage.run(lambda uow: uow.writers.put(writer))

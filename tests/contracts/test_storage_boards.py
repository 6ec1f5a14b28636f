"""What every storage promises about boards, and about promises that a team is about to break."""

import contextlib
from dataclasses import replace
from datetime import timedelta

from bot.domain.directory import ChannelRef
from bot.domain.sla.timer import Measure
from bot.ports.storage.boards import KeptBoard
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket, a_timer

MINUTE = timedelta(minutes=1)
CHANNEL = ChannelRef("web", "escalations")


def a_board(uow: UnitOfWork) -> KeptBoard:
    conversation = uow.conversations.of_channel(CHANNEL).id
    assert uow.boards.begin(conversation, number=1, is_calm=True, now=NOW)
    return KeptBoard(conversation=conversation, number=1, begun_at=NOW, refreshed_at=NOW, is_calm=True)


async def test_a_board_is_known_by_its_channel(storage: Storage) -> None:
    begun = await storage.run(a_board)
    assert await storage.read(lambda uow: uow.boards.all()) == {CHANNEL: begun}
    assert await storage.read(lambda uow: uow.boards.find(begun.conversation)) == begun
    assert await storage.read(lambda uow: uow.boards.find(0)) is None


async def test_a_board_goes_on_in_the_next_message_once(storage: Storage) -> None:
    conversation = (await storage.run(a_board)).conversation

    def go_on(uow: UnitOfWork) -> bool:
        return uow.boards.begin(conversation, number=2, is_calm=False, now=NOW + MINUTE)

    assert [await storage.run(go_on), await storage.run(go_on)] == [True, False]
    later = NOW + MINUTE
    assert await storage.read(lambda uow: uow.boards.find(conversation)) == KeptBoard(
        conversation=conversation, number=2, begun_at=later, refreshed_at=later, is_calm=False
    )


async def test_only_one_looks_at_a_board_at_a_time(storage: Storage) -> None:
    board = await storage.run(a_board)

    def look(uow: UnitOfWork) -> bool:
        return uow.boards.refresh(board.conversation, is_calm=False, before=NOW, now=NOW + 5 * MINUTE)

    assert [await storage.run(look), await storage.run(look)] == [True, False]
    found = await storage.read(lambda uow: uow.boards.find(board.conversation))
    assert found == replace(board, refreshed_at=NOW + 5 * MINUTE, is_calm=False)


async def test_a_board_that_ended_begins_again_with_another_message(storage: Storage) -> None:
    board = await storage.run(a_board)
    await storage.run(lambda uow: uow.boards.end(board.conversation))
    assert await storage.read(lambda uow: uow.boards.all()) == {CHANNEL: replace(board, has_ended=True)}
    assert await storage.run(
        lambda uow: uow.boards.begin(board.conversation, number=2, is_calm=True, now=NOW)
    )
    assert await storage.read(lambda uow: uow.boards.all()) == {CHANNEL: replace(board, number=2)}


async def test_what_is_owed_by_an_instant_comes_soonest_due_first(storage: Storage) -> None:
    def make(uow: UnitOfWork) -> list[int]:
        tickets = [a_numbered_ticket(uow) for _ in range(3)]
        for ticket, minutes in zip(tickets, (5, -5, 50), strict=True):
            a_timer(uow, ticket, due_at=NOW + minutes * MINUTE)
        return [tickets[1].id, tickets[0].id]

    expected = await storage.run(make)

    found = await storage.read(lambda uow: uow.boards.due_by(["it"], NOW + 5 * MINUTE, limit=10))
    assert [each.ticket.id for each in found] == expected


async def test_a_ticket_of_which_something_is_due_already_is_not_owed_only_later(storage: Storage) -> None:
    def make(uow: UnitOfWork) -> int:
        late = a_numbered_ticket(uow, due_at=NOW)
        a_timer(uow, late, due_at=NOW)
        a_timer(uow, late, due_at=NOW + 3 * MINUTE, measure=Measure.RESOLUTION)
        later = a_numbered_ticket(uow, due_at=NOW + MINUTE)
        a_timer(uow, later, due_at=NOW + MINUTE)
        return later.id

    expected = await storage.run(make)

    found = await storage.read(lambda uow: uow.boards.due_by(["it"], NOW + 5 * MINUTE, after=NOW, limit=10))
    assert [each.ticket.id for each in found] == [expected]


async def test_the_stages_of_copied_policies_are_told_by_their_keys(storage: Storage) -> None:
    stages = [{"share": 0.5, "notify": []}]
    key = await storage.run(lambda uow: uow.sla_timers.copy_policy({"name": "standard", "stages": stages}))
    assert await storage.read(lambda uow: uow.boards.stages([key, key, "unknown"])) == {key: stages}


async def test_what_waits_for_the_commit_is_not_done_without_one(storage: Storage) -> None:
    done: list[str] = []

    def fails(uow: UnitOfWork) -> None:
        uow.after_commit(lambda: done.append("undone"))
        raise LookupError

    with contextlib.suppress(LookupError):
        await storage.run(fails)
    await storage.run(lambda uow: uow.after_commit(lambda: done.append("committed")))
    assert done == ["committed"]

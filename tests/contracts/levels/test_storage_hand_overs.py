"""A team hands over once a day, and each of its tickets is settled once, on every storage."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.levels.hand_over import HandedOver, HandOver
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)


def a_hand_over(uow: UnitOfWork, *, team: str = "it", day: date = DAY) -> HandOver:
    return HandOver(id=uow.new_id(), team=team, day=day, at=NOW, receiver="apac")


async def test_a_team_begins_once_a_day_and_its_last_day_is_known(storage: Storage) -> None:
    def begins(uow: UnitOfWork, day: date, team: str = "it") -> bool:
        return uow.hand_overs.begin(a_hand_over(uow, day=day, team=team), tickets=())

    assert await storage.run(lambda uow: begins(uow, DAY))
    assert not await storage.run(lambda uow: begins(uow, DAY))
    assert await storage.run(lambda uow: begins(uow, DAY + timedelta(days=1)))
    assert await storage.run(lambda uow: begins(uow, DAY, "apac"))
    last = await storage.read(lambda uow: uow.hand_overs.last_days())
    assert last == {"it": date(2026, 3, 3), "apac": DAY}


async def test_who_begins_too_late_adds_no_tickets(storage: Storage) -> None:
    def begins(uow: UnitOfWork) -> HandOver:
        first, second = a_hand_over(uow), a_hand_over(uow)
        uow.hand_overs.begin(first, tickets=())
        uow.hand_overs.begin(second, tickets=[a_numbered_ticket(uow).id])
        return second

    second = await storage.run(begins)
    assert await storage.read(lambda uow: uow.hand_overs.get(second.id)) is None
    assert await storage.read(lambda uow: uow.hand_overs.waiting(second.id)) == []


async def test_each_ticket_is_settled_once_and_what_moved_is_told(storage: Storage) -> None:
    def begins(uow: UnitOfWork) -> tuple[HandOver, list[int]]:
        begun = a_hand_over(uow)
        tickets = sorted(a_numbered_ticket(uow).id for _ in range(3))
        uow.hand_overs.begin(begun, tickets=tickets)
        return begun, tickets

    begun, (first, second, third) = await storage.run(begins)

    async def settle(ticket: int, *, is_moved: bool, holder: str | None = None) -> bool:
        return await storage.run(
            lambda uow: uow.hand_overs.settle(begun.id, ticket, is_moved=is_moved, holder=holder)
        )

    assert await storage.read(lambda uow: uow.hand_overs.get(begun.id)) == begun
    assert await storage.read(lambda uow: uow.hand_overs.unfinished()) == [begun]
    assert await settle(first, is_moved=True, holder="web:bo")
    assert not await settle(first, is_moved=False)
    assert await settle(second, is_moved=False, holder="web:cleo")
    assert await storage.read(lambda uow: uow.hand_overs.waiting(begun.id)) == [third]
    assert await settle(third, is_moved=True)
    moved = await storage.read(lambda uow: uow.hand_overs.moved(begun.id))
    assert moved == [HandedOver(ticket=first, holder="web:bo"), HandedOver(ticket=third, holder=None)]
    hours = await storage.read(lambda uow: uow.hand_overs.last_hours([first, second, third]))
    assert hours == {first: NOW, third: NOW}


async def test_the_last_hour_of_a_ticket_is_the_newest_one(storage: Storage) -> None:
    def twice(uow: UnitOfWork) -> int:
        ticket = a_numbered_ticket(uow).id
        for days in (0, 1):
            begun = a_hand_over(uow, day=DAY + timedelta(days=days))
            uow.hand_overs.begin(replace(begun, at=NOW + 24 * days * HOUR), tickets=[ticket])
            uow.hand_overs.settle(begun.id, ticket, is_moved=True, holder=None)
        return ticket

    ticket = await storage.run(twice)
    hours = await storage.read(lambda uow: uow.hand_overs.last_hours([ticket]))
    assert hours == {ticket: NOW + 24 * HOUR}


async def test_it_is_finished_once(storage: Storage) -> None:
    def begins(uow: UnitOfWork) -> int:
        begun = a_hand_over(uow)
        uow.hand_overs.begin(begun, tickets=())
        return begun.id

    begun = await storage.run(begins)
    assert await storage.run(lambda uow: uow.hand_overs.finish(begun, now=NOW + HOUR))
    assert not await storage.run(lambda uow: uow.hand_overs.finish(begun, now=NOW + HOUR))
    assert await storage.read(lambda uow: uow.hand_overs.unfinished()) == []

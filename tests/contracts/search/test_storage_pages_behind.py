"""What every storage promises of pages that begin behind a ticket: together they are the list, each ticket once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder, TicketState, TimeWindow
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.queue_order import queue_place
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.search import TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.search.ticket_search import place_of
from tests.storage.sample_rows import NOW, a_numbered_ticket

TEAMS = frozenset({"it", "hr"})
SEES = Visibility(person="web:bo", teams=TEAMS, known_teams=TEAMS, sees_everywhere=True)
TEAM = Criterion(name=FilterName.TEAM, values=("it", "hr"))
FINISHED = Criterion(name=FilterName.IS, values=(TicketState.FINISHED,))
CLOSED = Criterion(name=FilterName.STATUS, values=("closed",))
LATELY = Criterion(name=FilterName.UPDATED, window=TimeWindow(since=NOW - timedelta(hours=3)))
LISTS = {
    "any": ((), 20),
    "by team": ((TEAM,), 20),
    "what is finished": ((FINISHED,), 10),
    "what is finished, by team": ((TEAM, FINISHED), 10),
    "what is closed": ((CLOSED,), 5),
    "what was finished lately, by team": ((TEAM, FINISHED, LATELY), 6),
}
ORDERS: Mapping[SearchOrder, Callable[[Ticket], tuple[object, int]]] = {
    SearchOrder.DUE: lambda each: (queue_place(each), each.id),
    SearchOrder.OLDEST: lambda each: (each.opened_at, each.id),
    SearchOrder.NEWEST: lambda each: (-each.opened_at.timestamp(), -each.id),
    SearchOrder.LAST_WORD: lambda each: (-each.updated_at.timestamp(), -each.id),
}


def fill(uow: UnitOfWork) -> None:
    """Twenty, some of which no order but their ids tells apart."""
    for place in range(20):
        at = NOW - timedelta(hours=place // 3)
        a_numbered_ticket(
            uow,
            team="hr" if place % 2 else "it",
            priority=Priority.HIGH if place % 4 == 0 else Priority.NORMAL,
            status=(Status.OPEN, Status.CLOSED, Status.PENDING, Status.RESOLVED)[place * 5 // 3 % 4],
            opened_at=at,
            updated_at=at + timedelta(minutes=place % 2),
            due_at=at + timedelta(hours=9) if place % 3 == 0 else None,
        )


@pytest.mark.parametrize("order", list(ORDERS))
@pytest.mark.parametrize(("criteria", "many"), LISTS.values(), ids=LISTS)
async def test_pages_are_the_list(
    storage: Storage, order: SearchOrder, criteria: tuple[Criterion, ...], many: int
) -> None:
    await storage.run(fill)
    wanted = TicketSearch(now=NOW, criteria=criteria)

    def whole(uow: UnitOfWork) -> list[Ticket]:
        return list(uow.search.find(wanted, visibility=SEES, order=order, limit=50).tickets)

    def pages(uow: UnitOfWork) -> list[Ticket]:
        seen: list[Ticket] = []
        while True:
            behind = place_of(Query(text="", order=order), seen[-1]) if seen else None
            page = uow.search.find(replace(wanted, behind=behind), visibility=SEES, order=order, limit=4)
            assert page.count == many
            if not page.tickets:
                return seen
            seen += page.tickets

    listed = await storage.read(whole)
    assert len(listed) == many
    assert listed == sorted(listed, key=ORDERS[order])
    assert await storage.read(pages) == listed

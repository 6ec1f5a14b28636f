"""What every storage promises of pages that begin behind a ticket: together they are the list, each ticket once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Priority, Ticket
from bot.ports.storage.search import TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.search.ticket_search import place_of
from tests.storage.sample_rows import NOW, a_numbered_ticket

TEAMS = frozenset({"it", "hr"})
SEES = Visibility(person="web:bo", teams=TEAMS, known_teams=TEAMS, sees_everywhere=True)
ANY = TicketSearch(now=NOW)
BOTH = replace(ANY, criteria=(Criterion(name=FilterName.TEAM, values=("it", "hr")),))


def fill(uow: UnitOfWork) -> None:
    """Thirteen, some of which no order but their ids tells apart."""
    for place in range(13):
        at = NOW - timedelta(hours=place // 3)
        a_numbered_ticket(
            uow,
            team="hr" if place % 2 else "it",
            priority=Priority.HIGH if place % 4 == 0 else Priority.NORMAL,
            opened_at=at,
            updated_at=at + timedelta(minutes=place % 5),
            due_at=at + timedelta(hours=9) if place % 3 == 0 else None,
        )


@pytest.mark.parametrize(
    "order", [SearchOrder.DUE, SearchOrder.OLDEST, SearchOrder.NEWEST, SearchOrder.LAST_WORD]
)
@pytest.mark.parametrize("wanted", [ANY, BOTH], ids=["any", "by team"])
async def test_pages_are_the_list(storage: Storage, order: SearchOrder, wanted: TicketSearch) -> None:
    await storage.run(fill)

    def whole(uow: UnitOfWork) -> list[int]:
        return [each.id for each in uow.search.find(wanted, visibility=SEES, order=order, limit=50).tickets]

    def pages(uow: UnitOfWork) -> list[int]:
        seen: list[Ticket] = []
        while True:
            behind = place_of(Query(text="", order=order), seen[-1]) if seen else None
            page = uow.search.find(replace(wanted, behind=behind), visibility=SEES, order=order, limit=4)
            assert page.count == 13
            if not page.tickets:
                return [each.id for each in seen]
            seen += page.tickets

    listed = await storage.read(whole)
    assert len(listed) == 13
    assert await storage.read(pages) == listed

"""Every view, for everybody and every kind of ticket: what one may not see is not listed, counted or given to one."""

from dataclasses import replace

import pytest

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.notices.follower import Follower
from bot.domain.search.query import SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.conversation import Side
from bot.domain.views.saved_view import BUILT_IN, SavedView
from bot.ports.storage.search import TicketCount
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.reader import PageReader
from bot.services.search.ticket_search import SearchScope, find_tickets, visibility_in
from bot.services.tickets.next_ticket import next_in
from bot.services.views.ticket_views import count_view, read_view, views_seen
from tests.domain.search.searchable_desk import ADA, ANA, OLE, PEOPLE, PIA, SAM, a_desk, covered, tickets
from tests.storage.sample_rows import NOW

EVERY = {each.id: each for each in tickets()}
ALL = SavedView(name="all", query="is:open", title="all")
OAKS = SavedView(name="oak's", query="team:oak is:open", title="oak's")
PINES = SavedView(name="pine's", query="is:open", title="pine's", team="pine")


def desk(*, with_servers: bool) -> Desk:
    views = {each.name: each for each in (ALL, OAKS, PINES)}
    return replace(a_desk(with_servers=with_servers), views=views)


@pytest.fixture
async def filled(storage: Storage) -> Storage:
    """A ticket of each kind; Pia and Ana follow some of them; a view of the team of Oak is saved."""

    def work(uow: UnitOfWork) -> None:
        for person in PEOPLE:
            uow.people.remember(person)
        for ticket in EVERY.values():
            uow.tickets.add(ticket)
        for side, person, step in ((Side.TEAM, PIA, 5), (Side.REQUESTER, ANA, 7)):
            for each in [*EVERY][::step]:
                uow.followers.put(
                    Follower(ticket=each, person=person.key, side=side, added_by=SAM.key, at=NOW)
                )
        saved = SavedView(id=1, name="secret", query="elephant", owner=OLE.key, team="oak")
        uow.saved_views.add(saved)

    await storage.run(work)
    return storage


def reader(uow: UnitOfWork, person: Person, *, with_servers: bool) -> PageReader:
    return PageReader(uow=uow, desk=desk(with_servers=with_servers), actor=person, now=NOW, language="en")


@pytest.mark.parametrize("with_servers", [True, False], ids=["servers", "one server"])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.name)
async def test_no_view_lists_or_counts_what_its_reader_may_not_see(
    filled: Storage, person: Person, *, with_servers: bool
) -> None:
    def work(uow: UnitOfWork) -> None:
        who = reader(uow, person, with_servers=with_servers)
        visibility = visibility_in(who, SearchScope.SEEN)
        seen = covered(visibility)
        followed = {each for each in seen if each in visibility.followed | visibility.shared}
        for view in views_seen(who):
            query = read_view(who, view)
            for order in SearchOrder:
                found = find_tickets(who, replace(query, order=order), visibility=visibility, limit=1_000)
                ids = {each.id for each in found.tickets}
                assert len(ids) == found.count, (view.name, order)
                assert ids <= seen, (view.name, order)
            counted = count_view(who, view, visibility=visibility)
            assert counted == TicketCount(count=found.count), view.name
            if view.name == "all":
                assert ids == seen
            if view.name == "followed":
                assert ids == followed
            if view.name == "unassigned":
                assert ids == {each for each in seen if EVERY[each].team in visibility.teams}

    await filled.read(work)


@pytest.mark.parametrize(
    ("person", "others"), [(PIA, {"all", "pine's"}), (OLE, {"all", "oak's", "secret"}), (ANA, None)]
)
async def test_only_ones_own_views_are_there(
    filled: Storage, person: Person, others: set[str] | None
) -> None:
    def names(uow: UnitOfWork) -> set[str]:
        return {each.name for each in views_seen(reader(uow, person, with_servers=True))}

    expected = set() if others is None else {each.name for each in BUILT_IN} | others
    assert await filled.read(names) == expected


@pytest.mark.parametrize("person", [PIA, OLE, SAM, ADA], ids=lambda each: each.name)
async def test_next_gives_only_a_ticket_of_ones_own_teams(filled: Storage, person: Person) -> None:
    def work(uow: UnitOfWork) -> tuple[set[int], Visibility]:
        who = reader(uow, person, with_servers=True)
        visibility = visibility_in(who, SearchScope.SEEN)
        wanted = next_in(who, who.desk.teams_of(person))
        page = uow.search.find(wanted, visibility=visibility, order=SearchOrder.NEXT, limit=1_000)
        return {each.id for each in page.tickets}, visibility

    found, visibility = await filled.read(work)
    assert found == {
        each.id for each in EVERY.values() if each.team in visibility.teams and each.requester != person.key
    }

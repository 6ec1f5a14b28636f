"""What every storage says of the requests that came: in words and in numbers, of what may be seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.figures.ticket_facts import FactKind, TicketFact
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.demand import SLICE, AskedRequest
from bot.ports.storage.figures.figures import KeptFact
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_message, a_numbered_ticket

ALL = Visibility(person="web:lee", teams=frozenset({"it", "people"}), known_teams=frozenset({"it", "people"}))
HOUR = timedelta(hours=1)


def asked(uow: UnitOfWork, text: str, **fields: Any) -> Ticket:
    opening = uow.new_id()
    ticket = a_numbered_ticket(uow, opening=opening, **fields)
    a_message(uow, ticket, id=opening, text=text)
    return ticket


def seen_by(uow: UnitOfWork, *, visibility: Visibility) -> Sequence[AskedRequest]:
    return uow.demand.requests(since=NOW, until=NOW + HOUR, teams=None, visibility=visibility, limit=10)


async def test_requests_come_with_the_words_they_began_with_the_newest_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        first = asked(uow, "Mein Drücker ist kaputt", opened_at=NOW, subject="Drücker", language="de")
        a_message(uow, first, text="and the scanner too")
        asked(uow, "VPN drops", opened_at=NOW + HOUR, requester="web:bo")
        asked(uow, "too late", opened_at=NOW + 3 * HOUR)
        asked(uow, "not this team", opened_at=NOW, team="people")

    await storage.run(work)
    found = await storage.read(
        lambda uow: uow.demand.requests(
            since=NOW, until=NOW + 3 * HOUR, teams=frozenset({"it"}), visibility=ALL, limit=10
        )
    )
    assert [(each.words, each.requester, each.opened_at) for each in found] == [
        ("vpn drops", "web:bo", NOW + HOUR),
        ("mein drucker ist kaputt", "web:ana", NOW),
    ]
    assert (found[1].subject, found[1].language) == ("Drücker", "de")


async def test_a_request_that_one_may_not_see_is_not_read(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        asked(uow, "my manager", opened_at=NOW, team="people", is_private=True)
        asked(uow, "my badge", opened_at=NOW, team="people")

    await storage.run(work)
    bo = Visibility(
        person="web:bo", teams=frozenset({"it"}), known_teams=ALL.known_teams, sees_everywhere=True
    )
    found = {}
    for person, visibility in {"lee": ALL, "bo": bo}.items():
        reads = partial(seen_by, visibility=visibility)
        found[person] = await storage.read(reads)
    assert {person: {each.words for each in requests} for person, requests in found.items()} == {
        "lee": {"my manager", "my badge"},
        "bo": {"my badge"},
    }


async def test_no_more_than_wanted_are_read(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(5):
            asked(uow, f"request {number}", opened_at=NOW + number * HOUR)

    await storage.run(work)
    found = await storage.read(
        lambda uow: uow.demand.requests(since=NOW, until=NOW + 9 * HOUR, teams=None, visibility=ALL, limit=2)
    )
    assert [each.words for each in found] == ["request 4", "request 3"]


async def test_requests_are_counted_by_team_and_quarter_of_an_hour(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for after in (timedelta(), SLICE - timedelta(microseconds=1), SLICE, 2 * HOUR):
            a_numbered_ticket(uow, opened_at=NOW + after)
        a_numbered_ticket(uow, opened_at=NOW, team="people", is_private=True)

    await storage.run(work)
    found = await storage.read(lambda uow: uow.demand.counts(since=NOW, until=NOW + 2 * HOUR, teams=None))
    assert [(each.team, each.begins, each.requests) for each in found] == [
        ("it", NOW, 2),
        ("people", NOW, 1),
        ("it", NOW + SLICE, 1),
    ]
    only_people = await storage.read(
        lambda uow: uow.demand.counts(since=NOW, until=NOW + 2 * HOUR, teams=frozenset({"people"}))
    )
    assert [each.requests for each in only_people] == [1]


async def test_a_moved_request_is_counted_for_the_team_that_it_was_opened_for(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        moved = a_numbered_ticket(uow, opened_at=NOW, team="people")
        fact = TicketFact(
            line=1,
            kind=FactKind.MOVED,
            at=NOW,
            team="it",
            other="people",
            opened_at=NOW,
            since=NOW,
            replies=0,
            repliers=0,
            is_first=True,
        )
        again = replace(fact, line=2, team="people", other="it", is_first=False)
        facts = [KeptFact(fact=each, took=timedelta(), worked=timedelta()) for each in (fact, again)]
        uow.figures.keep(moved.id, facts)

    await storage.run(work)
    counted = {}
    for team in ("it", "people"):
        teams = frozenset({team})
        found = await storage.read(
            partial(
                lambda uow, asked: uow.demand.counts(since=NOW, until=NOW + HOUR, teams=asked), asked=teams
            )
        )
        counted[team] = [(each.team, each.requests) for each in found]
    assert counted == {"it": [("it", 1)], "people": []}

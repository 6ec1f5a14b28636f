"""What the search index costs intake: the rows of a new ticket with their documents and without, in turn."""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.directory import Person
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from storage import unit_of_work
from storage.engine.ids import IdMaker
from storage.repositories.search.documents import SearchDocuments
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.engine.storage_intake import intake_rate
from tests.bench.figures import Figure, Raw

REQUESTS = 2_000
TASKS = 16
ROUNDS = 3
GOAL_PER_CENT = 15.0


class NoDocuments(SearchDocuments):
    """A desk without a search."""

    def add_ticket(self, ticket: Ticket) -> None: ...

    def add_message(self, message: TicketMessage) -> None: ...

    def put_person(self, person: Person, *, new_id: IdMaker) -> None: ...


def measure(folder: Path) -> Iterator[Figure]:
    places = {name: sqlite_place(folder, name) for name in ("with", "without")}
    yield _figure(places)
    with postgres_server() as server:
        yield _figure({name: server.place(f"desk_{name}") for name in ("with", "without")})


def _figure(places: dict[str, Place]) -> Figure:
    rates: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(ROUNDS):
        rates["with"].append(_rate(places["with"]))
        with _unindexed():
            rates["without"].append(_rate(places["without"]))
    indexed, bare = statistics.median(rates["with"]), statistics.median(rates["without"])
    return Figure(
        what=f"intake slowed by the search index on {places['with'].name}",
        value=100 * (bare / indexed - 1),
        unit="%",
        goal=GOAL_PER_CENT,
        raw=Raw(value=0.0, what=f"{bare:,.0f} tickets/s without, {indexed:,.0f} with"),
        settings=f"{places['with'].settings}; {REQUESTS:,} requests, {TASKS} at once, median of {ROUNDS}",
    )


def _rate(place: Place) -> float:
    return asyncio.run(intake_rate(place.url, requests=REQUESTS, tasks=TASKS))


@contextmanager
def _unindexed() -> Iterator[None]:
    kept = vars(unit_of_work)[SearchDocuments.__name__]
    setattr(unit_of_work, SearchDocuments.__name__, NoDocuments)
    try:
        yield
    finally:
        setattr(unit_of_work, SearchDocuments.__name__, kept)

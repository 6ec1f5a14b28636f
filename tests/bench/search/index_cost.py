"""What the search index costs: requests taken in with documents and without, in turn.

The goal is for intake, from an event to its commit. Storage alone, the rows of a new ticket, is there to see which
part of that the index is.
"""

import asyncio
import itertools
import statistics
from collections.abc import Callable, Iterator
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
from tests.bench.engine.tickets import AT_ONCE, rate
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
    yield from _figures(folder, lambda name: sqlite_place(folder, name))
    with postgres_server() as server:
        yield from _figures(folder, lambda name: server.place(f"desk_{name}"))


def _figures(folder: Path, place_of: Callable[[str], Place]) -> Iterator[Figure]:
    """A desk counts its tickets, so that each of its rounds has a database of its own."""
    numbers = itertools.count()
    yield _figure(
        "intake",
        lambda: asyncio.run(rate(place_of(f"desk{next(numbers)}"), folder, count=REQUESTS)),
        settings=f"{REQUESTS:,} messages through the desk's intake, {AT_ONCE} at once",
        place=place_of("settings"),
        goal=GOAL_PER_CENT,
    )
    places = {each: place_of(f"rows{each}") for each in range(2)}
    turns = itertools.cycle(places.values())
    yield _figure(
        "the rows of a ticket",
        lambda: asyncio.run(intake_rate(next(turns).url, requests=REQUESTS, tasks=TASKS)),
        settings=f"{REQUESTS:,} requests, {TASKS} at once",
        place=places[0],
        goal=None,
    )


def _figure(
    what: str, measured: Callable[[], float], *, settings: str, place: Place, goal: float | None
) -> Figure:
    rates: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(ROUNDS):
        rates["with"].append(measured())
        with _unindexed():
            rates["without"].append(measured())
    indexed, bare = statistics.median(rates["with"]), statistics.median(rates["without"])
    return Figure(
        what=f"{what} slowed by the search index on {place.name}",
        value=100 * (bare / indexed - 1),
        unit="%",
        goal=goal,
        raw=Raw(value=0.0, what=f"{bare:,.0f} tickets/s without, {indexed:,.0f} with"),
        settings=f"{place.settings}; {settings}, median of {ROUNDS}",
    )


@contextmanager
def _unindexed() -> Iterator[None]:
    kept = vars(unit_of_work)[SearchDocuments.__name__]
    setattr(unit_of_work, SearchDocuments.__name__, NoDocuments)
    try:
        yield
    finally:
        setattr(unit_of_work, SearchDocuments.__name__, kept)

"""How long a search takes among many tickets of eight messages, page and count, as somebody asks for it.

The words are as frequent as in talk: a rare one, a common one, two together, a beginning, a word with a filter, and
filters alone. The raw limit is a single ticket read by its number.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bot.domain.search.query import Criterion, FilterName, SearchOrder, Term
from bot.domain.search.stems import variants
from bot.domain.search.visibility import Visibility
from bot.ports.storage.search import SoughtTerm, TicketSearch
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw
from tests.bench.search.filled_desk import MESSAGES, fill
from tests.storage.sample_rows import NOW

TICKETS = 10_000
GOAL_MS = 100.0
RUNS = 5
SIGHT = Visibility(
    person="web:bo", teams=frozenset({"it"}), known_teams=frozenset({"it"}), sees_everywhere=True
)


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures(folder, tickets=TICKETS)


def figures(folder: Path, *, tickets: int) -> Iterator[Figure]:
    yield from _on(sqlite_place(folder), tickets)
    with postgres_server() as server:
        yield from _on(server.place(), tickets)


def _on(place: Place, tickets: int) -> Iterator[Figure]:
    fill(place.url, tickets=tickets)
    times, raw = asyncio.run(_measured(place.url))
    every = sorted(each for of_one in times.values() for each in of_one)
    medians = ", ".join(f"{name} {statistics.median(of_one):.1f}" for name, of_one in times.items())
    yield Figure(
        what=f"a search among {tickets:,} tickets on {place.name}, p95",
        value=every[int(len(every) * 0.95) - 1],
        unit="ms",
        goal=GOAL_MS,
        raw=Raw(value=raw, what="one ticket by its number"),
        settings=f"{place.settings}; {MESSAGES} messages a ticket, {RUNS} of each; medians: {medians}",
    )


async def _measured(url: str) -> tuple[dict[str, list[float]], float]:
    storage = open_storage(url)
    times: dict[str, list[float]] = {}
    raw = []
    try:
        for name, wanted in SEARCHES.items():
            times[name] = []
            for _ in range(RUNS):
                begun = time.perf_counter()
                await storage.read(
                    lambda uow, wanted=wanted: uow.search.find(  # type: ignore[misc]
                        wanted, visibility=SIGHT, order=SearchOrder.BEST, limit=10
                    )
                )
                times[name].append((time.perf_counter() - begun) * 1_000)
        for _ in range(RUNS * 4):
            begun = time.perf_counter()
            await storage.read(lambda uow: uow.tickets.find("IT", 77))
            raw.append((time.perf_counter() - begun) * 1_000)
    finally:
        await storage.close()
    return times, statistics.median(raw)


def _sought(*words: str, is_prefix: bool = False, where: tuple[Criterion, ...] = ()) -> TicketSearch:
    terms = (Term(words=(each,), is_prefix=is_prefix) for each in words)
    found = tuple(SoughtTerm(variants=variants(each, ["en"])) for each in terms)
    return TicketSearch(now=NOW, terms=found, criteria=where)


_OPEN = Criterion(name=FilterName.STATUS, values=("open",))
_CLOSED = Criterion(name=FilterName.STATUS, values=("closed",))
SEARCHES = {
    "a rare word": _sought("rare7"),
    "a common word": _sought("word40"),
    "one of the commonest": _sought("word3"),
    "two words": _sought("word40", "word90"),
    "a beginning": _sought("word19", is_prefix=True),
    "a word and a filter": _sought("word40", where=(_OPEN,)),
    "a person": _sought("person7"),
    "open ones": _sought(where=(_OPEN,)),
    "closed ones": _sought(where=(_CLOSED,)),
}

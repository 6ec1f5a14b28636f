"""How long the lists that agents open take, page and count, and how long `/desk next` takes to find its ticket.

Each is the list of a built-in view, as an agent of three teams reads it, with one ticket in ten unfinished. The raw
limit is a single ticket read by its number.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from bot.domain.directory import Person
from bot.domain.search.query import Criterion, FilterName, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.ports.storage.search import TicketSearch
from bot.ports.unit_of_work import UnitOfWork
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw
from tests.bench.search.filled_desk import fill
from tests.storage.sample_rows import NOW

TICKETS = 10_000
GOAL_MS = 100.0
RUNS = 10
BO = Person(key="web:bo", name="Bo Berg")
TEAMS = ("it", "team1", "team2")
SIGHT = Visibility(
    person=BO.key,
    teams=frozenset(TEAMS),
    known_teams=frozenset({"it", *(f"team{number}" for number in range(7))}),
    sees_everywhere=True,
)


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures_on(sqlite_place(folder), TICKETS)
    with postgres_server() as server:
        yield from figures_on(server.place(), TICKETS)


def figures_on(place: Place, tickets: int) -> Iterator[Figure]:
    fill(place.url, tickets=tickets, messages=1)
    times, raw = asyncio.run(_measured(place.url))
    every = sorted(each for of_one in times.values() for each in of_one)
    medians = ", ".join(f"{name} {statistics.median(of_one):.1f}" for name, of_one in times.items())
    yield Figure(
        what=f"a list or the next ticket among {tickets:,} tickets on {place.name}, p95",
        value=every[int(len(every) * 0.95) - 1],
        unit="ms",
        goal=GOAL_MS,
        raw=Raw(value=raw, what="one ticket by its number"),
        settings=f"{place.settings}; {RUNS} of each; medians: {medians}",
    )


async def _measured(url: str) -> tuple[dict[str, list[float]], float]:
    storage = open_storage(url)
    times: dict[str, list[float]] = {}
    try:
        for name, work in _works():
            times[name] = [await _time(lambda: storage.read(work)) for _ in range(RUNS)]  # noqa: B023
        times["next"] = [await _time(lambda: storage.run(_next)) for _ in range(RUNS)]
        raw = [await _time(lambda: storage.read(lambda uow: uow.tickets.find("IT", 77))) for _ in range(RUNS)]
    finally:
        await storage.close()
    return times, statistics.median(raw)


async def _time(work: Callable[[], Awaitable[object]]) -> float:
    """In milliseconds."""
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1_000


def _works() -> Iterator[tuple[str, Callable[[UnitOfWork], object]]]:
    for name, (order, criteria) in LISTS.items():
        wanted = TicketSearch(now=NOW, criteria=criteria)
        for page, offset in (("", 0), (", page 20", 380)):
            yield f"{name}{page}", _listing(wanted, order, offset)


def _listing(wanted: TicketSearch, order: SearchOrder, offset: int) -> Callable[[UnitOfWork], object]:
    return lambda uow: uow.search.find(wanted, visibility=SIGHT, order=order, limit=20, offset=offset)


def _next(uow: UnitOfWork) -> int | None:
    wanted = TicketSearch(now=NOW, criteria=(_MINE, _is("unassigned"), _NOT_WAITING))
    return uow.search.lock_first(wanted, visibility=SIGHT, order=SearchOrder.NEXT)


def _where(name: FilterName, *values: str) -> Criterion:
    return Criterion(name=name, values=values)


def _is(state: str) -> Criterion:
    return _where(FilterName.IS, state)


_MINE = _where(FilterName.TEAM, *TEAMS)
_NOT_WAITING = Criterion(name=FilterName.STATUS, values=("pending", "on-hold"), is_excluded=True)
LISTS = {
    "the queue": (SearchOrder.DUE, (_MINE, _is("open"))),
    "the queue, newest first": (SearchOrder.NEWEST, (_MINE, _is("open"))),
    "unassigned": (SearchOrder.DUE, (_MINE, _is("unassigned"))),
    "mine": (SearchOrder.DUE, (_where(FilterName.ASSIGNED, BO.key), _is("open"))),
    "waiting on us": (SearchOrder.DUE, (_MINE, _is("unanswered"), _NOT_WAITING)),
    "waiting on the requester": (SearchOrder.OLDEST, (_MINE, _where(FilterName.STATUS, "pending"))),
    "overdue and at risk": (SearchOrder.DUE, (_MINE, _where(FilterName.SLA, "overdue", "at-risk"))),
    "recently closed": (SearchOrder.LAST_WORD, (_MINE, _is("finished"))),
}

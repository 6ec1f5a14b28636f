"""All that people, probes and ticks do on a desk of a million tickets beside one of ten thousand, on both databases.

Both desks are open in one process and asked in turns, so that whatever else the machine does meets both alike. What
was left undone for years, such as old keys of events, is done first: it is much, and nobody may wait for it.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw
from tests.bench.growth.grown_desk import fill
from tests.bench.growth.grown_office import FIRST, MONDAY_9, Chore, chores_of, open_grown
from tests.bench.growth.sent_statements import SentStatements, listening

FEW, MANY = 10_000, 1_000_000
TURNS = 5
MOST_GROWTH = 1.5
NOISE_MS = 2.0
"""A busy machine makes so much of a difference to the very same work."""
LONGEST_WRITE_MS = 50.0


def measure(folder: Path) -> Iterator[Figure]:
    yield from _beside(sqlite_place(folder, "few"), sqlite_place(folder, "many"), folder / "sqlite")
    with postgres_server() as server:
        yield from _beside(server.place("few"), server.place("many"), folder / "postgres")


def _beside(few: Place, many: Place, folder: Path, *, tickets: tuple[int, int] = (FEW, MANY)) -> list[Figure]:
    for place, number in zip((few, many), tickets, strict=True):
        fill(place.url, tickets=number, now=MONDAY_9)
    with listening() as sent:
        return asyncio.run(_measured((few, many), folder, sent))


async def _measured(places: tuple[Place, Place], folder: Path, sent: SentStatements) -> list[Figure]:
    async with AsyncExitStack() as open_desks:
        desks: list[dict[str, Chore]] = []
        for number, place in enumerate(places):
            grown = await open_desks.enter_async_context(open_grown(place.url, folder / str(number)))
            desks.append(chores_of(grown))
        figures = [await _first(name, desks[1], places[1], sent) for name in FIRST]
        for _ in range(3):
            for desk in desks:
                await desk["tick: similar_requests"]()
                await desk["delivery"]()
        for name in desks[0]:
            figures += await _one(name, desks, places[1], sent)
    return figures


async def _first(worker: str, desk: dict[str, Chore], place: Place, sent: SentStatements) -> Figure:
    """What was due for years, by the longest that others had to wait for it."""
    sent.longest_write = 0.0
    taken = await _time(desk[f"tick: {worker}"])
    return Figure(
        what=f"what {worker} finds due at first on {place.name}, longest write",
        value=sent.longest_write * 1_000,
        unit="ms",
        goal=LONGEST_WRITE_MS,
        settings=f"{taken:,.0f} ms in all",
    )


async def _one(
    name: str, desks: Sequence[dict[str, Chore]], place: Place, sent: SentStatements
) -> list[Figure]:
    times: list[list[float]] = [[], []]
    longest = 0.0
    for turn in range(TURNS + 1):
        for desk, taken in zip(desks, times, strict=True):
            sent.longest_write = 0.0
            took = await _time(desk[name])
            if turn:
                taken.append(took)
        longest = max(longest, sent.longest_write * 1_000)
    few, many = map(statistics.median, times)
    return [
        Figure(
            what=f"{name} on {place.name}",
            value=many,
            unit="ms",
            goal=max(few * MOST_GROWTH, few + NOISE_MS),
            raw=Raw(value=few, what=f"the same among {FEW:,} tickets"),
            settings=f"median of {TURNS} turns; longest write {longest:.1f} ms",
        )
    ]


async def _time(chore: Chore) -> float:
    """In milliseconds."""
    begun = time.perf_counter()
    await chore()
    return (time.perf_counter() - begun) * 1_000

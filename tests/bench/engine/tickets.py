"""Tickets a second: messages of a burst through the desk's intake to their commits, in one process.

All that a request costs is in it: duplicates, routing, the SLA policy and its timers, audit, outbox, number.
Delivery stands still meanwhile. Afterwards the numbers are checked: speed is nothing if a ticket is missing.
"""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.desk import DESK, take_all, the_desk
from tests.bench.figures import Better, Figure, Raw
from tests.bench.raw_limits import postgres_transactions, sqlite_transactions
from tests.bench.requests import messages

GOAL = 1_000
WARM_UP = 500
COUNT = 6_000
AT_ONCE = 64
CLIENTS = (1, 4, 16)


def measure(folder: Path) -> Iterator[Figure]:
    raw = Raw(value=sqlite_transactions(folder, count=COUNT), what="four rows a commit, sqlite3 alone")
    yield _figure(sqlite_place(folder), folder, raw)
    with postgres_server() as server:
        empty = server.empty("raw")
        rates = {
            clients: postgres_transactions(empty, clients=clients, count=COUNT // 2) for clients in CLIENTS
        }
        told = ", ".join(f"{rate:,.0f}/s with {clients}" for clients, rate in rates.items())
        raw = Raw(value=max(rates.values()), what=f"four rows a commit, psycopg alone; clients: {told}")
        yield _figure(server.place(), folder, raw)


def _figure(place: Place, folder: Path, raw: Raw) -> Figure:
    return Figure(
        what=f"tickets through intake on {place.name}",
        value=asyncio.run(rate(place, folder)),
        unit="/s",
        better=Better.HIGHER,
        goal=GOAL,
        raw=raw,
        settings=f"{place.settings}; {COUNT:,} messages, {AT_ONCE} at once, one process, {DESK.name}",
    )


async def rate(place: Place, folder: Path, *, count: int = COUNT) -> float:
    """Messages taken a second, after a warm-up in which everybody has been heard of."""
    async with the_desk(place, folder) as desk:
        await take_all(desk.intake, messages(WARM_UP), at_once=AT_ONCE)
        burst = list(messages(count, seed=6, first=WARM_UP))
        start = time.perf_counter()
        await take_all(desk.intake, burst, at_once=AT_ONCE)
        seconds = time.perf_counter() - start
        await desk.must_have_tickets(WARM_UP + count)
    return count / seconds

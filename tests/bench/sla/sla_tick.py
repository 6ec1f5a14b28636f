"""A tick of the SLA clock with nothing due, by number of open timers: it must not depend on the number.

The two sizes are ticked in turns, so that whatever else the machine does meets both alike.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from bot.workers.sla_clock import SlaClock
from storage.store import DeskStorage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.desk import BareDesk, the_desk
from tests.bench.figures import Figure, Raw

FEW, MANY = 10_000, 1_000_000
TICKS = 300
GOAL_MS = 10.0
NOISE = 1.2
"""Runs of the very same tick differ by a tenth, and an index of a million rows is a level deeper."""

_NUMBERED = "WITH RECURSIVE numbered(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < {count})"
_TICKETS = (
    "INSERT INTO tickets (id, prefix, number, subject, team, requester, priority, status, tags,"
    " origin_platform, origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at,"
    " version) {numbered} SELECT n, 'IT', n, 'My laptop does not start any more', 'service-desk',"
    " 'web:ana', 'normal', 'new', '[]', 'web', 'help-it', false, 'en', 'the default team', 0,"
    " {now}, {now}, 1 FROM numbered"
)
# Two timers a ticket, the next stages of which come in the next ninety days, in no order.
_TIMERS = (
    "INSERT INTO sla_timers (id, ticket_id, measure, target, spent, running_since, due_at, next_at, stage,"
    " announced) {numbered} SELECT n, (n + 1) / 2, CASE n % 2 WHEN 0 THEN 'resolution' ELSE"
    " 'first_response' END, 28800000000, 0, {now}, {now} + {later}, {now} + {later}, 0, 0 FROM numbered"
)
_LATER = "3600000000 + (CAST(n AS BIGINT) * 7919 % 7776000) * 1000000"


def measure(folder: Path) -> Iterator[Figure]:
    yield from asyncio.run(_compare(_sqlite(folder, "few", FEW), _sqlite(folder, "many", MANY), folder))
    with postgres_server() as server:
        few, many = server.place("few"), server.place("many")
        _fill_postgres(few, FEW)
        _fill_postgres(many, MANY)
        yield from asyncio.run(_compare(few, many, folder))


async def _compare(few: Place, many: Place, folder: Path) -> list[Figure]:
    async with the_desk(few, folder) as with_few, the_desk(many, folder) as with_many:
        raw_ms, on_few, on_many = await _timed(
            lambda: _look_one_up(with_many.storage), _tick(with_few), _tick(with_many)
        )
    settings = f"{many.settings}; median of {TICKS} ticks, none of the timers due within the hour"
    raw = Raw(value=raw_ms, what="a transaction with one look-up by key, through the same door")
    return [
        _figure(f"{FEW:,} timers on {few.name}", on_few, raw, settings),
        _figure(f"{MANY:,} timers on {many.name}", on_many, raw, settings),
        Figure(
            what=f"{MANY:,} timers in times of {FEW:,} on {many.name}",
            value=on_many / on_few,
            unit="×",
            goal=NOISE,
            settings=f"ticked in turns; differences of up to {NOISE - 1:.0%} are noise and an index a level deeper",
        ),
    ]


def _figure(what: str, value: float, raw: Raw, settings: str) -> Figure:
    return Figure(
        what=f"an SLA tick, {what}", value=value, unit="ms", goal=GOAL_MS, raw=raw, settings=settings
    )


def _tick(desk: BareDesk) -> Callable[[], Awaitable[object]]:
    return SlaClock(storage=desk.storage, contexts=desk.contexts).tick


async def _look_one_up(storage: DeskStorage) -> None:
    await storage.run(lambda uow: uow.conversations.of_ticket(1))


async def _timed(*works: Callable[[], Awaitable[object]]) -> list[float]:
    """The median of each in milliseconds, done in turns."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(TICKS + 20):
        for context, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            handled = await context()
            taken.append((time.perf_counter() - start) * 1e3)
            if handled:
                raise AssertionError(f"nothing should have been due, and tick {number} handled {handled}")
    return [statistics.median(taken[20:]) for taken in times]


def _sqlite(folder: Path, name: str, timers: int) -> Place:
    place = sqlite_place(folder, name)
    with closing(sqlite3.connect(place.path)) as connection:
        for statement in _filling(timers):
            connection.execute(statement)
        connection.commit()
    return place


def _fill_postgres(place: Place, timers: int) -> None:
    """With ANALYZE, which the server's own housekeeping does within a minute."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        for statement in _filling(timers):
            connection.execute(statement.encode())
        connection.execute("VACUUM ANALYZE")


def _filling(timers: int) -> list[str]:
    now = time.time_ns() // 1_000
    return [
        _TICKETS.format(numbered=_NUMBERED.format(count=(timers + 1) // 2), now=now),
        _TIMERS.format(numbered=_NUMBERED.format(count=timers), now=now, later=_LATER),
    ]

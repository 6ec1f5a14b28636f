"""A report on a desk that has decided a million promises in two years: of four weeks, and of a whole year.

Five teams in three zones, two policies, four priorities; one promise in ten was missed, by up to two days.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw

Question = Callable[[UnitOfWork], object]
PROMISES = 1_000_000
RUNS = 5
WINDOWS = {"four weeks": (timedelta(weeks=4), 500.0), "a year": (timedelta(days=365), None)}
"""With the goal in milliseconds: a command is to be answered within Slack's three seconds, beside other work."""
ZONES = {
    "team-0": ZoneInfo("Europe/Berlin"),
    "team-1": ZoneInfo("Europe/Berlin"),
    "team-2": ZoneInfo("America/New_York"),
    "team-3": ZoneInfo("Asia/Kolkata"),
}
SPREAD_S = 2 * 365 * 86_400

_NUMBERED = "WITH RECURSIVE numbered(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < {count})"
_POLICIES = (
    "INSERT INTO sla_policies (key, body) VALUES ('copy-0', '{{\"name\": \"standard\"}}'),"
    ' (\'copy-1\', \'{{"name": "standard", "variant": "vip"}}\')'
)
_TICKETS = (
    "INSERT INTO tickets (id, prefix, number, subject, team, requester, priority, status, tags,"
    " origin_platform, origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at,"
    " version, sla_policy, sla_policy_copy) {numbered} SELECT n, 'IT', n, 'My laptop does not start any more',"
    " 'team-' || (n % 5), 'web:ana', CASE n % 4 WHEN 0 THEN 'low' WHEN 1 THEN 'high' WHEN 2 THEN 'urgent'"
    " ELSE 'normal' END, 'closed', '[]', 'web', 'help-it', false, 'en', 'the default team', 0, {now}, {now},"
    " 1, 'standard', 'copy-' || (n % 2) FROM numbered"
)
# Two timers a ticket, decided evenly over two years.
_TIMERS = (
    "INSERT INTO sla_timers (id, ticket_id, measure, target, spent, stage, announced, stopped_at, breached_at)"
    " {numbered} SELECT n, (n + 1) / 2, CASE n % 2 WHEN 0 THEN 'resolution' ELSE 'first_response' END,"
    " 28800000000, 28800000000 + CAST(n AS BIGINT) * 7919 % 172800 * 1000000, 0, 0, {at},"
    " CASE WHEN n % 10 = 3 THEN {at} ELSE NULL END FROM numbered"
)
_AT = "{now} - ({count} - CAST(n AS BIGINT)) * {spread} / {count} * 1000000"


def measure(folder: Path) -> Iterator[Figure]:
    place = sqlite_place(folder)
    now = datetime.now(UTC)
    with closing(sqlite3.connect(place.path)) as connection:
        for statement in _filling(now):
            connection.execute(statement)
        connection.commit()
    yield from asyncio.run(_reported(place, now))
    with postgres_server() as server:
        place = server.place()
        with psycopg.connect(place.url, autocommit=True) as there:
            for statement in _filling(now):
                there.execute(statement.encode())
            there.execute("VACUUM ANALYZE")
        yield from asyncio.run(_reported(place, now))


async def _reported(place: Place, now: datetime) -> list[Figure]:
    storage = open_storage(place.url)
    try:
        figures = []
        for name, (window, goal) in WINDOWS.items():
            asked = ReportQuery(since=now - window, until=now, zones=ZONES)
            took = await _median_ms(storage.read, partial(_report, asked=asked))
            raw = await _median_ms(storage.read, partial(_newest, asked=asked))
            counted = await storage.read(partial(_report, asked=asked))
            figures.append(
                Figure(
                    what=f"a report of {name} on {place.name}",
                    value=took,
                    unit="ms",
                    goal=goal,
                    raw=Raw(
                        value=raw,
                        what="the newest promise of that time, found by walking through all there are",
                    ),
                    settings=f"{place.settings}; {counted:,} of {PROMISES:,} promises, median of {RUNS}",
                )
            )
        return figures
    finally:
        await storage.close()


def _report(uow: UnitOfWork, *, asked: ReportQuery) -> int:
    tallies = uow.reports.tallies(asked)
    late = uow.reports.lateness(asked)
    uow.reports.finished_tickets(asked, limit=200)
    if not late:
        raise AssertionError("one promise in ten should have been missed")
    return sum(each.kept + each.missed for each in tallies)


def _newest(uow: UnitOfWork, *, asked: ReportQuery) -> object:
    return uow.reports.promises(asked, limit=1)


async def _median_ms(ask: Callable[[Question], Awaitable[object]], question: Question) -> float:
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        await ask(question)
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times[1:])


def _filling(now: datetime) -> list[str]:
    micros = int(now.timestamp() * 1e6)
    at = _AT.format(now=micros, count=PROMISES, spread=SPREAD_S)
    return [
        _POLICIES.format(),
        _TICKETS.format(numbered=_NUMBERED.format(count=(PROMISES + 1) // 2), now=micros),
        _TIMERS.format(numbered=_NUMBERED.format(count=PROMISES), at=at),
    ]

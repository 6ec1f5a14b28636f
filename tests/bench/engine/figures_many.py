"""The figures of a month among a million tickets, on both databases, beside the same among ten thousand.

Tickets are a minute apart, so that a month has some 40,000 of them and the million nearly two years. Nine in ten
are resolved, each was answered, one in twenty went to another team, one in twenty-five was reopened.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg

from bot.ports.storage.reports import ReportQuery
from bot.services.figures.figures import read_figures
from storage.engine.columns import micros
from storage.engine.sqlite import open_sqlite
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw
from tests.storage.sample_rows import NOW

TICKETS = 1_000_000
FEW = 10_000
GOAL_MS = 500.0
RUNS = 5
MONTH = timedelta(days=30)
_MINUTE = 60_000_000


def measure(folder: Path) -> Iterator[Figure]:
    yield _beside(sqlite_place(folder, "few"), sqlite_place(folder, "many"))
    with postgres_server() as server:
        yield _beside(server.place("few"), server.place("many"))


def _beside(few: Place, many: Place) -> Figure:
    times = []
    for place, tickets in ((few, FEW), (many, TICKETS)):
        fill(place.url, tickets=tickets)
        times.append(asyncio.run(_measured(place.url)))
    return Figure(
        what=f"a month's figures and those of the one before among {TICKETS:,} tickets on {many.name}, median",
        value=times[1],
        unit="ms",
        goal=GOAL_MS,
        raw=Raw(value=times[0], what=f"the same among {FEW:,} tickets"),
        settings=f"{many.settings}; {MONTH.days} days of a ticket a minute, all teams, {RUNS} runs",
    )


async def _measured(url: str) -> float:
    storage = open_storage(url)
    asked = ReportQuery(since=NOW - MONTH, until=NOW, now=NOW)
    times = []
    try:
        await storage.read(lambda uow: read_figures(uow, asked))
        for _ in range(RUNS):
            begun = time.perf_counter()
            found = await storage.read(lambda uow: read_figures(uow, asked))
            times.append((time.perf_counter() - begun) * 1_000)
            assert found.now.counts.resolved
    finally:
        await storage.close()
    return statistics.median(times)


def fill(url: str, *, tickets: int) -> None:
    """With the database's own means."""
    statements = [*_statements(tickets)]
    if url.startswith("sqlite"):
        with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
            _into_sqlite(connection, statements)
        return
    with psycopg.connect(url, autocommit=True) as server:
        for each in statements:
            server.execute(each)
        server.execute("VACUUM ANALYZE")


def _into_sqlite(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    for each in statements:
        connection.execute("BEGIN")
        connection.execute(each)
        connection.execute("COMMIT")
    connection.execute("ANALYZE")


def _statements(tickets: int) -> Iterator[str]:
    at = f"({micros(NOW)} - ({tickets} - i) * {_MINUTE})"
    counted = (
        f"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {tickets})"
    )
    team = "'team' || CAST(i % 7 AS TEXT)"
    yield (
        f"{counted} INSERT INTO tickets (id, prefix, number, subject, team, requester, priority, status, assignee,"
        " tags,"
        " origin_platform, origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at,"
        f" version, queue_place) SELECT i * 100, 'OLD', i, 'a subject', {team},"
        " 'web:person' || CAST(i % 500 AS TEXT), 'normal',"
        " CASE WHEN i % 10 = 0 THEN 'open' ELSE 'closed' END, 'web:bo' || CAST(i % 30 AS TEXT), '[]',"
        f" 'web', 'help-it', FALSE, 'en', '\"\"', 0, {at}, {at}, 1, i FROM n"
    )
    facts = (
        ("1", "answered", "TRUE", "10 + i % 120", ""),
        ("2", "moved", "TRUE", "5", "WHERE i % 20 = 0"),
        ("3", "resolved", "TRUE", "60 + i * 7 % 2400", "WHERE i % 10 <> 0"),
        ("4", "reopened", "TRUE", "2500 + i % 100", "WHERE i % 25 = 1"),
        ("5", "resolved", "FALSE", "2700 + i % 100", "WHERE i % 25 = 1"),
    )
    for line, kind, is_first, minutes, where in facts:
        other = "'team0'" if kind == "moved" else "NULL"
        yield (
            f"{counted} INSERT INTO ticket_facts (ticket_id, line, kind, at, team, other, agent, opened_at,"
            " since, took,"
            f" worked, replies, repliers, is_first) SELECT i * 100, {line}, '{kind}', {at} + ({minutes}) * {_MINUTE},"
            f" {team}, {other}, 'web:bo' || CAST(i % 30 AS TEXT), {at}, {at},"
            f" ({minutes}) * {_MINUTE}, ({minutes}) * {_MINUTE} / 3, 1 + i % 3, 1 + i % 2, {is_first} FROM n {where}"
        )

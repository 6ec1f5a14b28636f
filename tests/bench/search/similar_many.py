"""What it takes to find similar tickets among a million, on both databases. Intake waits for none of it.

Tickets are a minute apart, one in ten is open, and the newest have words as a desk has them: some are in each tenth
request, most in few.
"""

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from bot.workers.tickets.similar_requests import MOST_IN_MEMORY, SimilarRequestsWorker
from storage.engine.columns import micros
from storage.engine.sqlite import open_sqlite
from storage.file_store import FolderFileStore
from storage.opening import open_storage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure
from tests.fakes.desk.desk_without_platform import ANA, MONDAY_9, DeskWithoutPlatform

TICKETS = 1_000_000
WITH_WORDS = 20_000
RUNS = 30
_MINUTE = 60_000_000


def measure(folder: Path) -> Iterator[Figure]:
    yield from _at(sqlite_place(folder), folder)
    with postgres_server() as server:
        yield from _at(server.place(), folder)


def _at(place: Place, folder: Path) -> Iterator[Figure]:
    _fill(place.url)
    idle, first, one = asyncio.run(_measured(place.url, folder))
    settings = f"{place.settings}; {MOST_IN_MEMORY:,} in memory, {RUNS} runs"
    among = f"among {TICKETS:,} tickets on {place.name}"
    yield Figure(what=f"looking for new tickets {among}, median", value=idle, unit="ms", settings=settings)
    yield Figure(
        what=f"the first comparison {among}, with all words read", value=first, unit="ms", settings=settings
    )
    yield Figure(what=f"one more comparison {among}, median", value=one, unit="ms", settings=settings)


async def _measured(url: str, folder: Path) -> tuple[float, float, float]:
    storage = open_storage(url)
    try:
        desk = await DeskWithoutPlatform.opened(storage, FolderFileStore(folder / "files", cap=10_000))
        worker = SimilarRequestsWorker(storage=storage, contexts=desk.contexts)
        while await worker.tick():
            pass  # the last hour's, from before
        worker = SimilarRequestsWorker(storage=storage, contexts=desk.contexts)
        first = await _opened_and_compared(desk, worker, 0)
        idle = [await _timed(worker) for _ in range(RUNS)]
        more = [await _opened_and_compared(desk, worker, number) for number in range(1, RUNS + 1)]
        return statistics.median(idle), first, statistics.median(more)
    finally:
        await storage.close()


async def _opened_and_compared(
    desk: DeskWithoutPlatform, worker: SimilarRequestsWorker, number: int
) -> float:
    words = f"often{number % 11} seldom{number % 211} rare{number % 499} rarer{number % 1009}"
    await desk.intake.take(desk.posted(ANA, words, message=f"m{number}"))
    return await _timed(worker)


async def _timed(worker: SimilarRequestsWorker) -> float:
    begun = time.perf_counter()
    await worker.tick()
    return (time.perf_counter() - begun) * 1_000


def _fill(url: str) -> None:
    """With the database's own means."""
    if url.startswith("sqlite"):
        with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
            _into_sqlite(connection)
        return
    with psycopg.connect(url, autocommit=True) as server:
        for each in _statements():
            server.execute(each)
        server.execute("VACUUM ANALYZE")


def _into_sqlite(connection: sqlite3.Connection) -> None:
    for each in _statements():
        connection.execute("BEGIN")
        connection.execute(each)
        connection.execute("COMMIT")
    connection.execute("ANALYZE")


def _statements() -> Iterator[str]:
    at = f"({micros(MONDAY_9)} - ({TICKETS} - i) * {_MINUTE})"
    counted = (
        f"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {TICKETS})"
    )
    yield (
        f"{counted} INSERT INTO tickets (id, prefix, number, subject, team, requester, priority, status,"
        " tags, origin_platform, origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at,"
        " resolved_at, version, queue_place, opening) SELECT i * 100, 'IT', i, 'often' || CAST(i % 11 AS TEXT) ||"
        " ' rare' || CAST(i % 499 AS TEXT), 'it', 'web:person' || CAST(i % 500 AS TEXT), 'normal',"
        " CASE WHEN i % 10 = 0 THEN 'open' ELSE 'closed' END, '[]', 'web', 'help-it', FALSE, 'en', '\"\"', 0,"
        f" {at}, {at}, {at}, 1, i, i * 100 + 1 FROM n"
    )
    words = " || ' ' || ".join(
        f"'{name}' || CAST(i % {many} AS TEXT)"
        for name, many in (("often", 11), ("seldom", 211), ("rare", 499), ("rarer", 1009), ("word", 7919))
    )
    yield (
        f"{counted} INSERT INTO search_documents (id, ticket_id, is_internal, weight, words)"
        f" SELECT i * 100 + 1, i * 100, FALSE, 1, {words} FROM n WHERE i > {TICKETS - WITH_WORDS}"
    )
    yield (
        f"{counted} INSERT INTO messages (id, ticket_id, kind, author, author_name, text, said_at, platform_revision,"
        f" revision, is_deleted, files) SELECT i * 100 + 1, i * 100, 'request', 'web:ana', 'Ana', {words}, {at}, '',"
        f" 1, FALSE, '[]' FROM n WHERE i > {TICKETS - 1_000}"
    )
    yield f"INSERT INTO ticket_numbers (prefix, last) VALUES ('IT', {TICKETS})"

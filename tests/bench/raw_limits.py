"""The raw limits: what the drivers alone do in a second, with the desk's own durability.

For intake, a transaction of four rows (ticket, message, audit, outbox): nothing is read, checked or routed,
there is one index beside the keys, and no number is given. For delivery, two updates of an outbox row.
"""

import itertools
import random
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg

from tests.bench.requests import text

_TABLES = (
    "CREATE TABLE ticket (id BIGINT PRIMARY KEY, number BIGINT, subject TEXT, team TEXT, status TEXT)",
    "CREATE TABLE message (id BIGINT PRIMARY KEY, ticket_id BIGINT, author TEXT, body TEXT)",
    "CREATE TABLE audit (id BIGINT PRIMARY KEY, ticket_id BIGINT, event TEXT, details TEXT)",
    "CREATE TABLE outbox (id BIGINT PRIMARY KEY, ticket_id BIGINT, kind TEXT, payload TEXT)",
    "CREATE INDEX message_ticket ON message (ticket_id)",
)
_INSERTS = (
    "INSERT INTO ticket VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO message VALUES (?, ?, ?, ?)",
    "INSERT INTO audit VALUES (?, ?, ?, ?)",
    "INSERT INTO outbox VALUES (?, ?, ?, ?)",
)


def sqlite_transactions(folder: Path, *, count: int) -> float:
    """Transactions a second with the desk's own settings."""
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for table in _TABLES:
            connection.execute(table)
        bodies = _bodies()
        start = time.perf_counter()
        for number in range(count):
            connection.execute("BEGIN IMMEDIATE")
            for sql, row in zip(_INSERTS, _rows(number, bodies[number % len(bodies)]), strict=True):
                connection.execute(sql, row)
            connection.execute("COMMIT")
        return count / (time.perf_counter() - start)


def postgres_transactions(url: str, *, clients: int, count: int) -> float:
    """Transactions a second of this many clients, a thread each, all in this process."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS ticket, message, audit, outbox")
        for table in _TABLES:
            connection.execute(table)
    numbers, bodies = itertools.count(), _bodies()
    inserts = [sql.replace("?", "%s") for sql in _INSERTS]

    def client(share: int) -> None:
        with psycopg.connect(url) as connection:
            for _ in range(share):
                number = next(numbers)
                for sql, row in zip(inserts, _rows(number, bodies[number % len(bodies)]), strict=True):
                    connection.execute(sql, row)
                connection.commit()

    with ThreadPoolExecutor(clients) as threads:
        start = time.perf_counter()
        for _ in threads.map(client, [count // clients] * clients):
            pass
        return count // clients * clients / (time.perf_counter() - start)


def sqlite_settling(folder: Path, *, batch: int) -> float:
    """Rows a second, each leased in one commit and settled in another, so many rows a commit."""
    with closing(sqlite3.connect(folder / "raw-outbox.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(_OUTBOX)
        connection.execute(_DUE_ROWS)
        start = time.perf_counter()
        for numbers in _batches(batch):
            for change in _CHANGES:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(change.format(mark="?"), numbers)
                connection.execute("COMMIT")
        return OUTBOX_ROWS / (time.perf_counter() - start)


def postgres_settling(url: str, *, batch: int) -> float:
    with psycopg.connect(url) as connection:
        connection.execute(_OUTBOX)
        connection.execute(_DUE_ROWS)
        connection.commit()
        start = time.perf_counter()
        for numbers in _batches(batch):
            for change in _CHANGES:
                connection.cursor().executemany(change.format(mark="%s"), numbers)
                connection.commit()
        return OUTBOX_ROWS / (time.perf_counter() - start)


OUTBOX_ROWS = 3_000
_OUTBOX = "CREATE TABLE raw_outbox (id INTEGER PRIMARY KEY, state TEXT, parts TEXT)"
_DUE_ROWS = (
    "INSERT INTO raw_outbox WITH RECURSIVE numbered(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbered"
    f" WHERE n < {OUTBOX_ROWS - 1}) SELECT n, 'due', '[]' FROM numbered"
)
_CHANGES = (
    "UPDATE raw_outbox SET state = 'leased' WHERE id = {mark}",
    "UPDATE raw_outbox SET state = 'settled', parts = '[1]' WHERE id = {mark}",
)


def _batches(size: int) -> Iterator[list[tuple[int]]]:
    for first in range(0, OUTBOX_ROWS, size):
        yield [(number,) for number in range(first, min(first + size, OUTBOX_ROWS))]


def _bodies() -> list[str]:
    chance = random.Random(3)
    return [text(chance) for _ in range(500)]


def _rows(number: int, body: str) -> tuple[tuple[object, ...], ...]:
    return (
        (number, number, body[:80], "it", "new"),
        (number, number, "web:ana", body),
        (number, number, "TicketOpened", '{"team": "it"}'),
        (number, number, "card", "{}"),
    )

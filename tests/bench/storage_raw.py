"""The raw limits that storage figures are measured against: the drivers alone, four rows a transaction.

Each function makes its own table, runs for a number of transactions and returns transactions a second. The
settings are the desk's: `synchronous=FULL` on SQLite, the server's own `synchronous_commit` on PostgreSQL.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg

from storage.engine.sqlite import open_sqlite

ROWS_A_TRANSACTION = 4
ROW = "My laptop does not start since this morning; the light blinks three times, then nothing."


def sqlite_rate(folder: Path, *, transactions: int) -> float:
    """One connection, one thread, a file of its own in this folder."""
    path = folder / "raw.db"
    path.touch()
    with closing(open_sqlite(path)) as connection:
        connection.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, number INTEGER, words TEXT)")
        started = time.perf_counter()
        for number in range(transactions):
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(ROWS_A_TRANSACTION):
                connection.execute("INSERT INTO raw (number, words) VALUES (?, ?)", (number, ROW))
            connection.execute("COMMIT")
        return transactions / (time.perf_counter() - started)


def postgres_rate(url: str, *, transactions: int, clients: int) -> float:
    """This many threads, each with a connection; four statements a transaction, prepared by the driver."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS raw")
        connection.execute(
            "CREATE TABLE raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number bigint, words text)"
        )
    share = transactions // clients
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        for done in [threads.submit(_insert_on_postgres, url, share) for _ in range(clients)]:
            done.result()
    elapsed = time.perf_counter() - started
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE raw")
    return share * clients / elapsed


def _insert_on_postgres(url: str, transactions: int) -> None:
    with psycopg.connect(url) as connection:
        for number in range(transactions):
            for _ in range(ROWS_A_TRANSACTION):
                connection.execute("INSERT INTO raw (number, words) VALUES (%s, %s)", (number, ROW))
            connection.commit()

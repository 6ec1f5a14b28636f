"""SQLite's log is put into the file while commits go on, and begins anew instead of growing."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.sqlite import COMMITS_BETWEEN, OWN_CHECKPOINT_PAGES, Checkpoints, open_sqlite

ROUNDS = 6
PAGES_A_COMMIT = 2
PAGE = 4096 + 24
"""As the log holds it: https://sqlite.org/fileformat2.html#the_write_ahead_log"""
PATIENCE_S = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    with closing(open_sqlite(path, mode="rwc")) as connection:
        connection.execute("CREATE TABLE told (text TEXT)")
    return path


@pytest.fixture
def writer(path: Path) -> sqlite3.Connection:
    connection = open_sqlite(path)
    connection.execute(f"PRAGMA wal_autocheckpoint={OWN_CHECKPOINT_PAGES}")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def test_the_log_begins_anew_while_commits_go_on(path: Path, writer: sqlite3.Connection) -> None:
    has_ended = threading.Event()

    class Connection(sqlite3.Connection):
        def close(self) -> None:
            super().close()
            has_ended.set()

    checkpoints = Checkpoints(lambda: sqlite3.connect(path, factory=Connection))
    for _ in range(ROUNDS):
        commit(writer, checkpoints, times=COMMITS_BETWEEN)
        assert has_ended.wait(PATIENCE_S)
        has_ended.clear()
    size = log_size(path)
    checkpoints.close()
    writer.close()

    assert size < 2 * COMMITS_BETWEEN * PAGES_A_COMMIT * PAGE
    assert count(path) == ROUNDS * COMMITS_BETWEEN


def test_a_checkpoint_that_fails_harms_no_commit(path: Path, writer: sqlite3.Connection) -> None:
    def connect() -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open database file")

    checkpoints = Checkpoints(connect)
    commit(writer, checkpoints, times=COMMITS_BETWEEN * 2)
    checkpoints.close()
    writer.close()
    assert count(path) == COMMITS_BETWEEN * 2


def commit(writer: sqlite3.Connection, checkpoints: Checkpoints, *, times: int) -> None:
    for _ in range(times):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO told VALUES ('My monitor flickers')")
        writer.execute("COMMIT")
        checkpoints.committed(writer)


def log_size(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


def count(path: Path) -> int:
    with closing(open_sqlite(path, is_read_only=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM told").fetchone()[0])

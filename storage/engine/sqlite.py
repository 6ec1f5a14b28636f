"""SQLite: one writer, a few readers, write-ahead log, every commit on disk before it is acknowledged.

Another short-lived process (an import, a command of the operator) may write at the same time: each waits
for the other's transaction, up to `BUSY_TIMEOUT_S`.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite as dialect

from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import sentence
from storage.engine.columns import Row, to_json
from storage.engine.session import Batches, Session, Write, parents_first
from storage.engine.statements import Insertion, StatementBook

BUSY_TIMEOUT_S: Final = 10.0
WRITER_SETTINGS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA wal_autocheckpoint=4000",
)
HAS_REVISION: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
READER_SETTINGS: Final = ("PRAGMA query_only=ON", "PRAGMA cache_size=-4000")

COMMITS_BETWEEN: Final = 250
"""About as many as write four thousand pages, sixteen megabytes."""
OWN_CHECKPOINT_PAGES: Final = 12_000
"""Pages after which a commit does it after all: large transactions, or a log that others read all the time."""


class SqliteDatabase:
    """A database in one file."""

    read_threads = 2
    leases_outlive_us = False

    def __init__(self, path: Path, *, is_durable: bool = True) -> None:
        self.location = str(path)
        self._path = path
        self._is_durable = is_durable
        self._statements = _statements()
        self._checkpoints = Checkpoints(partial(open_sqlite, path))

    def connect(self, *, is_read_only: bool) -> Session:
        connection = open_sqlite(self._path, is_read_only=is_read_only)
        if not self._is_durable:
            connection.execute("PRAGMA synchronous=NORMAL")
        if is_read_only:
            return SqliteSession(connection, statements=self._statements)
        connection.execute(f"PRAGMA wal_autocheckpoint={OWN_CHECKPOINT_PAGES}")
        return SqliteSession(connection, statements=self._statements, checkpoints=self._checkpoints)

    def translate(self, error: Exception) -> StorageUnavailable | None:
        return translate(error, location=self.location)

    def revision(self) -> str | None:
        if not self._path.exists():
            return None
        with contextlib.closing(open_sqlite(self._path, is_read_only=True)) as connection:
            if not connection.execute(HAS_REVISION).fetchone():
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])

    def engine_arguments(self) -> dict[str, Any]:
        return {"url": "sqlite://", "creator": self._open_for_migration}

    def lock_for_migration(self) -> str:
        return "BEGIN IMMEDIATE"

    def listen(self, wake: Callable[[], None], *, hear: Callable[[str, str], None]) -> None:
        """SQLite tells nobody; another process's rows wait for the next tick."""

    def announce(self) -> None: ...

    def tell(self, text: str) -> None: ...

    def close(self) -> None:
        self._checkpoints.close()

    def _open_for_migration(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return open_sqlite(self._path, mode="rwc")


@cache
def _statements() -> StatementBook:
    """Compiled once a process, whatever files it opens."""
    return StatementBook(dialect.dialect(paramstyle="named"))


def open_sqlite(
    path: Path, *, is_read_only: bool = False, mode: Literal["rw", "rwc"] = "rw"
) -> sqlite3.Connection:
    """A connection with the desk's settings. The file must exist, unless the mode is `rwc`."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if is_read_only else mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.create_function("lease_clock", 0, monotonic_micros)
        for setting in READER_SETTINGS if is_read_only else WRITER_SETTINGS:
            connection.execute(setting)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def monotonic_micros() -> int:
    return time.monotonic_ns() // 1000


class Checkpoints:
    """The write-ahead log is put into the file beside the writer, in whose commits SQLite would otherwise do it.

    A passive checkpoint waits for nobody, and nobody for it: https://sqlite.org/pragma.html#pragma_wal_checkpoint
    `connect` opens a connection of its own for each. One that fails is left to the writer's own.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._commits = 0
        self._pages_moved = 0
        self._thread: ThreadPoolExecutor | None = None

    def committed(self, writer: sqlite3.Connection) -> None:
        """To be called after each commit, on the writer's thread.

        What was committed beside a checkpoint is little and is put into the file at once, until the log begins anew:
        it does once nothing is left and nobody reads in it.
        """
        if self._pages_moved and _checkpoint(writer) < self._pages_moved:
            self._pages_moved = 0
        self._commits += 1
        if self._commits % COMMITS_BETWEEN == 0:
            self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="checkpoints")
            self._thread.submit(self._run)

    def close(self) -> None:
        """After the writer's last commit."""
        if self._thread is not None:
            self._thread.shutdown()

    def _run(self) -> None:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(self._connect()) as connection:
            self._pages_moved = _checkpoint(connection)


def _checkpoint(connection: sqlite3.Connection) -> int:
    """How many pages the log has; none where it failed, which harms no commit and is tried again."""
    try:
        _is_busy, pages, _done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error:
        return 0
    return max(0, int(pages))


class SqliteSession(Session):
    locks_rows = False
    writes_in_ctes = False
    has_percentiles = False
    plans_rows = False
    changes_nothing = "PRAGMA user_version = 0"  # it is 0; an UPDATE to the same values would write nothing

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        statements: StatementBook,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        """Without `checkpoints` it only reads."""
        super().__init__(statements=statements, is_read_only=checkpoints is None)
        self._connection = connection
        self._checkpoints = checkpoints
        self._late: Batches = {}
        self._late_before_part: Batches = {}

    def insert_late(self, insertion: Insertion, row: Row) -> None:
        """FTS5 writes a segment at each savepoint and each statement with a trigger, and merges them later.

        So the rows of all parts are one statement: at the commit, or before a statement that names their table.
        """
        self._must_be_writable()
        for each in self._waiting:
            if _names(each, insertion.table):
                self.flush()
                break
        values = insertion.values_of(row)
        self._late.setdefault(insertion, []).append(values)

    def begin_part(self) -> None:
        self._late_before_part = {insertion: [*rows] for insertion, rows in self._late.items()}
        super().begin_part()

    def undo_part(self) -> bool:
        """What an earlier part left for the commit, and this one has written, is still to be written."""
        self._late = self._late_before_part
        return super().undo_part()

    @property
    def is_lost(self) -> bool:
        return False

    @property
    def is_in_transaction(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        self._connection.close()

    def _begin(self) -> None:
        self._connection.execute("BEGIN" if self._is_read_only else "BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._write_late()
        self._connection.execute("COMMIT")
        if self._checkpoints is not None:
            self._checkpoints.committed(self._connection)

    def _rollback(self) -> None:
        self._late = {}
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _mark(self, statement: str) -> None:
        self._connection.execute(statement)

    def _send(self, waiting: Sequence[Batches | Write]) -> int:
        sent = 0
        for each in waiting:
            if isinstance(each, dict):
                for insertion, rows in parents_first(each):
                    self._write_late_of(insertion.one_row)
                    self._connection.executemany(insertion.one_row, rows)
                sent += len(each)
            else:
                self._write_late_of(each[0])
                self._connection.execute(*each)
                sent += 1
        return sent

    def _write_late_of(self, sql: str) -> None:
        """Before a statement whose answer depends on what is late."""
        for each in self._late:
            if each.table.name in sql:
                self._write_late()
                return

    def _write_late(self) -> None:
        """In the order of their keys: FTS5 begins a segment anew where a key is smaller than the one before."""
        late, self._late = self._late, {}
        for insertion, rows in parents_first(late):
            self._connection.execute(insertion.listed_rows, (to_json(sorted(rows)),))
            self.sent += 1

    def _count(self, sql: str, parameters: dict[str, Any]) -> int:
        self._write_late_of(sql)
        return self._connection.execute(sql, parameters).rowcount

    def _fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        self._write_late_of(sql)
        cursor = self._connection.execute(sql, parameters)
        rows = cursor.fetchall()
        if not rows:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _names(waiting: Batches | Write, table: Table) -> bool:
    """Whether it writes or reads rows of this table."""
    if isinstance(waiting, dict):
        return any(each.table is table for each in waiting)
    return table.name in waiting[0]


def translate(error: Exception, *, location: str) -> StorageUnavailable | None:
    """What to tell of what the file or its disk did; None for a fault of ours."""
    if not isinstance(error, sqlite3.Error):
        return None
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            limit = timedelta(seconds=BUSY_TIMEOUT_S)
            told = sentence("operations.file_locked", database=location, limit=limit)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            told = sentence("operations.file_read_only", database=location)
        case sqlite3.SQLITE_FULL:
            told = sentence("operations.file_disk_full", database=location)
        case sqlite3.SQLITE_CANTOPEN:
            told = sentence("operations.file_not_opened", database=location)
        case sqlite3.SQLITE_IOERR:
            told = sentence("operations.file_disk_fails", database=location, reason=str(error))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            told = sentence("operations.file_damaged", database=location, reason=str(error))
        case _:
            return None
    return StorageUnavailable(told)

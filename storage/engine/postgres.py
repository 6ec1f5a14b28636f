"""PostgreSQL through psycopg 3: one thread writes, a few read, each with a connection of its own.

A statement costs more to send than to run: the rows of a new ticket, of whatever tables, are one statement,
and what else nobody waits for goes in a pipeline. A commit costs most, so that what waits shares one.
"""

import contextlib
import select
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, Final

import psycopg
from psycopg import errors as refusal
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import psycopg as dialect

from bot.domain.errors import ConfigurationError, StorageUnavailable
from bot.domain.sentence import sentence
from storage.engine.columns import Row
from storage.engine.postgres_notices import Notices
from storage.engine.postgres_refusals import translate
from storage.engine.session import BEGIN_PART, UNDO_PART, Batches, Session, Write, parents_first
from storage.engine.statements import Insertion, StatementBook, together

SETTINGS: Final = (
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET client_encoding = 'UTF8'",
    # To compile a statement takes longer than any of the desk's runs.
    "SET jit = off",
    # A side of a join of which nothing is expected, and that has thousands, is hashed: gone through for each row of
    # the other, a month of requests among a million took 5 s instead of 30 ms.
    "SET enable_material = off",
)
DIALECT: Final[Callable[..., Dialect]] = dialect.dialect
CONNECT_TIMEOUT_S: Final = 5
ROWS_IN_ONE_STATEMENT: Final = 60
STATEMENTS_REMEMBERED: Final = 1_000
MIGRATION_LOCK: Final = 4_377_001
"""A number of our own for `pg_advisory_xact_lock`."""


class PostgresDatabase:
    """A database on a server, perhaps shared by several replicas of the desk."""

    read_threads = 2
    leases_outlive_us = True

    def __init__(self, url: str) -> None:
        self.location = _shown(url)
        self._url = url
        self._statements = _statements()
        self._notices: Notices | None = None

    def connect(self, *, is_read_only: bool) -> Session:
        connection = open_postgres(self._url, autocommit=not is_read_only)
        if is_read_only:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return PostgresSession(connection, statements=self._statements, is_read_only=is_read_only)

    def translate(self, error: Exception) -> StorageUnavailable | None:
        return translate(error, location=self.location)

    def revision(self) -> str | None:
        with open_postgres(self._url) as connection:
            found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if found is None or found[0] is None:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])

    def engine_arguments(self) -> dict[str, Any]:
        return {"url": "postgresql+psycopg://", "creator": lambda: open_postgres(self._url)}

    def lock_for_migration(self) -> str:
        return f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"

    def listen(self, wake: Callable[[], None], *, hear: Callable[[str, str], None]) -> None:
        if self._notices is None:
            connect = partial(open_postgres, self._url, autocommit=True)
            self._notices = Notices(connect, wake=wake, hear=hear)

    def announce(self) -> None:
        if self._notices is not None:
            self._notices.announce()

    def tell(self, text: str) -> None:
        if self._notices is not None:
            self._notices.tell(text)

    def close(self) -> None:
        if self._notices is not None:
            self._notices.close()
            self._notices = None


@cache
def _statements() -> StatementBook:
    """Compiled once a process, whatever databases it opens."""
    return StatementBook(DIALECT(paramstyle="pyformat"))


def open_postgres(url: str, *, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection with the desk's settings."""
    connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S)
    try:
        connection.adapters.register_dumper(int, Int8Dumper)  # one type for all, so one plan for all
        for setting in SETTINGS:
            connection.execute(setting)
        connection.autocommit = autocommit
    except psycopg.Error:
        connection.close()
        raise
    return connection


def _shown(url: str) -> str:
    """The address as it may be shown and logged: no password, no user, no options. Raises ConfigurationError."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        what, _, _ = str(error).partition(":")  # what follows may be a part of the password
        raise ConfigurationError(
            sentence("operations.database_url_unreadable", reason=what.strip())
        ) from None
    host, port, name = (str(parts.get(each) or "") for each in ("host", "port", "dbname"))
    if host.startswith("/"):
        return f"postgresql:///{name}?host={host}{port and f'&port={port}'}"
    host = f"[{host}]" if ":" in host else host
    return f"postgresql://{host}{port and f':{port}'}/{name}"


class PostgresSession(Session):
    changes_nothing = "UPDATE alembic_version SET version_num = version_num"

    def __init__(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        *,
        statements: StatementBook,
        is_read_only: bool,
    ) -> None:
        super().__init__(statements=statements, is_read_only=is_read_only)
        self._connection = connection
        self._cursor = connection.cursor()  # one for all: to make it takes nearly as long as to use it
        self._raw = psycopg.RawCursor(connection)  # takes $1 as it is, where %s is looked for each time
        self._inserts: dict[tuple[tuple[Insertion, int], ...], bytes] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._marks: list[str] = []
        self._ended = select.poll()
        self._ended.register(connection.fileno(), select.POLLIN)

    @property
    def is_lost(self) -> bool:
        """A connection between transactions has nothing to say, unless the server has ended it."""
        return self._connection.closed or bool(self._ended.poll(0))

    @property
    def is_in_transaction(self) -> bool:
        return self._connection.info.transaction_status != TransactionStatus.IDLE

    def close(self) -> None:
        self._connection.close()

    def undo_part(self) -> bool:
        """Nothing was sent of a part whose beginning is still to be marked."""
        if self._marks[-1:] != [BEGIN_PART]:
            return super().undo_part()
        self._marks.pop()
        self._forget_part()
        return True

    def write_nothing(self) -> None:
        super().write_nothing()
        self._send_marks()

    def _begin(self) -> None:
        """A reader's driver begins with the first statement."""
        self._marks = [] if self._is_read_only else ["BEGIN"]

    def _commit(self) -> None:
        """The server answers a COMMIT after a failed statement with a rollback and without an error."""
        if UNDO_PART in self._marks:
            self._send_marks()
        if self._connection.info.transaction_status == TransactionStatus.INERROR:
            raise refusal.InFailedSqlTransaction
        self._marks.clear()
        self._connection.commit()

    def _rollback(self) -> None:
        self._marks.clear()
        if not self._connection.closed:
            self._connection.rollback()

    def _mark(self, statement: str) -> None:
        """Sent with the next one that is: the end of a part and the beginning of another are one round trip."""
        self._marks.append(statement)

    def _send_marks(self) -> None:
        if self._marks:
            marks, self._marks = "; ".join(self._marks), []
            self._cursor.execute(marks.encode(), prepare=False)

    def _send(self, waiting: Sequence[Batches | Write]) -> int:
        """Several statements go in one pipeline: one round trip, however many they are."""
        self._send_marks()
        pipeline = self._connection.pipeline() if len(waiting) > 1 else contextlib.nullcontext()
        with pipeline:
            return sum(map(self._send_one, waiting))

    def _send_one(self, each: Batches | Write) -> int:
        if not isinstance(each, dict):
            self._connection.execute(*each)
            return 1
        batches = parents_first(each)
        shape = tuple([(insertion, len(rows)) for insertion, rows in batches])
        if sum(many for _, many in shape) > ROWS_IN_ONE_STATEMENT:
            for insertion, rows in batches:
                self._raw.executemany(insertion.sql(mark="$").encode(), rows)
            return len(batches)
        sql = self._inserts.get(shape)
        if sql is None:
            sql = self._inserts[shape] = together(shape, mark="$").encode()
        self._raw.execute(sql, [value for _, rows in batches for row in rows for value in row])
        return 1

    def _count(self, sql: str, parameters: dict[str, Any]) -> int:
        self._send_marks()
        return self._cursor.execute(sql, parameters).rowcount

    def _fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        return self._answered(sql, parameters, prepare=None)

    def _fetch_made(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        """Planned for its values each time.

        Prepared, it would soon get one plan for all values: a list of the last week would be read as one of all
        years.
        """
        return self._answered(sql, parameters, prepare=False)

    def _answered(self, sql: str, parameters: dict[str, Any], *, prepare: bool | None) -> list[Row]:
        self._send_marks()
        self._cursor.execute(sql, parameters, prepare=prepare)
        names = self._names(sql)
        return [dict(zip(names, row, strict=True)) for row in self._cursor.fetchall()]

    def _names(self, sql: str) -> tuple[str, ...]:
        """The names of a statement's columns, asked of the driver once: it makes an object of each, each time."""
        names = self._columns.get(sql)
        if names is None:
            if len(self._columns) >= STATEMENTS_REMEMBERED:
                self._columns.clear()
            names = self._columns[sql] = tuple([column.name for column in self._cursor.description or ()])
        return names

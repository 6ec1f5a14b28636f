"""One connection and the transaction that runs on it.

What nobody waits for is sent late: inserts together, and all of it in order at the commit or before the next
statement whose answer is needed. Each database has its subclass, which knows how to send.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from sqlalchemy import Table, bindparam, select
from sqlalchemy.sql.elements import ClauseElement

from storage.engine.columns import Row, storable
from storage.engine.statements import Insertion, Ready, StatementBook
from storage.tables.desk import tickets

LOCK_TICKET = (
    select(tickets.c.id).where(tickets.c.id == bindparam("ticket_id")).with_for_update(key_share=True)
)
"""FOR NO KEY UPDATE: rows that merely refer to the ticket need not wait."""

BEGIN_PART, END_PART, UNDO_PART = "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part"

Batches = dict[Insertion, list[tuple[Any, ...]]]
"""Rows to be inserted, by what they are."""
Write = tuple[str, dict[str, Any]]
"""A statement and its parameters."""


Left = dict[tuple[Table, Callable[["Session", Sequence[Any]], None]], list[Any]]
"""What is left for the commit: the table it changes, what writes it, and what of."""


class Session(ABC):
    """Used by one thread at a time."""

    locks_rows: ClassVar[bool] = True
    """Whether transactions run at the same time; where only one can write, there is nothing to lock."""
    writes_in_ctes: ClassVar[bool] = True
    """Whether `WITH … AS (INSERT …)` is understood."""
    has_percentiles: ClassVar[bool] = True
    """Whether medians are aggregates of the database's own."""
    plans_rows: ClassVar[bool] = True
    """Whether the planner says how many rows it expects of a question."""
    changes_nothing: ClassVar[str]
    """A statement that makes the commit write, and leaves everything as it was."""

    def __init__(self, *, statements: StatementBook, is_read_only: bool) -> None:
        self._statements = statements
        self._is_read_only = is_read_only
        self._waiting: list[Batches | Write] = []
        self._at_the_end: list[Callable[[], None]] = []
        self._after_commit: list[Callable[[], None]] = []
        self._left: Left = {}
        self._before_part: tuple[int, bool, Left] = (0, False, {})
        self.sent = 0
        """How many statements this transaction has sent so far; a test keeps the number known."""
        self.wakes_delivery = False
        """Whether this transaction leaves something for delivery to do."""

    def insert(self, insertion: Insertion, row: Row) -> None:
        """Insert before the commit, or before the next answer is needed; parents before children."""
        self._must_be_writable()
        values = insertion.values_of(row)
        batches = self._waiting[-1] if self._waiting else None
        if not isinstance(batches, dict):
            batches = {}
            self._waiting.append(batches)
        batches.setdefault(insertion, []).append(values)

    def insert_late(self, insertion: Insertion, row: Row) -> None:
        """Like `insert`, for rows that cost less when those of many parts are written at once: at the commit."""
        self.insert(insertion, row)

    def write(self, construct: ClauseElement, **parameters: object) -> None:
        """A statement whose answer nobody waits for."""
        self._must_be_writable()
        self._waiting.append(self._bound(self._statements.ready(construct), parameters))

    def count(self, construct: ClauseElement, **parameters: object) -> int:
        """Send a statement that writes; returns how many rows it changed."""
        self._must_be_writable()
        return self._count(*self._next(self._statements.ready(construct), parameters))

    def fetch(self, construct: ClauseElement, **parameters: object) -> list[Row]:
        """The rows a statement answers."""
        return self._fetch(*self._next(self._statements.ready(construct), parameters))

    def fetch_one(self, construct: ClauseElement, **parameters: object) -> Row | None:
        rows = self.fetch(construct, **parameters)
        return rows[0] if rows else None

    def fetch_made(self, construct: ClauseElement) -> list[Row]:
        """Like `fetch`, for a statement made for this one question, its values inside."""
        return self._fetch_made(*self._next(self._statements.compile(construct), {}))

    def write_nothing(self) -> None:
        """Have the commit write, and change nothing: to see whether it can."""
        self._mark(self.changes_nothing)

    def lock_ticket(self, ticket_id: int | None) -> None:
        """Have the ticket locked before its other rows are written; its state is not read."""
        if ticket_id is not None and self.locks_rows:
            self.write(LOCK_TICKET, ticket_id=ticket_id)

    def at_the_end(self, action: Callable[[], None]) -> None:
        """Do this as the last thing before the commit: lock late what many transactions want."""
        self._at_the_end.append(action)

    def leave(self, value: object, write: Callable[["Session", Sequence[Any]], None], *, of: Table) -> None:
        """Have `write` called once with what all parts left to it: as the last thing before the commit.

        It is called sooner before a statement that names the table, so that nobody reads what is not written yet.
        """
        self._must_be_writable()
        self._left.setdefault((of, write), []).append(value)

    def write_left(self, of: Table) -> None:
        """Write what was left of this table now."""
        self._write_left_where(lambda table: table is of)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this only if the transaction is committed: remember what is now known to be in the database."""
        self._after_commit.append(action)

    def begin(self) -> None:
        self._forget()
        self.sent = 0
        self.wakes_delivery = False
        self._begin()

    def commit(self) -> None:
        self._end()
        self._write_left_where(lambda _: True)
        self.flush()
        self._commit()
        actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()

    def rollback(self) -> None:
        self._forget()
        self._rollback()

    def begin_part(self) -> None:
        """Begin a part of the transaction that can be undone alone."""
        left = {what: [*values] for what, values in self._left.items()}
        self._before_part = (len(self._after_commit), self.wakes_delivery, left)
        self.sent = 0
        self._mark(BEGIN_PART)

    def end_part(self) -> None:
        self._end()
        self._mark(END_PART)

    def undo_part(self) -> bool:
        """False when the database has undone the whole transaction already."""
        self._forget_part()
        if not self.is_in_transaction:
            return False
        self._mark(UNDO_PART)
        self._mark(END_PART)
        return True

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.sent += self._send(waiting)

    def _next(self, ready: Ready, parameters: dict[str, object]) -> Write:
        """The statement that is sent next: what it may depend on is sent before it."""
        if self._left:
            self._write_left_where(lambda table: table.name in ready.sql)
        self.flush()
        self.sent += 1
        return self._bound(ready, parameters)

    def _bound(self, ready: Ready, parameters: dict[str, object]) -> Write:
        values = {name: storable(value) for name, value in parameters.items()}
        return ready.sql, {**ready.fixed, **values}

    def _must_be_writable(self) -> None:
        if self._is_read_only:
            raise RuntimeError("Storage.read may not write; use Storage.run")

    def _end(self) -> None:
        actions, self._at_the_end = self._at_the_end, []
        for action in actions:
            action()
        self.flush()

    def _forget(self) -> None:
        self._waiting.clear()
        self._at_the_end.clear()
        self._after_commit.clear()
        self._left.clear()

    def _forget_part(self) -> None:
        self._waiting.clear()
        self._at_the_end.clear()
        actions, self.wakes_delivery, self._left = self._before_part
        del self._after_commit[actions:]

    def _write_left_where(self, is_wanted: Callable[[Table], bool]) -> None:
        for table, write in [each for each in self._left if is_wanted(each[0])]:
            write(self, self._left.pop((table, write)))

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written; what is read is then all of one snapshot."""
        return self._is_read_only

    @property
    @abstractmethod
    def is_lost(self) -> bool:
        """Whether the connection can no longer be used."""

    @property
    @abstractmethod
    def is_in_transaction(self) -> bool: ...

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _rollback(self) -> None: ...

    @abstractmethod
    def _mark(self, statement: str) -> None:
        """Send a statement without parameters, as it is."""

    @abstractmethod
    def _send(self, waiting: Sequence[Batches | Write]) -> int:
        """Send all of these in order; returns in how many statements."""

    @abstractmethod
    def _count(self, sql: str, parameters: dict[str, Any]) -> int: ...

    @abstractmethod
    def _fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]: ...

    def _fetch_made(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        return self._fetch(sql, parameters)


def parents_first(batches: Batches) -> list[tuple[Insertion, list[tuple[Any, ...]]]]:
    """The batches in the order in which the tables refer to one another."""
    return sorted(batches.items(), key=lambda batch: batch[0].rank)

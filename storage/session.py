"""One connection and the transaction that runs on it.

Inserts wait and are sent together, at the commit or before any statement that could see them: parents
before children, one statement a table. Each database has its subclass, which knows how to send.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.sql.elements import ClauseElement

from storage.columns import Row, storable
from storage.statements import Insertion, Ready, StatementBook
from storage.tables import tickets

LOCK_TICKET = (
    select(tickets.c.id).where(tickets.c.id == bindparam("ticket_id")).with_for_update(key_share=True)
)
"""FOR NO KEY UPDATE: rows that merely refer to the ticket need not wait."""


class Session(ABC):
    """Used by one thread at a time."""

    _locks_rows = True
    """Whether transactions run at the same time; where only one can write, there is nothing to lock."""

    def __init__(self, *, statements: StatementBook, is_read_only: bool) -> None:
        self._statements = statements
        self._is_read_only = is_read_only
        self._waiting: dict[Insertion, list[tuple[Any, ...]]] = {}
        self._after_commit: list[Callable[[], None]] = []
        self.sent = 0
        """How many statements this transaction has sent so far; a test keeps the number known."""
        self.wakes_delivery = False
        """Whether this transaction leaves something for delivery to do."""

    def insert(self, insertion: Insertion, row: Row) -> None:
        """Insert before the commit, or before the next statement of this transaction."""
        self._must_be_writable()
        values = tuple([storable(row[name]) for name in insertion.columns])
        self._waiting.setdefault(insertion, []).append(values)

    def write(self, construct: ClauseElement, **parameters: object) -> None:
        """Send a statement whose answer nobody waits for."""
        self._must_be_writable()
        self.flush()
        self._send(*self._bound(self._statements.ready(construct), parameters))

    def count(self, construct: ClauseElement, **parameters: object) -> int:
        """Send a statement that writes; returns how many rows it changed."""
        self._must_be_writable()
        self.flush()
        return self._count(*self._bound(self._statements.ready(construct), parameters))

    def fetch(self, construct: ClauseElement, **parameters: object) -> list[Row]:
        """The rows a statement answers."""
        self.flush()
        return self._fetch(*self._bound(self._statements.ready(construct), parameters))

    def fetch_one(self, construct: ClauseElement, **parameters: object) -> Row | None:
        rows = self.fetch(construct, **parameters)
        return rows[0] if rows else None

    def fetch_made(self, construct: ClauseElement) -> list[Row]:
        """Like `fetch`, for a statement made for this one question, its values inside."""
        self.flush()
        return self._fetch(*self._bound(self._statements.compile(construct), {}))

    def lock_ticket(self, ticket_id: int | None) -> None:
        """Have the ticket locked before its other rows are written; its state is not read."""
        if ticket_id is not None and self._locks_rows:
            self.write(LOCK_TICKET, ticket_id=ticket_id)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do this only if the transaction is committed: remember what is now known to be in the database."""
        self._after_commit.append(action)

    def begin(self) -> None:
        self._forget()
        self.sent = 0
        self.wakes_delivery = False
        self._begin()

    def commit(self) -> None:
        self.flush()
        self._commit()
        actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()

    def rollback(self) -> None:
        self._forget()
        self._rollback()

    def flush(self) -> None:
        """Send the inserts that wait."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for insertion in sorted(waiting, key=lambda each: each.rank):
            self._insert(insertion, waiting[insertion])
            self.sent += 1

    def _bound(self, ready: Ready, parameters: dict[str, object]) -> tuple[str, dict[str, Any]]:
        self.sent += 1
        values = {name: storable(value) for name, value in parameters.items()}
        return ready.sql, {**ready.fixed, **values}

    def _must_be_writable(self) -> None:
        if self._is_read_only:
            raise RuntimeError("Storage.read may not write; use Storage.run")

    def _forget(self) -> None:
        self._waiting.clear()
        self._after_commit.clear()

    @property
    @abstractmethod
    def is_lost(self) -> bool:
        """Whether the connection can no longer be used."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _rollback(self) -> None: ...

    @abstractmethod
    def _insert(self, insertion: Insertion, rows: Sequence[tuple[Any, ...]]) -> None: ...

    @abstractmethod
    def _send(self, sql: str, parameters: dict[str, Any]) -> None: ...

    @abstractmethod
    def _count(self, sql: str, parameters: dict[str, Any]) -> int: ...

    @abstractmethod
    def _fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]: ...

"""What a desk sends to its database while somebody listens, and how long each transaction that writes took."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from storage.engine.postgres import PostgresSession
from storage.engine.session import Batches, Session, Write
from storage.engine.sqlite import SqliteSession


@dataclass(slots=True)
class SentStatements:
    """`by_chore` has each statement once a chore, by its text, with the parameters it was last sent with."""

    chore: str = ""
    by_chore: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    longest_write: float = 0.0
    """In seconds, of one transaction since this was last set to 0."""
    writes: int = 0
    """Transactions that could write."""

    def note(self, sql: str, parameters: dict[str, Any]) -> None:
        self.by_chore[self.chore, sql] = dict(parameters)

    def note_write(self, seconds: float) -> None:
        self.writes += 1
        self.longest_write = max(self.longest_write, seconds)


@contextmanager
def listening() -> Iterator[SentStatements]:
    """To all databases of this process. Rows that are inserted are not noted: that reads nothing."""
    sent = SentStatements()
    undo = [_listen_to(each, sent) for each in (SqliteSession, PostgresSession)]
    try:
        yield sent
    finally:
        for each in undo:
            each()


def _listen_to(kind: type[Session], sent: SentStatements) -> Callable[[], None]:
    names = ("_fetch", "_count", "_send", "_begin", "_commit")
    usual: dict[str, Callable[..., Any]] = {name: getattr(kind, name) for name in names}
    begun: dict[int, float] = {}

    def fetch(self: Session, sql: str, parameters: dict[str, Any]) -> Any:
        sent.note(sql, parameters)
        return usual["_fetch"](self, sql, parameters)

    def count(self: Session, sql: str, parameters: dict[str, Any]) -> Any:
        sent.note(sql, parameters)
        return usual["_count"](self, sql, parameters)

    def send(self: Session, waiting: Sequence[Batches | Write]) -> Any:
        for each in waiting:
            if not isinstance(each, dict):
                sent.note(*each)
        return usual["_send"](self, waiting)

    def begin(self: Session) -> None:
        usual["_begin"](self)
        begun[id(self)] = time.perf_counter()

    def commit(self: Session) -> None:
        usual["_commit"](self)
        if not self._is_read_only:
            sent.note_write(time.perf_counter() - begun[id(self)])

    for name, listener in zip(names, (fetch, count, send, begin, commit), strict=True):
        setattr(kind, name, listener)

    def undo() -> None:
        for name, method in usual.items():
            setattr(kind, name, method)

    return undo

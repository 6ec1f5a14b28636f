"""Database threads: work comes in, runs in a transaction on the thread's own connection, its outcome goes back.

Readers have a transaction for each work. One writer works for all: works that wait together are committed together
(`bot/group_commit.py`).
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from storage.engine.database import Database
from storage.engine.session import Session

T = TypeVar("T")
Committed = Callable[[Session], None]
"""Called on the database's thread after each commit."""

COMMITTED_TOGETHER_AT_MOST: Final = 32


class Connections:
    """A connection for each thread, opened when first needed; a lost one is replaced."""

    def __init__(self, database: Database, *, is_read_only: bool) -> None:
        self._database = database
        self._is_read_only = is_read_only
        self._own = threading.local()
        self._sessions: list[Session] = []

    def mine(self) -> Session:
        """The calling thread's."""
        session: Session | None = getattr(self._own, "session", None)
        if session is not None and not session.is_lost:
            return session
        if session is not None:
            self._own.session = None
            self._sessions.remove(session)
            session.close()
        session = self._own.session = self._database.connect(is_read_only=self._is_read_only)
        self._sessions.append(session)
        return session

    def close(self) -> None:
        for session in self._sessions:
            session.close()
        self._sessions.clear()

    def told(self, error: Exception) -> Exception:
        """The database's condition as a sentence, a fault of ours as it is."""
        told = self._database.translate(error)
        if told is None:
            return error
        told.__cause__ = error
        return told


class SeparateThreads:
    """Some threads; a transaction for each work."""

    def __init__(self, connections: Connections, *, threads: int, name: str) -> None:
        self._connections = connections
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        return self._threads.submit(self._run, work)

    def close(self) -> None:
        self._threads.shutdown()
        self._connections.close()

    def _run(self, work: Callable[[Session], T]) -> T:
        try:
            return self._in_transaction(work)
        except Exception as error:
            told = self._connections.told(error)
            if told is error:
                raise
            raise told from error

    def _in_transaction(self, work: Callable[[Session], T]) -> T:
        session = self._connections.mine()
        session.begin()
        try:
            result = work(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        return result


class GroupedSessions:
    """The one writer's transactions: jobs that wait together are parts of one."""

    def __init__(self, connections: Connections, *, committed: Committed) -> None:
        self._connections = connections
        self._committed = committed

    def begin(self) -> Session:
        session = self._connections.mine()
        session.begin()
        return session

    def commit(self, session: Session) -> None:
        session.commit()

    def rollback(self, session: Session) -> None:
        session.rollback()

    def begin_part(self, session: Session) -> None:
        session.begin_part()

    def end_part(self, session: Session) -> None:
        session.end_part()

    def undo_part(self, session: Session, error: Exception) -> Exception | None:
        return self._connections.told(error) if session.undo_part() else None

    def committed(self, session: Session) -> None:
        self._committed(session)

    def give_up(self, error: Exception) -> Exception:
        return self._connections.told(error)

    def close(self) -> None:
        self._connections.close()

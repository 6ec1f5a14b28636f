"""Database threads: work comes in, runs in a transaction on the thread's own connection, its outcome goes back.

Where many may write at once, each work has a transaction of its own. Where one writer works for all, works
that wait together are committed together: each is undone alone if it fails, but the disk is waited for once,
and nobody hears of an outcome before it is on disk.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, Protocol, TypeVar

from storage.engine.database import Database
from storage.engine.session import Session

T = TypeVar("T")
Committed = Callable[[Session], None]
"""Called on the database's thread after each commit."""

COMMITTED_TOGETHER_AT_MOST: Final = 32


class WorkThread(Protocol):
    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """Run in a transaction; the future is done once that is committed or undone."""
        ...

    def close(self) -> None:
        """Let what was submitted finish, then close the connections."""
        ...


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

    @contextlib.contextmanager
    def in_words(self) -> Iterator[None]:
        """The database's condition leaves this block as a sentence, a fault of ours as it is."""
        try:
            yield
        except Exception as error:
            told = self._database.translate(error)
            if told is None:
                raise
            raise told from error


class SeparateThreads:
    """Some threads; a transaction for each work."""

    def __init__(
        self, connections: Connections, *, threads: int, name: str, committed: Committed | None = None
    ) -> None:
        self._connections = connections
        self._committed = committed
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        return self._threads.submit(self._run, work)

    def close(self) -> None:
        self._threads.shutdown()
        self._connections.close()

    def _run(self, work: Callable[[Session], T]) -> T:
        with self._connections.in_words():
            session = self._connections.mine()
            session.begin()
            try:
                result = work(session)
                session.commit()
            except BaseException:
                session.rollback()
                raise
        if self._committed is not None:
            self._committed(session)
        return result


@dataclass(frozen=True, slots=True)
class ThreadJob:
    work: Callable[[Session], Any]
    future: "Future[Any]"


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """What a job is to be told after the commit."""

    result: Any = None
    error: Exception | None = None

    def tell(self, job: ThreadJob) -> None:
        if self.error is None:
            job.future.set_result(self.result)
        else:
            job.future.set_exception(self.error)


class GroupCommitThread:
    """One thread; works that wait are one transaction, a savepoint each."""

    def __init__(self, connections: Connections, *, name: str, committed: Committed) -> None:
        self._connections = connections
        self._committed = committed
        self._jobs: SimpleQueue[ThreadJob | None] = SimpleQueue()
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        if self._is_closed:
            raise RuntimeError("the storage is closed")
        future: Future[T] = Future()
        self._jobs.put(ThreadJob(work, future))
        return future

    def close(self) -> None:
        self._is_closed = True
        self._jobs.put(None)
        self._thread.join()
        self._connections.close()

    def _serve(self) -> None:
        while (first := self._jobs.get()) is not None:
            group = [job for job in self._with_waiting(first) if job.future.set_running_or_notify_cancel()]
            if group:
                self._do(group)

    def _with_waiting(self, first: ThreadJob) -> list[ThreadJob]:
        group = [first]
        with contextlib.suppress(Empty):
            while len(group) < COMMITTED_TOGETHER_AT_MOST:
                job = self._jobs.get_nowait()
                if job is None:
                    self._jobs.put(None)
                    break
                group.append(job)
        return group

    def _do(self, group: list[ThreadJob]) -> None:
        try:
            with self._connections.in_words():
                outcomes = self._commit_together(group)
        except Exception as error:  # noqa: BLE001  whatever it is, those who wait are told
            outcomes = [JobOutcome(error=error)] * len(group)
        for job, outcome in zip(group, outcomes, strict=True):
            outcome.tell(job)

    def _commit_together(self, group: list[ThreadJob]) -> list[JobOutcome]:
        session = self._connections.mine()
        session.begin()
        try:
            outcomes = [self._try(session, job) for job in group]
            session.commit()
        except BaseException:
            session.rollback()
            raise
        self._committed(session)
        return outcomes

    def _try(self, session: Session, job: ThreadJob) -> JobOutcome:
        session.begin_part()
        try:
            with self._connections.in_words():
                result = job.work(session)
                session.end_part()
        except Exception as error:
            if not session.undo_part():
                raise
            return JobOutcome(error=error)
        return JobOutcome(result)

"""Where one writer works for all: jobs that wait together are committed together, on a thread of their own.

Each job is undone alone if it fails, but the disk is waited for once, and nobody hears of an outcome before it is on
disk. Whoever is refused because two waited for one another is done once more, alone. What a transaction is, its
writer knows: nothing here speaks to a database.
"""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from bot.domain.errors import StorageContended

S = TypeVar("S")
T = TypeVar("T")


class GroupWriter(Protocol[S]):
    """Transactions on one connection; `S` is what a job works with. All of it is called on the writer's thread."""

    def begin(self) -> S:
        """Begin a transaction, on a connection that is opened where there is none."""
        ...

    def commit(self, session: S) -> None: ...

    def rollback(self, session: S) -> None: ...

    def begin_part(self, session: S) -> None:
        """Begin what can be undone alone."""
        ...

    def end_part(self, session: S) -> None: ...

    def undo_part(self, session: S, error: Exception) -> Exception | None:
        """Undo a failed part; returns what its caller is told, None when the whole transaction must go."""
        ...

    def committed(self, session: S) -> None:
        """Called after each commit, before anybody hears of an outcome."""
        ...

    def give_up(self, error: Exception) -> Exception:
        """A whole transaction failed and is rolled back; returns what all its callers are told."""
        ...

    def close(self) -> None:
        """Close the connection; the last call."""
        ...


@dataclass(frozen=True, slots=True)
class _Job(Generic[S]):
    work: Callable[[S], Any]
    future: "Future[Any]"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a job is to be told after the commit."""

    result: Any = None
    error: Exception | None = None

    def tell(self, future: "Future[Any]") -> None:
        if self.error is None:
            future.set_result(self.result)
        else:
            future.set_exception(self.error)


class GroupCommit(Generic[S]):
    """One thread; jobs that wait, `at_most` so many, are one transaction with a part each."""

    def __init__(self, writer: GroupWriter[S], *, name: str, at_most: int) -> None:
        self._writer = writer
        self._at_most = at_most
        self._jobs: SimpleQueue[_Job[S] | None] = SimpleQueue()
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[S], T]) -> "Future[T]":
        """Run it in a transaction; the future is done once that is committed or undone."""
        if self._is_closed:
            raise RuntimeError("the storage is closed")
        future: Future[T] = Future()
        self._jobs.put(_Job(work, future))
        return future

    def close(self) -> None:
        """Let what was submitted finish, then close the connection."""
        self._is_closed = True
        self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        try:
            while (first := self._jobs.get()) is not None:
                group = [
                    job for job in self._with_waiting(first) if job.future.set_running_or_notify_cancel()
                ]
                if group:
                    self._do(group)
        finally:
            self._writer.close()

    def _with_waiting(self, first: _Job[S]) -> list[_Job[S]]:
        group = [first]
        with contextlib.suppress(Empty):
            while len(group) < self._at_most:
                job = self._jobs.get_nowait()
                if job is None:
                    self._jobs.put(None)
                    break
                group.append(job)
        return group

    def _do(self, group: list[_Job[S]]) -> None:
        contended: list[_Job[S]] = []
        for job, outcome in zip(group, self._outcomes(group), strict=True):
            if isinstance(outcome.error, StorageContended):
                contended.append(job)
            else:
                outcome.tell(job.future)
        for job in contended:
            (outcome,) = self._outcomes([job])
            outcome.tell(job.future)

    def _outcomes(self, group: list[_Job[S]]) -> list[_Outcome]:
        try:
            return self._commit_together(group)
        except Exception as error:  # noqa: BLE001  whatever it is, those who wait are told
            return [_Outcome(error=self._writer.give_up(error))] * len(group)

    def _commit_together(self, group: list[_Job[S]]) -> list[_Outcome]:
        session = self._writer.begin()
        try:
            outcomes = [self._try(session, job) for job in group]
            self._writer.commit(session)
        except BaseException:
            self._writer.rollback(session)
            raise
        self._writer.committed(session)
        return outcomes

    def _try(self, session: S, job: _Job[S]) -> _Outcome:
        self._writer.begin_part(session)
        try:
            result = job.work(session)
            self._writer.end_part(session)
        except Exception as error:
            told = self._writer.undo_part(session, error)
            if told is None:
                raise
            return _Outcome(error=told)
        return _Outcome(result)

"""The one asynchronous door: a transaction is a function, carried to a database thread and back.

Each thread of a lane has a connection of its own; writers and readers have separate lanes, so that a report
never delays an acknowledgement.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.ports.unit_of_work import UnitOfWork
from storage.database import Database
from storage.ids import IdMaker
from storage.known import Known
from storage.outbox import SqlOutbox
from storage.session import Session
from storage.unit_of_work import SqlUnitOfWork
from storage.wakes import Wakes

T = TypeVar("T")


class DeskStorage:
    """`bot.ports.unit_of_work.Storage` on a database; made by `storage.open_storage`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = Known()
        self._new_id = IdMaker()
        self._wakes = Wakes()
        self._writers = Lane(database, threads=database.write_threads, is_read_only=False)
        self._readers = Lane(database, threads=database.read_threads, is_read_only=True)

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in one transaction and commit. A cancelled wait does not stop it: its outcome is unknown."""
        return await self._on_writer(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection that never delays a writer."""
        return await asyncio.wrap_future(self._readers.submit(lambda session: self._transact(session, work)))

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call this on the event loop's thread after commits, a replica's too, that left outbox rows due."""
        with contextlib.suppress(RuntimeError):
            self._wakes.follow(asyncio.get_running_loop())
        self._wakes.add(wake)
        self._database.listen(self._wakes)

    async def begin_delivering(self) -> int:
        """Once, when a desk starts: rows that an earlier desk had leased are due again, as retries.

        On SQLite one desk runs at a time, so every lease is stale and every back-off ends; on PostgreSQL
        other replicas may be at work, and their leases run out by themselves.
        """
        if self._database.leases_outlive_us:
            return await self.run(lambda uow: uow.outbox.rescue())
        return await self._on_writer(lambda uow: SqlOutbox(uow.session).rescue_all())

    async def close(self) -> None:
        """Let the transactions under way finish, then close every connection."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        self._writers.close()
        self._readers.close()
        self._database.close()

    async def _on_writer(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        self._wakes.follow(asyncio.get_running_loop())
        return await asyncio.wrap_future(self._writers.submit(lambda session: self._transact(session, work)))

    def _transact(self, session: Session, work: Callable[[SqlUnitOfWork], T]) -> T:
        session.begin()
        try:
            result = work(SqlUnitOfWork(session, new_id=self._new_id, known=self._known))
            session.commit()
        except BaseException:
            session.rollback()
            raise
        if session.wakes_delivery:
            self._wakes()
            self._database.announce()
        return result


class Lane:
    """Threads with a connection each. A lost connection is replaced before the next transaction."""

    def __init__(self, database: Database, *, threads: int, is_read_only: bool) -> None:
        self._database = database
        self._is_read_only = is_read_only
        self._own = threading.local()
        self._sessions: list[Session] = []
        name = "deskbell-read" if is_read_only else "deskbell-write"
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, job: Callable[[Session], T]) -> Future[T]:
        return self._threads.submit(self._run, job)

    def close(self) -> None:
        self._threads.shutdown()
        for session in self._sessions:
            session.close()
        self._sessions.clear()

    def _run(self, job: Callable[[Session], T]) -> T:
        with self._in_words():
            return job(self._session())

    def _session(self) -> Session:
        session: Session | None = getattr(self._own, "session", None)
        if session is not None and not session.is_lost:
            return session
        if session is not None:
            self._sessions.remove(session)
            session.close()
        self._own.session = None
        session = self._own.session = self._database.connect(is_read_only=self._is_read_only)
        self._sessions.append(session)
        return session

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            told = self._database.translate(error)
            if told is None:
                raise
            raise told from error

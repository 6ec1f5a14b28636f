"""The one asynchronous door: a transaction is a function, carried to a database thread and back.

Writers and readers have threads and connections of their own, so that a report never delays an
acknowledgement.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

from bot.group_commit import GroupCommit
from bot.ports.unit_of_work import UnitOfWork
from storage.engine.database import Database
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.threads import (
    COMMITTED_TOGETHER_AT_MOST,
    Connections,
    GroupedSessions,
    SeparateThreads,
)
from storage.engine.wakeups import Hearings, Outcomes, Wakeups
from storage.engine.write_cache import WriteCache
from storage.repositories.outbox import SqlOutbox
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")


class DeskStorage:
    """`bot.ports.unit_of_work.Storage` on a database; made by `storage.open_storage`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = WriteCache()
        self._new_id = IdMaker()
        self._wakes = Wakeups()
        self._hearings = Hearings()
        self._outcomes: Outcomes | None = None
        writer = GroupedSessions(Connections(database, is_read_only=False), committed=self._committed)
        self._writers = GroupCommit(writer, name="deskbell-write", at_most=COMMITTED_TOGETHER_AT_MOST)
        self._readers = SeparateThreads(
            Connections(database, is_read_only=True), threads=database.read_threads, name="deskbell-read"
        )

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in one transaction and commit. A cancelled wait does not stop it: its outcome is unknown."""
        return await self._write(lambda session: work(self._unit_of_work(session)))

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection that never delays a writer."""
        done = self._readers.submit(lambda session: work(self._unit_of_work(session)))
        return await self._outcomes_here().of(done)

    async def write_nothing(self) -> None:
        """Commit a write that changes nothing. Raises StorageUnavailable where that cannot be."""
        await self._write(lambda session: session.write_nothing())

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Call this on the event loop's thread after commits, a replica's too, that left outbox rows due."""
        with contextlib.suppress(RuntimeError):
            self._wakes.follow(asyncio.get_running_loop())
        self._wakes.add(wake)
        self._database.listen(self._wakes, hear=self._hearings)

    def tell(self, text: str) -> None:
        """`bot.ports.console.replicas.Replicas`, once somebody listens to commits."""
        self._database.tell(text)

    def on_told(self, hear: Callable[[str, str], None]) -> None:
        with contextlib.suppress(RuntimeError):
            self._hearings.follow(asyncio.get_running_loop())
        self._hearings.add(hear)

    async def begin_delivering(self) -> int:
        """Once, when a desk starts: rows that an earlier desk had leased are due again, as retries.

        On SQLite one desk runs at a time, so every lease is stale and every back-off ends; on PostgreSQL
        other replicas may be at work, and their leases run out by themselves.
        """
        if self._database.leases_outlive_us:
            return await self._write(lambda session: SqlOutbox(session).rescue())
        return await self._write(lambda session: SqlOutbox(session).rescue_all())

    async def close(self) -> None:
        """Let the transactions under way finish, then close every connection."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writers.close()
        self._readers.close()
        self._database.close()

    async def _write(self, work: Callable[[Session], T]) -> T:
        outcomes = self._outcomes_here()
        self._wakes.follow(outcomes.loop)
        self._hearings.follow(outcomes.loop)
        return await outcomes.of(self._writers.submit(work))

    def _outcomes_here(self) -> Outcomes:
        loop = asyncio.get_running_loop()
        if self._outcomes is None or self._outcomes.loop is not loop:
            self._outcomes = Outcomes(loop)
        return self._outcomes

    def _unit_of_work(self, session: Session) -> SqlUnitOfWork:
        return SqlUnitOfWork(session, new_id=self._new_id, known=self._known)

    def _committed(self, session: Session) -> None:
        if session.wakes_delivery:
            self._wakes()
            self._database.announce()

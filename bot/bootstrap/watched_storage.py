"""The running desk's door to its database: an outage is told in the log once, whoever meets it."""

from collections.abc import Callable
from typing import TypeVar

from bot.outage import StorageWatch
from bot.ports.console.replicas import Replicas
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage

T = TypeVar("T")


class WatchedStorage:
    """`bot.ports.unit_of_work.Storage`; what else a running desk needs of its storage is here, too."""

    def __init__(self, storage: DeskStorage) -> None:
        self._storage = storage
        self._watch = StorageWatch("the database", write=storage.write_nothing)
        self.write_nothing = storage.write_nothing
        """Not told in the log: for whoever asked."""
        self.on_commit = storage.on_commit
        self.close = storage.close
        self.replicas: Replicas = storage

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._watch(self._storage.run(work))

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._watch(self._storage.read(work))

    async def begin_delivering(self) -> int:
        """Once, when a desk starts: what an earlier one had leased is due again.

        What fails here ends the start, which says so: it is no outage of a desk that runs.
        """
        return await self._storage.begin_delivering()

    async def must_be_writable(self) -> None:
        """Raises StorageUnavailable. Cheap: it is tried every few seconds only."""
        await self._watch.must_be_writable()

"""Three processes of one desk on one database, which do the same work at the same time."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.workers import TickingWorker
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import ANA, MONDAY_9, DeskWithoutPlatform
from tests.stories.desk_files import DESK
from tests.stories.office import SetClock

LEASE = timedelta(seconds=30)


class Replicas:
    """`clock` is that of all; the first of them is where people write and type."""

    def __init__(
        self, storage: Storage, desk: DeskWithoutPlatform, worker: Callable[[ContextFactory], TickingWorker]
    ) -> None:
        self.desk = desk
        self.clock = SetClock(MONDAY_9)
        self.storage = storage
        self._workers = [worker(replace(desk.contexts, clock=self.clock)) for _ in range(3)]

    @classmethod
    async def opened(
        cls, storage: Storage, folder: Path, worker: Callable[[ContextFactory], TickingWorker]
    ) -> "Replicas":
        files = FolderFileStore(folder / "files", cap=10_000)
        desk = await DeskWithoutPlatform.opened(storage, files, config=DESK)
        return cls(storage, desk, worker)

    async def asks(self, number: int) -> None:
        await self.desk.intake.take(self.desk.posted(ANA, f"Mouse {number} is dead", message=f"m{number}"))

    async def tick(self) -> int:
        """All at once; returns how much they did together."""
        return sum(filter(None, await asyncio.gather(*(each.tick() for each in self._workers))))

    async def events(self, number: int, name: str) -> int:
        ticket = await self.desk.ticket(number)
        log = await self.storage.read(lambda uow: uow.audit_log.of_ticket(ticket.id))
        return [each.event for each in log].count(name)

    async def notices(self, part: str) -> list[OutboxRow]:
        """Those that wait to be sent and whose key holds this."""

        def waiting(uow: UnitOfWork) -> list[OutboxRow]:
            rows: list[OutboxRow] = []
            while found := uow.outbox.claim(limit=500, lease=LEASE):
                rows += found
                for each in found:
                    uow.outbox.settle(each, parts=(f"p{each.id}",))
            return rows

        rows = await self.storage.run(waiting)
        return [each for each in rows if each.kind is RowKind.NOTICE and part in each.key]

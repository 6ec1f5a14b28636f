"""A desk without platforms and without a clock's ticks: what benchmarks measure one part of."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.import_requests import NoProcess
from bot.clocks import SystemClock
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.config import load_configuration
from bot.intake.intake import DeskIntake
from bot.messages.inbound import InboundEvent
from bot.services.context.context import ContextFactory
from storage import open_storage
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.bench.databases import Place

ROOT = Path(__file__).parents[2]
DESK = ROOT / "tests/bench/it_desk.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BareDesk:
    storage: DeskStorage
    contexts: ContextFactory
    intake: DeskIntake
    files: FolderFileStore

    async def must_have_tickets(self, count: int) -> None:
        """Raises AssertionError unless there are exactly so many, numbered without a gap."""
        prefix = self.contexts.desk().prefix
        counted = await self.storage.read(lambda uow: sum(uow.tickets.count_by_status().values()))
        last = await self.storage.read(lambda uow: uow.tickets.find(prefix, count))
        beyond = await self.storage.read(lambda uow: uow.tickets.find(prefix, count + 1))
        if counted != count or last is None or beyond is not None:
            raise AssertionError(f"there should be {count} tickets, without gaps, and there are {counted}")


@asynccontextmanager
async def the_desk(place: Place, folder: Path, *, config: Path = DESK) -> AsyncIterator[BareDesk]:
    storage = open_storage(place.url)
    try:
        desk = load_configuration(config, KNOWN_PLATFORMS).desk
        contexts = ContextFactory(desk=lambda: desk, clock=SystemClock())
        files = FolderFileStore(folder / "files", cap=2**20)
        intake = DeskIntake(
            storage=storage,
            file_store=files,
            contexts=contexts,
            dispatch=Dispatch(Registry(all_commands()), NoProcess()),
        )
        yield BareDesk(storage=storage, contexts=contexts, intake=intake, files=files)
    finally:
        await storage.close()


async def take_all(intake: DeskIntake, events: Iterable[InboundEvent], *, at_once: int) -> None:
    """So many under way at a time, as platforms with many channels hand them in."""
    waiting = iter(events)

    async def one_after_another() -> None:
        for event in waiting:
            await intake.take(event)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))

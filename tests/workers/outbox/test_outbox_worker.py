"""Delivery beside a database with conditions of its own: rows wait, and none is set aside for it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.messages.delivery import Delivered, Delivery
from bot.messages.outbound import Card, OutboundMessage
from bot.ports.platform import Capabilities, Platform
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.workers.outbox.outbox_worker import OutboxWorker
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes.desk.desk_without_platform import ANA, DeskWithoutPlatform

T = TypeVar("T")


class Hurried:
    """A storage whose server cancels the first readings, as `statement_timeout` and a hot standby do."""

    def __init__(self, storage: DeskStorage, *, cancelled: int) -> None:
        self._storage = storage
        self._left = cancelled
        self.run = storage.run
        self.on_commit = storage.on_commit
        self.close = storage.close

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        if self._left:
            self._left -= 1
            await self._storage.read(too_slow)
        return await self._storage.read(work)


def too_slow(uow: UnitOfWork) -> None:
    assert isinstance(uow, SqlUnitOfWork)
    uow.session.fetch(text("SELECT set_config('statement_timeout', '10', true)"))
    uow.session.fetch(text("SELECT 1 FROM pg_sleep(2)"))


class ShowsAtOnce:
    """Shows everything at once, and keeps what it showed."""

    name = "web"

    def __init__(self) -> None:
        self.shown: list[OutboundMessage] = []

    async def close(self) -> None:
        """Nothing is open."""

    async def deliver(self, message: OutboundMessage) -> Delivery:
        self.shown.append(message)
        return Delivered((f"p{len(self.shown)}",))


def worker(desk: DeskWithoutPlatform, storage: object, platform: ShowsAtOnce, folder: Path) -> OutboxWorker:
    files = FolderFileStore(folder / "sent", cap=10_000)
    return OutboxWorker(
        storage=storage,  # type: ignore[arg-type]
        platforms={"web": Platform(capabilities=Capabilities(), sender=platform)},
        contexts=desk.contexts,
        making=DocumentBuilder(files, ChartProcess(folder / "drawing")),
        jitter=lambda: 0.0,
    )


async def delivered(desk: DeskWithoutPlatform, delivering: OutboxWorker) -> set[RowState]:
    """What has become of the rows, once none is waiting."""
    waiting = {RowState.DUE, RowState.LEASED}
    async with asyncio.timeout(60):
        while waiting & {*await desk.storage.read(lambda uow: uow.outbox.count_by_state())}:
            await delivering.deliver_due()
            await asyncio.sleep(0.01)
    rows = await desk.storage.read(lambda uow: uow.outbox.listing(list(RowState), limit=100))
    return {row.state for row in rows}


async def test_a_query_that_the_server_cancels_sets_no_message_aside(
    postgres_storage: DeskStorage, tmp_path: Path
) -> None:
    desk = await DeskWithoutPlatform.opened(postgres_storage, FolderFileStore(tmp_path / "files", cap=9))
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="root"))
    platform = ShowsAtOnce()
    delivering = worker(desk, Hurried(postgres_storage, cancelled=4), platform, tmp_path)
    assert await delivered(desk, delivering) == {RowState.SETTLED}
    assert len([each for each in platform.shown if isinstance(each.content, Card)]) == 1


async def test_one_message_that_cannot_be_read_takes_no_other_with_it(
    postgres_storage: DeskStorage, tmp_path: Path
) -> None:
    desk = await DeskWithoutPlatform.opened(postgres_storage, FolderFileStore(tmp_path / "files", cap=9))
    for number in range(3):
        await desk.intake.take(desk.posted(ANA, f"Mouse {number} is dead", message=f"root{number}"))
    broken = (await desk.ticket(2)).id

    def spoil(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session.fetch(
            text(f"UPDATE messages SET kind = 'melted' WHERE ticket_id = {broken} RETURNING id")
        )

    await postgres_storage.run(spoil)
    platform = ShowsAtOnce()
    assert await delivered(desk, worker(desk, postgres_storage, platform, tmp_path)) == {
        RowState.SETTLED,
        RowState.DEAD,
    }
    cards = [each.content.reference for each in platform.shown if isinstance(each.content, Card)]
    assert sorted(cards) == ["IT-1", "IT-3"]

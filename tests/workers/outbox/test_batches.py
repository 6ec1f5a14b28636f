"""Rows that are delivered together: read together, shown as each would be alone, and none left behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from bot.caches.shown_cache import ShownCache
from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.messages.delivery import Delivered, Delivery
from bot.messages.outbound import Copy, OutboundMessage
from bot.ports.platform import Capabilities, Platform
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.workers.outbox.outbox_worker import BATCH, OutboxWorker
from bot.workers.outbox.row_renderer import RenderedRow, RowRenderer
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, DeskWithoutPlatform

T = TypeVar("T")
LEASE = timedelta(seconds=30)
MANY = 12


@dataclass
class ReadingStorage:
    """The desk's storage. `sent` is how many statements each reading sent; so many of the next ones are refused."""

    storage: DeskStorage
    refused: int = 0

    def __post_init__(self) -> None:
        self.sent: list[int] = []
        self.run = self.storage.run
        self.on_commit = self.storage.on_commit
        self.close = self.storage.close

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        if self.refused:
            self.refused -= 1
            raise RuntimeError("refused")

        def counted(uow: UnitOfWork) -> T:
            assert isinstance(uow, SqlUnitOfWork)
            result = work(uow)
            self.sent.append(uow.session.sent)
            return result

        return await self.storage.read(counted)


async def rendered(
    desk: DeskWithoutPlatform, storage: ReadingStorage, rows: Sequence[OutboxRow]
) -> list[RenderedRow]:
    return await RowRenderer(storage=storage, contexts=desk.contexts, last_shown=ShownCache()).render(rows)


async def busy_desk(desk: DeskWithoutPlatform) -> DeskWithoutPlatform:
    """Requests of several people, one of them long, with answers, notes, and an agent."""
    for number in range(MANY):
        who = (ANA, BO, CLEO)[number % 3]
        text = f"Printer {number} is jammed. " + "It blinks and beeps. " * (120 * (number == 4))
        await desk.intake.take(desk.posted(who, text, message=f"m{number}"))
    await desk.intake.take(desk.posted(BO, "Which colour does it blink in?", message="a", thread="m3"))
    await desk.intake.take(desk.typed(CLEO, "claim IT-2"))
    await desk.intake.take(desk.typed(CLEO, "note IT-2 The third this week"))
    await desk.intake.take(desk.typed(CLEO, "tag IT-5 printer"))
    return desk


async def claimed(desk: DeskWithoutPlatform, *, limit: int = BATCH) -> Sequence[OutboxRow]:
    return await desk.storage.run(lambda uow: uow.outbox.claim(limit=limit, lease=LEASE))


async def test_a_batch_shows_what_each_message_would_show_alone(
    desk_on: DeskWithoutPlatform, storage: DeskStorage
) -> None:
    desk = await busy_desk(desk_on)
    rows = list(await claimed(desk))
    await desk.storage.run(lambda uow: uow.outbox.settle_many([(row, (f"p{row.id}",)) for row in rows]))
    rows += await claimed(desk)
    together = await rendered(desk, ReadingStorage(storage), rows)
    alone = await rendered(desk, ReadingStorage(storage, refused=1), rows)
    assert together == alone
    assert {each.row.kind for each in together} >= {RowKind.CARD, RowKind.ACKNOWLEDGEMENT, RowKind.COPY}
    assert any(isinstance(each.content, Copy) for each in together)


async def test_many_messages_are_read_for_by_as_many_statements_as_a_few(
    desk_on: DeskWithoutPlatform, storage: DeskStorage
) -> None:
    desk = await busy_desk(desk_on)
    rows = [row for row in await claimed(desk) if row.kind in (RowKind.CARD, RowKind.ACKNOWLEDGEMENT)]
    assert len(rows) >= MANY
    reading = ReadingStorage(storage)
    await rendered(desk, reading, rows[:4])
    await rendered(desk, reading, rows)
    few, many = reading.sent
    assert many <= few <= 12


async def test_what_is_read_ahead_is_never_written(storage: DeskStorage) -> None:
    def work(uow: UnitOfWork) -> str:
        try:
            uow.read_ahead(tickets=[1])
        except RuntimeError:
            return "refused"
        return "taken"

    assert await storage.run(work) == "refused"
    assert await storage.read(work) == "taken"


class StopsItsDesk:
    """Shows everything, and stops delivery while the first message is on its way."""

    name = "web"

    def __init__(self) -> None:
        self.shown: list[OutboundMessage] = []
        self.stop: Callable[[], None] = lambda: None

    async def close(self) -> None:
        """Nothing is open."""

    async def deliver(self, message: OutboundMessage) -> Delivery:
        self.shown.append(message)
        if len(self.shown) > BATCH:
            self.stop()
        return Delivered((f"p{len(self.shown)}",))


async def test_a_desk_that_stops_leaves_nothing_that_it_took_up(
    desk_on: DeskWithoutPlatform, storage: DeskStorage, tmp_path: Path
) -> None:
    desk = desk_on
    for number in range(BATCH):
        await desk.intake.take(desk.posted(ANA, f"Printer {number} is jammed", message=f"m{number}"))
    platform = StopsItsDesk()
    delivering = OutboxWorker(
        storage=storage,
        platforms={"web": Platform(capabilities=Capabilities(), sender=platform)},
        contexts=desk.contexts,
        making=DocumentBuilder(
            FolderFileStore(tmp_path / "sent", cap=10_000), ChartProcess(tmp_path / "drawing")
        ),
    )
    platform.stop = delivering.stop
    delivering.wake()
    await delivering.run()
    states = await storage.read(lambda uow: uow.outbox.count_by_state())
    assert RowState.LEASED not in states
    assert len(platform.shown) >= BATCH

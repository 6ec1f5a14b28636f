"""Outbox rows a second through delivery: claimed, rendered, shown and settled, each on its platform.

Each ticket has an acknowledgement and a card, and a copy of what is too long for the card. Once with the
browser workspace, which keeps what it is told in a file of its own, and once with a platform that does
nothing, so that what is left is the desk's.
"""

import asyncio
import itertools
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from adapters.web.platform import WebPlatform
from bot.bootstrap.process import DeskProcess
from bot.clocks import SystemClock
from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.messages.delivery import Delivered, Delivery
from bot.messages.outbound import OutboundMessage
from bot.ports.platform import Platform
from bot.ports.storage.outbox import RowState
from bot.settings import Settings
from bot.workers.outbox.outbox_worker import BATCH, OutboxWorker
from storage import migrate
from storage.file_store import FolderFileStore
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.desk import DESK, BareDesk, take_all, the_desk
from tests.bench.figures import Better, Figure, Raw
from tests.bench.raw_limits import postgres_settling, sqlite_settling
from tests.bench.requests import imports

TICKETS = 1_500
PATIENCE_S = 120


def measure(folder: Path) -> Iterator[Figure]:
    what = f"two updates a row, {BATCH} rows a commit"
    raw = Raw(value=sqlite_settling(folder, batch=BATCH), what=f"{what}, sqlite3 alone")
    yield from _on(sqlite_place(folder), folder, raw)
    rate = asyncio.run(_to_workspace(folder / "web"))
    yield _figure("the browser workspace on SQLite", rate, raw, "both files WAL, synchronous=FULL")
    with postgres_server() as server:
        on_server = postgres_settling(server.empty("raw"), batch=BATCH)
        raw = Raw(value=on_server, what=f"{what}, psycopg alone, in pipelines")
        yield from _on(server.place(), folder, raw)


def _on(place: Place, folder: Path, raw: Raw) -> Iterator[Figure]:
    rate = asyncio.run(_to_nobody(place, folder))
    yield _figure(f"a do-nothing platform on {place.name}", rate, raw, place.settings)


def _figure(where: str, rate: float, raw: Raw, settings: str) -> Figure:
    return Figure(
        what=f"rows delivered to {where}",
        value=rate,
        unit="/s",
        better=Better.HIGHER,
        raw=raw,
        settings=f"{settings}; the rows of {TICKETS:,} new tickets, {BATCH} at a time, one process",
    )


async def _to_nobody(place: Place, folder: Path) -> float:
    async with the_desk(place, folder) as desk:
        await take_all(desk.intake, imports(TICKETS), at_once=32)
        return await _delivered(desk, DoesNothing(folder).parts(), folder)


async def _to_workspace(folder: Path) -> float:
    """The real platform, composed as in a running desk but not listening."""
    settings = Settings.from_environ({"DESKBELL_DATA_DIR": str(folder), "DESKBELL_CONFIG": str(DESK)})
    await asyncio.to_thread(folder.mkdir)
    url = settings.database_url.get_secret_value()
    await asyncio.to_thread(migrate, url)
    process = DeskProcess(settings)
    assert process.web is not None
    try:
        async with the_desk(Place(name="SQLite", url=url, settings=""), folder) as desk:
            await take_all(desk.intake, imports(TICKETS), at_once=32)
            return await _delivered(desk, process.web.parts(), folder)
    finally:
        await process.web.close()
        await process.storage.close()


async def _delivered(desk: BareDesk, platform: Platform, folder: Path) -> float:
    """Rows a second; raises AssertionError unless all there are are settled."""
    delivering = OutboxWorker(
        storage=desk.storage,
        platforms={"web": platform},
        contexts=desk.contexts,
        making=DocumentBuilder(desk.files, ChartProcess(folder / "drawing")),
    )
    start = time.perf_counter()
    loop = asyncio.create_task(delivering.run())
    delivering.wake()
    async with asyncio.timeout(PATIENCE_S):
        while is_busy(counts := await desk.storage.read(lambda uow: uow.outbox.count_by_state())):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    seconds = time.perf_counter() - start
    delivering.stop()
    await loop
    every = await desk.storage.read(lambda uow: uow.outbox.listing([*RowState], limit=100 * TICKETS))
    settled = sum(each.state is RowState.SETTLED for each in every)
    if settled < len(every) or settled < 2 * TICKETS:
        raise AssertionError(f"every row should be settled, and there are {dict(counts)} beside {settled}")
    return settled / seconds


def is_busy(counts: Mapping[RowState, int]) -> bool:
    return bool(counts.get(RowState.DUE, 0) + counts.get(RowState.LEASED, 0))


class DoesNothing(WebPlatform):
    """A platform on which everything is so at once, and nobody says anything."""

    def __init__(self, folder: Path) -> None:
        files = FolderFileStore(folder / "files", cap=2**20)
        super().__init__(
            folder / "never.db",
            people=(),
            channels=(),
            files=files,
            clock=SystemClock(),
            token="unused",
            desk_name="Desk",
            pretends=True,
        )
        self._numbers = itertools.count(1)

    async def deliver(self, message: OutboundMessage) -> Delivery:
        return Delivered((f"p{next(self._numbers)}",))

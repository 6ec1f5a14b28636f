"""The running desk: what it is made of, and how it starts, goes on and stops."""

import asyncio
import contextlib
from datetime import datetime, timedelta

from adapters.http.server import HttpServer
from adapters.web.platform import WebPlatform
from adapters.web.visitor import Visitor
from bot.bootstrap.configuration import OperationsOfProcess, ReloadableConfiguration
from bot.bootstrap.platforms import PlatformParts, make_platforms
from bot.bootstrap.scheduler import Scheduler
from bot.bootstrap.tokens import shown, with_web_token
from bot.bootstrap.workers import WORKERS, TickingWorker, WorkerParts
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.intake.intake import DeskIntake
from bot.intake.missed_events import MissedEvents
from bot.ports.clock import Clock
from bot.ports.platform import Capabilities, ChatPlatform
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.settings import Settings
from bot.workers.backfill import Backfill
from bot.workers.diagnostics import DeskDiagnostics
from bot.workers.outbox_worker import OutboxWorker
from storage.file_store import FolderFileStore
from storage.opening import open_storage

FOLLOW_DESK_TIME = ("sla_clock", "staffing_monitor", "digests", "board_refresher")
"""The workers that look again as soon as desk time is put forward, in this order."""


class DeskProcess:
    """A running desk. `clock` is a ShiftedClock where people may put desk time forward.

    `platform_scale`: real seconds for each second of a platform's rate limits; less than 1 in tests alone.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, platform_scale: float = 1.0
    ) -> None:
        self.settings = settings = with_web_token(settings)
        self.clock = clock or SystemClock()
        self.in_force = ReloadableConfiguration(settings.config)
        settings.make_data_dir()
        self.storage = open_storage(settings.database_url.get_secret_value())
        self.file_store = FolderFileStore(settings.data_dir / "files", cap=settings.file_limit_bytes)
        self.http = HttpServer(settings.http_host, settings.http_port)
        self._capabilities: dict[str, Capabilities] = {}
        self.contexts = ContextFactory(
            desk=self.in_force.desk, clock=self.clock, capabilities=self._capabilities
        )
        self.platforms = make_platforms(
            PlatformParts(
                settings=settings,
                in_force=self.in_force,
                clock=self.clock,
                file_store=self.file_store,
                http=self.http,
                fast_forward=self._fast_forward if isinstance(self.clock, ShiftedClock) else None,
                scale=platform_scale,
            )
        )
        web = self.platforms.get("web")
        self.web = web if isinstance(web, WebPlatform) else None
        self.backfills: list[Backfill] = []
        self.delivering = OutboxWorker(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            making=DocumentBuilder(self.file_store, ChartProcess(settings.data_dir / "drawing")),
        )
        self.workers: dict[str, TickingWorker] = {}
        self.doctor = DeskDiagnostics(storage=self.storage, platforms=self.platforms, contexts=self.contexts)
        self._scheduler = Scheduler()
        self._tasks: list[asyncio.Task[None]] = []
        self._asked_to_stop = asyncio.Event()

    async def start(self) -> None:
        """Everything in order: what is owed from before, then people, then the clock."""
        self._capabilities |= {name: each.capabilities for name, each in self.platforms.items()}
        await self.storage.begin_delivering()
        await self.storage.run(self._meet_people)
        missed = {
            name: MissedEvents() for name, each in self.platforms.items() if each.capabilities.keeps_history
        }
        self.intake = DeskIntake(
            storage=self.storage,
            file_store=self.file_store,
            contexts=self.contexts,
            dispatch=Dispatch(Registry(), self._operations()),
            missed=missed,
        )
        self.backfills = [self._backfill(self.platforms[name], each) for name, each in missed.items()]
        self.workers = self._make_workers()
        self.storage.on_commit(self.delivering.wake)
        self._tasks.append(asyncio.create_task(self.delivering.run(), name="delivery"))
        for name, platform in self.platforms.items():
            self._tasks.append(asyncio.create_task(platform.listen(self.intake), name=f"platform {name}"))
        self._tasks += [asyncio.create_task(each.run(), name="backfill") for each in self.backfills]
        self.http.watch({"database": self._database_answers})
        await self.http.start()
        self._scheduler.start(WORKERS, self.workers)
        self.delivering.wake()

    async def wait(self) -> None:
        """Until asked to stop, or a part of the desk fails: its error is raised, for the desk is not whole."""
        asked = asyncio.create_task(self._asked_to_stop.wait(), name="asked to stop")
        done, _ = await asyncio.wait([*self._tasks, asked], return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        for task in done:
            task.result()

    def ask_to_stop(self) -> None:
        self._asked_to_stop.set()

    @property
    def entrance(self) -> str:
        """The link that opens the browser workspace."""
        return self.web.entrance(self.settings.public_url or self.http.url) if self.web else self.http.url

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, and leave the rest in the database."""
        self._scheduler.stop()
        await self.http.stop()
        for platform in self.platforms.values():
            await platform.close()
        for backfill in self.backfills:
            backfill.stop()
        self.delivering.stop()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(task, timeout=10)
        await self.storage.close()

    def reload(self) -> str:
        return self.in_force.reload()

    async def clock_moved(self) -> None:
        """Desk time jumped: see at once to what fell due."""
        await self.tick_clocks()
        self.delivering.wake()

    async def tick_clocks(self) -> int:
        """Everything that goes by desk time; returns how much was done."""
        return sum([await self.workers[name].tick() or 0 for name in FOLLOW_DESK_TIME])

    def visitor(self) -> Visitor:
        """A session with this desk's browser workspace."""
        return Visitor(self.http.url, token=shown(self.settings.web_token) or "")

    async def settled(self, *, within_s: float = 30) -> None:
        """Until nothing is under way any more; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not self._is_quiet() or await self.storage.read(_is_busy):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def _is_quiet(self) -> bool:
        is_heard = self.web is None or self.web.is_quiet
        return is_heard and all(backfill.is_quiet for backfill in self.backfills)

    def _make_workers(self) -> dict[str, TickingWorker]:
        parts = WorkerParts(
            storage=self.storage,
            contexts=self.contexts,
            outbox=self.delivering,
            backfills=self.backfills,
            read_files_again=self.in_force.read_files_again,
        )
        return {worker.name: worker.made(parts) for worker in WORKERS}

    async def _database_answers(self) -> bool:
        await self.storage.read(lambda uow: uow.outbox.count_by_state())
        return True

    def _meet_people(self, uow: UnitOfWork) -> None:
        """The workspace's people are known from the start, so that agents can be assigned and leads pinged."""
        for person in self.in_force.configuration.workspace.people:
            uow.people.remember(person.as_person())

    def _backfill(self, platform: ChatPlatform, missed: MissedEvents) -> Backfill:
        return Backfill(
            platform=platform,
            missed=missed,
            offer=self.intake.offer,
            storage=self.storage,
            contexts=self.contexts,
        )

    def _operations(self) -> OperationsOfProcess:
        about = [
            f"Platforms: {', '.join(self.platforms) or 'none'}",
            f"Database: {self.settings.database_place}",
        ]
        return OperationsOfProcess(self.in_force, asyncio.get_running_loop(), about)

    async def _fast_forward(self, by: timedelta) -> datetime:
        """Put desk time forward minute by minute, so that what falls due on the way comes when it is due."""
        if not isinstance(self.clock, ShiftedClock):
            raise TypeError("this desk runs on real time")
        left, longest = by, max(by / 2_000, timedelta(minutes=1))
        while left > timedelta():
            step = min(left, longest)
            self.clock.forward(step)
            left -= step
            if await self.tick_clocks():
                self.delivering.wake()
                await self.settled()
        await self.workers["auto_close"].tick()
        return self.clock.now()


def _is_busy(uow: UnitOfWork) -> bool:
    counts = uow.outbox.count_by_state()
    return bool(counts.get(RowState.DUE, 0) + counts.get(RowState.LEASED, 0))

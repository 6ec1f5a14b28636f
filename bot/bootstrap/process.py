"""The running desk: what it is made of, and how it starts, goes on and stops."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from aiohttp.web import Request

from adapters.http.article_routes import ArticleRoutes
from adapters.http.lookup_client import HttpLookupClient
from adapters.http.server import HttpServer
from adapters.meaning.wordllama import find_wordllama
from adapters.web.platform import WebPlatform
from adapters.web.visitor import Visitor
from bot.bootstrap.configuration import OperationsOfProcess
from bot.bootstrap.diagnostics import NOBODY_REACHES_IT, DeskDiagnostics
from bot.bootstrap.fast_forward import FastForward
from bot.bootstrap.model_client import ModelClientOnDemand
from bot.bootstrap.platforms import PlatformParts, configuration_of, make_platforms
from bot.bootstrap.readiness import Readiness
from bot.bootstrap.scheduler import Scheduler, ended
from bot.bootstrap.sessions.desk_health import ProcessHealth
from bot.bootstrap.sessions.entrance import Entrance, address_for_people, make_entrance
from bot.bootstrap.sessions.pages import PageParts, mount_pages
from bot.bootstrap.tokens import shown, with_web_token
from bot.bootstrap.watched_storage import WatchedStorage
from bot.bootstrap.workers import WORKERS, TickingWorker, WorkerParts
from bot.caches.lookup_health import LookupHealth
from bot.caches.passage_vectors import PassageVectors
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.commands.framework.replies.release import HeldReplyRelease
from bot.documents.articles.article_reader import ArticleReader
from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence, sentence
from bot.intake.intake import DeskIntake
from bot.intake.missed_events import MissedEvents
from bot.ports.clock import Clock
from bot.ports.platform import Capabilities, Links, Platform
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.settings import Settings
from bot.workers.backfill import Backfill
from bot.workers.outbox.outbox_worker import OutboxWorker
from storage.file_store import FolderFileStore
from storage.opening import open_storage

FOLLOW_DESK_TIME = (
    "replies",
    "snoozes",
    "reminders",
    "sla_clock",
    "nudges",
    "hand_overs",
    "assignments",
    "surveys",
    "forgotten_timers",
    "staffing_monitor",
    "digests",
    "mornings",
    "board_refresher",
)
"""The workers that look again as soon as desk time is put forward, in this order."""

SETTLING_S = 0.002
"""Between two looks at whether anything is under way."""

log = structlog.get_logger(__name__)


class DeskProcess:
    """A running desk. `clock` is a ShiftedClock where people may put desk time forward.

    `platform_scale`: real seconds for each second of a platform's rate limits; less than 1 in tests alone.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, platform_scale: float = 1.0
    ) -> None:
        self.settings = settings = with_web_token(settings)
        self.clock = clock or SystemClock()
        self.in_force = configuration_of(settings, now=self.clock.now)
        settings.make_data_dir()
        self.storage = WatchedStorage(
            open_storage(
                settings.database_url.get_secret_value(), is_durable=not isinstance(self.clock, ShiftedClock)
            )
        )
        self.file_store = FolderFileStore(settings.data_dir / "files", cap=settings.file_limit_bytes)
        self.http = HttpServer(settings.http_host, settings.http_port)
        self._capabilities: dict[str, Capabilities] = {}
        self._links: dict[str, Links] = {}
        self.contexts = ContextFactory(
            desk=self.in_force.desk,
            clock=self.clock,
            capabilities=self._capabilities,
            links=self._links,
            meanings=PassageVectors(find_wordllama()),
            public_url=lambda: address_for_people(settings, self.http, self.clock),
        )
        self.sign_in = self._make_entrance()
        self.platforms = self._make_platforms(platform_scale)
        self.web = _web_among(self.platforms.values())
        self.backfills: list[Backfill] = []
        self.delivering = OutboxWorker(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            making=DocumentBuilder(self.file_store, ChartProcess(settings.data_dir / "drawing")),
        )
        self.workers: dict[str, TickingWorker] = {}
        self.lookup_client = HttpLookupClient(settings.lookup_secrets)
        self.lookup_health = LookupHealth()
        self.model_client = ModelClientOnDemand(settings.model_keys)
        self.doctor = DeskDiagnostics(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            lookup_client=self.lookup_client,
            model_client=self.model_client,
            providers=self.sign_in.providers,
        )
        self._registry = Registry(all_commands())
        self.scheduler = Scheduler()
        self._readiness = Readiness(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            trouble_with=self.delivering.trouble_with,
            scheduler=self.scheduler,
            data_dir=settings.data_dir,
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._readers: list[asyncio.Task[None]] = []
        self._asked_to_stop = asyncio.Event()

    def _make_entrance(self) -> Entrance:
        return make_entrance(
            self.settings,
            self.in_force,
            storage=self.storage,
            contexts=self.contexts,
            address=lambda: self.settings.public_url or self.http.url,
            platforms=lambda: self.platforms,
        )

    def _make_platforms(self, scale: float) -> dict[str, Platform]:
        return make_platforms(
            PlatformParts(
                settings=self.settings,
                in_force=self.in_force,
                clock=self.clock,
                file_store=self.file_store,
                http=self.http,
                sign_in=self.sign_in,
                fast_forward=self._forward if isinstance(self.clock, ShiftedClock) else None,
                scale=scale,
            )
        )

    def _article_routes(self) -> ArticleRoutes:
        """For anybody, and with more rights for who is signed in."""
        pages = ArticleReader(storage=self.storage, contexts=self.contexts, files=self.file_store)
        return ArticleRoutes(pages, reader_of=self._reader_of, language=lambda: self.in_force.desk().language)

    async def _reader_of(self, request: Request) -> Person | None:
        """Whom the browser workspace's page acts as, else whoever is signed in."""
        reader = await self.web.reader_of(request) if self.web is not None else None
        if reader is not None:
            return reader
        signed_in = await self.sign_in.gate.person(request)
        return signed_in.person if signed_in is not None else None

    def _page_parts(self) -> PageParts:
        return PageParts(
            settings=self.settings,
            in_force=self.in_force,
            storage=self.storage,
            contexts=self.contexts,
            files=self.file_store,
            gate=self.sign_in.gate,
            cookies=self.sign_in.cookies,
            replicas=self.storage.replicas,
            intake=self.intake,
            registry=self._registry,
            health=ProcessHealth(self._readiness, self.scheduler, self._operations().status_lines),
            platforms=self.platforms,
            is_home=self.web is None,
        )

    async def start(self) -> None:
        """Everything in order: what is owed from before, then people, then the clock.

        Raises ConfigurationError where nobody could reach the desk.
        """
        if all(each.receiver is None for each in self.platforms.values()):
            raise ConfigurationError(NOBODY_REACHES_IT)
        self._capabilities |= {name: each.capabilities for name, each in self.platforms.items()}
        self._links |= {name: each.links for name, each in self.platforms.items() if each.links is not None}
        await self.storage.begin_delivering()
        await self.storage.run(self._meet_people)
        missed = {
            name: MissedEvents(each.capabilities)
            for name, each in self.platforms.items()
            if each.history is not None
        }
        self.intake = DeskIntake(
            storage=self.storage,
            file_store=self.file_store,
            contexts=self.contexts,
            dispatch=Dispatch(self._registry, self._operations()),
            missed=missed,
        )
        await self.intake.look_up_staff()
        self.backfills = [each for name in missed if (each := self._backfill(name, missed[name])) is not None]
        for backfill in self.backfills:
            await backfill.expect()
        self.workers = self._make_workers()
        self.storage.on_commit(self.delivering.wake)
        self._tasks.append(asyncio.create_task(self.delivering.run(), name="delivery"))
        for name, platform in self.platforms.items():
            if platform.receiver is not None:
                listening = platform.receiver.listen(self.intake)
                self._tasks.append(asyncio.create_task(listening, name=f"platform {name}"))
        self._readers = [asyncio.create_task(each.run(), name="backfill") for each in self.backfills]
        self.http.watch(self._readiness.probes())
        self.http.mount(self._article_routes().routes())
        self.http.mount(self.sign_in.all_routes())
        mount_pages(self.http, self._page_parts())
        await self.http.start()
        self.scheduler.start(WORKERS, self.workers)
        self.delivering.wake()

    async def wait(self) -> None:
        """Until asked to stop, or a part of the desk fails: its error is raised, for the desk is not whole."""
        asked = asyncio.create_task(self._asked_to_stop.wait(), name="stop")
        done, _ = await asyncio.wait(
            [*self._tasks, *self._readers, asked], return_when=asyncio.FIRST_COMPLETED
        )
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
        """Take nothing new, finish what is under way, and leave the rest in the database.

        What was missed and is being read is cut short: its watermark has not moved, so the next start reads it.
        """
        try:
            await self.scheduler.stop()
            for task in self._readers:
                task.cancel()
            await ended(self._readers)
            await self.http.stop()
            for platform in self.platforms.values():
                await _closed(platform)
            if self._tasks:  # it was started
                await self.intake.close()
            self.delivering.stop()
            await ended(self._tasks)
            await self.lookup_client.close()
            await self.model_client.close()
            await self.sign_in.close()
        finally:
            await self.storage.close()

    def reload(self) -> Sentence:
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

    async def settled(self, *, within_s: float = 30, new_only: bool = False) -> None:
        """Until nothing is under way any more, or nothing `new_only`; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while True:
                await self.delivering.rested()
                if self._is_quiet() and await self.storage.read(
                    lambda uow: uow.outbox.is_settled(new_only=new_only)
                ):
                    return
                await asyncio.sleep(SETTLING_S)

    def _is_quiet(self) -> bool:
        is_heard = self.web is None or self.web.is_quiet
        is_done = self.delivering.is_quiet and self.intake.is_quiet
        return is_heard and is_done and all(backfill.is_quiet for backfill in self.backfills)

    def _make_workers(self) -> dict[str, TickingWorker]:
        parts = WorkerParts(
            storage=self.storage,
            contexts=self.contexts,
            files=self.file_store,
            outbox=self.delivering,
            backfills=self.backfills,
            in_force=self.in_force,
            release=HeldReplyRelease(self._registry, self._operations()),
            lookup_client=self.lookup_client,
            lookup_health=self.lookup_health,
            model_client=self.model_client,
            dispatch=Dispatch(self._registry, self._operations()),
        )
        return {worker.name: worker.made(parts) for worker in WORKERS}

    def _meet_people(self, uow: UnitOfWork) -> None:
        """The workspace's people are known from the start, so that agents can be assigned and leads pinged."""
        for person in self.in_force.configuration.workspace.people:
            uow.people.remember(person.as_person())

    def _backfill(self, name: str, missed: MissedEvents) -> Backfill | None:
        platform = self.platforms[name]
        if platform.receiver is None or platform.history is None:
            return None
        return Backfill(
            platform=name,
            capabilities=platform.capabilities,
            receiver=platform.receiver,
            history=platform.history,
            missed=missed,
            offer=self.intake.offer,
            storage=self.storage,
            contexts=self.contexts,
        )

    def _operations(self) -> OperationsOfProcess:
        names = tuple(self.platforms)
        about = [
            sentence("commands.status_platforms", names=names)
            if names
            else sentence("commands.status_no_platforms"),
            sentence("commands.status_database", database=self.settings.database_place),
        ]
        return OperationsOfProcess(self.in_force, asyncio.get_running_loop(), about, self.lookup_health)

    async def _forward(self, by: timedelta, tell: Callable[[datetime], None]) -> datetime:
        """Put desk time forward, where the clock can be; `tell` hears of it on the way."""
        if not isinstance(self.clock, ShiftedClock):
            raise TypeError("this desk runs on real time")
        forward = FastForward(
            clock=self.clock,
            storage=self.storage,
            tick_timers=self.workers["sla_clock"].tick,
            tick_all=self.tick_clocks,
            settle=self._show_new,
        )
        with self.delivering.only_new():
            now = await forward(by, tell)
            await self.workers["auto_close"].tick()
        await self.settled()
        return now

    async def _show_new(self) -> None:
        self.delivering.wake()
        await self.settled(new_only=True)


async def _closed(platform: Platform) -> None:
    try:
        await platform.sender.close()
    except Exception:
        log.exception("a platform could not be left in order", platform=platform.name)


def _web_among(platforms: Iterable[Platform]) -> WebPlatform | None:
    senders = (each.sender for each in platforms)
    return next((each for each in senders if isinstance(each, WebPlatform)), None)

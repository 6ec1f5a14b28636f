"""The composition root: settings → configuration → storage → platforms → services → ticking jobs."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from pydantic import SecretStr

from adapters.http.server import HttpServer
from adapters.web.platform import WebPlatform
from adapters.web.visitor import Visitor
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.config import Configuration, load_configuration, read_files_again
from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError
from bot.idle_memory import give_back
from bot.intake.intake import DeskIntake
from bot.intake.missed_events import MissedEvents
from bot.ports.clock import Clock
from bot.ports.platform import Capabilities, ChatPlatform
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.settings import Settings
from bot.workers.auto_close import AutoClose
from bot.workers.backfill import Backfill
from bot.workers.board_refresher import BoardRefresher
from bot.workers.diagnostics import DeskDiagnostics
from bot.workers.digests import Digests
from bot.workers.outbox_worker import OutboxWorker
from bot.workers.readiness import Readiness
from bot.workers.sla_clock import SlaClock
from bot.workers.staffing_monitor import StaffingMonitor
from storage.file_store import FolderFileStore
from storage.opening import open_storage

log = structlog.get_logger(__name__)

SEEN_KEYS_KEPT = timedelta(days=60)
"""How long the keys of inbound events are kept; no platform repeats an event after that long."""
SETTLED_AFTER = timedelta(seconds=5)
"""When a start has taken the memory that it takes."""


class DeskInForce:
    """The configuration in force. A broken new file is refused and this one stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.configuration: Configuration = load_configuration(path)
        self._followers: list[Callable[[Configuration], None]] = []

    def desk(self) -> Desk:
        return self.configuration.desk

    def follow(self, follower: Callable[[Configuration], None]) -> None:
        """Call this with each new configuration."""
        self._followers.append(follower)

    def reload(self) -> str:
        """Read the file again; returns what to tell the operator. Raises ConfigurationError and changes nothing."""
        self._put_in_force(load_configuration(self.path))
        log.info("the configuration was reloaded", file=str(self.path))
        return f"{self.path} is in force now."

    def read_files_again(self) -> None:
        """Holidays and iCalendar files as they are today. What cannot be read is logged, and the old stays."""
        try:
            self._put_in_force(read_files_again(self.configuration))
        except ConfigurationError as error:
            log.error(  # noqa: TRY400  the sentence says it all
                "files that the configuration names cannot be read; what they said stays",
                error=error.sentence,
            )

    def _put_in_force(self, configuration: Configuration) -> None:
        self.configuration = configuration
        for follower in self._followers:
            follower(configuration)
        for finding in configuration.remarks:
            log.warning(finding.sentence, file=str(self.path), line=finding.line)


class OperationsOfProcess:
    """What the admin commands may ask of this process."""

    def __init__(self, in_force: DeskInForce, loop: asyncio.AbstractEventLoop, about: list[str]) -> None:
        self._in_force = in_force
        self._loop = loop
        self._about = about

    def reload(self) -> str:
        """Called on a database thread; platforms belong to the event loop, so the change happens there."""

        async def on_loop() -> str:
            return self._in_force.reload()

        return asyncio.run_coroutine_threadsafe(on_loop(), self._loop).result(timeout=30)

    def status_lines(self) -> list[str]:
        return [*self._about, f"Configuration: {self._in_force.path}"]


class DeskProcess:
    """A running desk. `clock` is a ShiftedClock where people may put desk time forward.

    `platform_scale`: real seconds for each second of a platform's rate limits; less than 1 in tests alone.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, platform_scale: float = 1.0
    ) -> None:
        self.settings = settings = with_web_token(settings)
        self.clock = clock or SystemClock()
        self.in_force = DeskInForce(settings.config)
        settings.make_data_dir()
        self.storage = open_storage(settings.database_url.get_secret_value())
        self.file_store = FolderFileStore(settings.data_dir / "files", cap=settings.file_limit_bytes)
        self.http = HttpServer(settings.http_host, settings.http_port)
        self._capabilities: dict[str, Capabilities] = {}
        self.contexts = ContextFactory(
            desk=self.in_force.desk, clock=self.clock, capabilities=self._capabilities
        )
        self.web = self._make_web() if settings.web_enabled else None
        self.platforms: dict[str, ChatPlatform] = {self.web.name: self.web} if self.web else {}
        if settings.slack_bot_token is not None:
            self.platforms["slack"] = self._make_slack(scale=platform_scale)
        if settings.discord_bot_token is not None:
            self.platforms["discord"] = self._make_discord(scale=platform_scale)
        if self.in_force.desk().webhooks:
            self.platforms["webhook"] = self._make_webhooks()
        self.backfills: list[Backfill] = []
        self.delivering = OutboxWorker(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            making=DocumentBuilder(self.file_store, ChartProcess(settings.data_dir / "drawing")),
        )
        self.sla_clock = SlaClock(storage=self.storage, contexts=self.contexts)
        self.vigilance = StaffingMonitor(storage=self.storage, contexts=self.contexts)
        self.boards = BoardRefresher(storage=self.storage, contexts=self.contexts)
        self.digests = Digests(storage=self.storage, contexts=self.contexts)
        self.doctor = DeskDiagnostics(storage=self.storage, platforms=self.platforms, contexts=self.contexts)
        self.closing = AutoClose(storage=self.storage, contexts=self.contexts)
        self._readiness = Readiness(
            storage=self.storage,
            platforms=self.platforms,
            contexts=self.contexts,
            outbox_worker=self.delivering,
            sla_clock=self.sla_clock,
        )
        self._scheduler = AsyncIOScheduler(timezone="UTC")
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
        self.storage.on_commit(self.delivering.wake)
        self._tasks.append(asyncio.create_task(self.delivering.run(), name="delivery"))
        for name, platform in self.platforms.items():
            self._tasks.append(asyncio.create_task(platform.listen(self.intake), name=f"platform {name}"))
        self._tasks += [asyncio.create_task(each.run(), name="backfill") for each in self.backfills]
        self.http.watch(self._readiness.probes())
        await self.http.start()
        self._tick()
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
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
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
        """Everything that goes by desk time; returns how much was said."""
        said = await self.sla_clock.tick() + await self.vigilance.tick() + await self.digests.tick()
        await self.boards.tick()
        return said

    def visitor(self) -> Visitor:
        """A session with this desk's browser workspace."""
        return Visitor(self.http.url, token=self._web_token)

    async def settled(self, *, within_s: float = 30) -> None:
        """Until nothing is under way any more; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not (self._is_quiet() and await self.storage.read(_is_settled)):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def _is_quiet(self) -> bool:
        is_heard = self.web is None or self.web.is_quiet
        return is_heard and all(backfill.is_quiet for backfill in self.backfills)

    def _tick(self) -> None:
        """APScheduler is the metronome; it stores nothing, due times are rows."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        add = self._scheduler.add_job
        add(self.delivering.wake, "interval", seconds=1, **options)
        add(self.delivering.rescue, "interval", seconds=15, **options)
        add(self.sla_clock.tick, "interval", seconds=5, **options)
        add(self.vigilance.tick, "interval", seconds=30, **options)
        add(self.in_force.read_files_again, "interval", hours=24, **options)
        add(self.boards.tick, "interval", seconds=5, **options)
        add(self.digests.tick, "interval", seconds=30, **options)
        add(self.closing.tick, "interval", minutes=10, **options)
        add(self._forget_old_keys, "interval", hours=24, **options)
        started = datetime.now(UTC) + SETTLED_AFTER
        add(give_back, "interval", minutes=10, next_run_time=started, **options)
        for backfill in self.backfills:
            add(backfill.tick, "interval", seconds=30, **options)
            add(backfill.sweep, "interval", minutes=10, **options)
        self._scheduler.start()

    async def _forget_old_keys(self) -> None:
        before = self.clock.now() - SEEN_KEYS_KEPT
        await self.storage.run(lambda uow: uow.inbound_events.forget_before(before))

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

    def _make_web(self) -> WebPlatform:
        configuration = self.in_force.configuration
        web = WebPlatform(
            self.settings.data_dir / "workspace.db",
            people=configuration.workspace.people,
            channels=configuration.workspace.channels,
            files=self.file_store,
            clock=self.clock,
            token=self._web_token,
            desk_name=configuration.desk.name,
            hosts=self.settings.hosts,
            fast_forward=self._fast_forward if isinstance(self.clock, ShiftedClock) else None,
            file_limit=self.settings.file_limit_bytes,
        )
        self.in_force.follow(
            lambda new: web.replace(
                people=new.workspace.people, channels=new.workspace.channels, desk_name=new.desk.name
            )
        )
        self.http.mount(web.routes(), on_stop=web.part)
        self.http.watch({"workspace": web.health})
        return web

    @property
    def _web_token(self) -> str:
        return self.settings.web_token.get_secret_value() if self.settings.web_token else ""

    def _make_slack(self, *, scale: float) -> ChatPlatform:
        """Imported only here: a desk that is not in Slack does not pay for its libraries."""
        from adapters.slack.platform import SlackPlatform

        slack = SlackPlatform(
            bot_token=_secret(self.settings.slack_bot_token) or "",
            signing_secret=_secret(self.settings.slack_signing_secret),
            app_token=_secret(self.settings.slack_app_token),
            api_url=self.settings.slack_api_url,
            files=self.file_store,
            file_limit=self.settings.file_limit_bytes,
            scale=scale,
        )
        self.http.mount(slack.routes())
        return slack

    def _make_discord(self, *, scale: float) -> ChatPlatform:
        """Imported only here, too."""
        from adapters.discord.platform import DiscordPlatform

        return DiscordPlatform(
            bot_token=_secret(self.settings.discord_bot_token) or "",
            api_url=self.settings.discord_api_url,
            files=self.file_store,
            file_limit=self.settings.file_limit_bytes,
            scale=scale,
        )

    def _make_webhooks(self) -> ChatPlatform:
        from adapters.webhook.platform import WebhookPlatform

        return WebhookPlatform(
            urls=lambda: self.in_force.desk().webhooks, secret=_secret(self.settings.webhook_secret)
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
        await self.closing.tick()
        return self.clock.now()


def _is_settled(uow: UnitOfWork) -> bool:
    return uow.outbox.is_settled()


def web_token_file(settings: Settings) -> Path:
    """Where the secret of the browser workspace is kept when no setting gives one."""
    return settings.data_dir / "web-token"


def with_web_token(settings: Settings) -> Settings:
    """The settings with the secret that opens the browser workspace: the given one, or one made once and kept.

    Whoever sets up logging with these keeps the secret out of the log.
    """
    if settings.web_token is not None:
        return settings
    path = web_token_file(settings)
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        token = secrets.token_urlsafe(24)
        settings.make_data_dir()
        path.touch(mode=0o600)
        path.write_text(token, encoding="utf-8")
    return settings.model_copy(update={"web_token": SecretStr(token)})


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None

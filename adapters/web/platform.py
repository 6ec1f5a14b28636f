"""The browser workspace as a chat platform: the desk treats it exactly like any other.

People's side: pages over HTTP, whose messages wait in the workspace's own file until the desk has taken
them. The desk's side: `deliver`, idempotent by key.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from adapters.http.gate import Gate
from adapters.http.visits import Visits
from adapters.kit.outcomes import shows_no
from adapters.web.capabilities import CAPABILITIES, PLATFORM
from adapters.web.page.assets import page_sources
from adapters.web.posts import desk_posts
from adapters.web.posts.desk_posts import DeskPosts
from adapters.web.server.action_routes import ActionRoutes
from adapters.web.server.auth import Auth
from adapters.web.server.channel_list import ChannelList
from adapters.web.server.dependencies import Dependencies, FastForward
from adapters.web.server.event_queue import FIRST_PAUSE_S, EventQueue
from adapters.web.server.file_routes import FileRoutes
from adapters.web.server.live_updates import LiveUpdates
from adapters.web.server.message_routes import MessageRoutes
from adapters.web.server.opening_route import OpeningRoute
from adapters.web.server.pages import Pages
from adapters.web.server.read_routes import ReadRoutes
from adapters.web.server.responder import Responder
from adapters.web.store.store import Store
from adapters.web.translate.render import home_json, id_in_workspace
from adapters.web.workspace import Workspace
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import Home, MessageLink, OutboundMessage, Reply, ThreadHeader
from bot.ports.clock import Clock
from bot.ports.file_store import FileStore
from bot.ports.first_look import FirstLook
from bot.ports.health import HealthLevel, PartHealth
from bot.ports.intake import Intake
from bot.ports.platform import Platform
from bot.ports.workspace import WorkspaceChannel, WorkspacePerson
from bot.text.catalogue import FALLBACK
from bot.text.sentences import words

TEXT_LIMIT = 8_000
FILE_LIMIT = 50 * 2**20
RETRY_S = 5.0


class WebPlatform:
    """`path` is the workspace's SQLite file and `token` opens its pages.

    `pretends`: whoever has the link acts as anybody; else `gate` says who is signed in. `is_secure`: people come by
    https. `desk_name` is for show, `language` the desk's. `address` gives the one under which people open it.
    `fast_forward` is None on a desk that runs on real time.
    """

    name = PLATFORM

    def __init__(
        self,
        path: Path,
        *,
        people: Iterable[WorkspacePerson],
        channels: Iterable[WorkspaceChannel],
        files: FileStore,
        clock: Clock,
        token: str,
        desk_name: str,
        pretends: bool,
        language: str = "en",
        visits: Visits | None = None,
        gate: Gate | None = None,
        is_secure: bool = False,
        fast_forward: FastForward | None = None,
        address: Callable[[], str] = str,
        file_limit: int = FILE_LIMIT,
        retry_after_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._token = token
        self._address = address
        self._desk_name = desk_name
        self._clock = clock
        # A desk whose clock people may move is one that is only tried.
        self._store = Store(path, is_durable=fast_forward is None)
        self._workspace = Workspace(people=people, channels=channels, language=language, pretends=pretends)
        self._auth = Auth(
            token=token, workspace=self._workspace, visits=visits or Visits(), gate=gate, is_secure=is_secure
        )
        channel_list = ChannelList(store=self._store, workspace=self._workspace)
        self._live = LiveUpdates(
            workspace=self._workspace,
            count=channel_list.count,
            version=lambda: page_sources().current().version,
        )
        self._event_queue = EventQueue(
            store=self._store, person_of=self._person, tell=self._tell, first_pause_s=retry_after_s
        )
        self._dependencies = Dependencies(
            desk_name=lambda: self._desk_name,
            clock=clock,
            fast_forward=fast_forward,
            files=files,
            file_limit=file_limit,
            store=self._store,
            workspace=self._workspace,
            channels=channel_list,
            live=self._live,
            event_queue=self._event_queue,
            answering=Responder(self._event_queue, store=self._store),
            token_of=self._auth.token_of,
            still_in=self._auth.still_in,
        )
        self._closed = asyncio.Event()

    def parts(self) -> Platform:
        """As the desk sees it. It has no history to read: what the desk has not taken waits, and is offered again."""
        return Platform(
            capabilities=CAPABILITIES,
            sender=self,
            receiver=self,
            diagnostics=self,
            links=self,
            directory=self,
        )

    def routes(self) -> list[web.RouteDef]:
        """To mount on the HTTP server, before any route that takes every path."""
        handlers = [
            route
            for part in (OpeningRoute, ReadRoutes, MessageRoutes, ActionRoutes, FileRoutes)
            for route in part(self._dependencies).routes()
        ]
        api = [web.route(method, path, self._auth.guard(handler)) for method, path, handler in handlers]
        pages = Pages(self._auth, language=lambda: self._workspace.language)
        return [*api, *pages.routes()]

    def address_of(self, message: MessageLink) -> str:
        """The thread that begins with it, in the page."""
        if message.channel.is_direct:
            return ""
        channel, thread = quote(message.channel.channel, safe=""), quote(message.message_id, safe="")
        return f"{self._address()}/#/{channel}/{thread}"

    async def reader_of(self, request: web.Request) -> Person | None:
        """Whom a page of this server's acts as, for what others serve; None for anybody who is not signed in."""
        return await self._auth.reader(request)

    @property
    def pretends(self) -> bool:
        """Whether whoever was given the link acts as anybody."""
        return self._workspace.pretends

    def entrance(self, url: str) -> str:
        """The link to open, below the server's address; with its secret where that opens anything."""
        return f"{url}/?token={self._token}" if self.pretends else url

    def replace(
        self,
        *,
        people: Iterable[WorkspacePerson],
        channels: Iterable[WorkspaceChannel],
        desk_name: str | None = None,
        language: str | None = None,
        pretends: bool | None = None,
    ) -> None:
        """Put a reloaded configuration in force; what is not given stays."""
        self._workspace.replace(
            people=people,
            channels=channels,
            language=language or self._workspace.language,
            pretends=self._workspace.pretends if pretends is None else pretends,
        )
        self._desk_name = desk_name or self._desk_name

    @property
    def is_quiet(self) -> bool:
        """Whether everything said has been taken in, for whoever waits for what follows from it."""
        return self._event_queue.is_quiet

    async def health(self) -> PartHealth:
        """Of the workspace's own messages. Raises StorageUnavailable when they cannot be read or written."""
        await self._store.run(lambda database: database.execute("SELECT 1 FROM messages LIMIT 1").fetchone())
        await self._store.must_be_writable()
        return PartHealth(condition=HealthLevel.READY, detail=words(FALLBACK, "operations.database_works"))

    async def listen(self, intake: Intake) -> None:
        """Pass on what people do, beginning with what waited; returns when closed."""
        await self._event_queue.begin(intake)
        await self._closed.wait()

    async def deliver(self, message: OutboundMessage) -> Delivery:
        content = message.content
        if isinstance(content, Home):
            return self._show_home(message, content)
        if isinstance(content, ThreadHeader):
            return shows_no(content, platform=PLATFORM.capitalize())
        refusal = self._why_not(message)
        if refusal is not None:
            return refusal
        posting = DeskPosts(
            message=message,
            content=content,
            at=self._clock.now(),
            text_limit=TEXT_LIMIT,
            shortened=words(
                message.language, "platforms.shortened", command=self._event_queue.command_for("show")
            ),
        )
        try:
            outcome = await self._store.run(lambda database: desk_posts.make_so(database, posting))
        except StorageUnavailable as error:
            reason = sentence("deliveries.database_unavailable", reason=error.sentence)
            return Postponed(RETRY_S, reason)
        self._live.show(outcome.changed)
        return outcome.delivery

    @property
    def is_connected(self) -> bool:
        return not self._closed.is_set()

    @property
    def outage(self) -> None:
        """There is nothing between the page and the desk that could fail alone."""

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        """Channels that the desk uses and the workspace does not have."""
        wanted = [place.channel for place in desk.inboxes.values()]
        for team in desk.teams.values():
            wanted += [team.channel, *([team.escalation_channel] if team.escalation_channel else [])]
        return [
            Finding.error(sentence("deliveries.web_no_channel", channel=channel.channel))
            for channel in dict.fromkeys(wanted)
            if channel.platform == self.name and self._workspace.channel(channel.channel) is None
        ]

    async def look(self) -> FirstLook:
        return self._workspace.look(self.name)

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str]:
        return frozenset(addresses) & {
            person.email.lower() for person in self._workspace.people if person.email
        }

    async def part(self) -> None:
        """End the pages' live connections; they come back when there is a server again."""
        await self._live.close()

    async def close(self) -> None:
        """Events under way finish; what still waits is kept for the next start."""
        await self._event_queue.close()
        await self._live.close()
        await self._store.close()
        self._closed.set()

    def _show_home(self, message: OutboundMessage, home: Home) -> Delivery:
        """On the pages that its person has open; nobody else hears of it, and it is kept nowhere."""
        person = id_in_workspace(message.address.channel.home_of or "")
        self._live.tell(person, {"type": "home", "home": home_json(home, language=message.language)})
        return Delivered(())

    def _why_not(self, message: OutboundMessage) -> Delivery | None:
        channel = message.address.channel
        if channel.platform == self.name and self._workspace.channel(channel.channel) is not None:
            return None
        if message.content is None:
            return Delivered(())  # nobody sees it there any more
        if channel.is_direct:
            return RefusedByPlatform(sentence("deliveries.web_no_person", person=channel.channel))
        return RefusedByPlatform(sentence("deliveries.web_no_channel", channel=channel.channel))

    def _person(self, person_id: str) -> Person | None:
        person = self._workspace.person(person_id)
        return None if person is None else person.as_person()

    async def _tell(self, event: InboundEvent, reply: Reply) -> None:
        """A private answer to a message, shown on its author's open pages."""
        shown: dict[str, Any] = {
            "type": "private",
            "channel": event.location.channel.channel,
            "thread": event.location.thread,
            "reply": await self._dependencies.answering.shown(reply, event.actor),
        }
        self._live.tell(id_in_workspace(event.actor.key), shown)

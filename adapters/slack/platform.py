"""Slack as a chat platform. People's side: Bolt, over HTTP, a socket or both. The desk's side: `deliver`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime

from aiohttp import web
from slack_bolt import BoltResponse

from adapters.kit.outcomes import Unsure, not_yet
from adapters.kit.rate_limits import Busy
from adapters.slack.api.addresses import Identity, Json, message_url
from adapters.slack.api.calls import Calls, SlackRefused, scopes_in
from adapters.slack.api.dm_channels import DmChannels
from adapters.slack.api.downloads import Downloads
from adapters.slack.api.errors import sign_in_refused
from adapters.slack.api.people import People
from adapters.slack.api.rate_limiter import RateLimiter
from adapters.slack.api.uploads import Uploads
from adapters.slack.capabilities import CAPABILITIES, PLATFORM
from adapters.slack.delivery.delivery import SlackDelivery
from adapters.slack.delivery.pictures import Pictures
from adapters.slack.delivery.posts import Posts
from adapters.slack.delivery.private_replies import PrivateReplies
from adapters.slack.diagnostics import SlackDiagnostics
from adapters.slack.events.bolt_app import NotListening, bolt_app
from adapters.slack.events.directory_sync import DirectorySync
from adapters.slack.events.handler import EventHandler
from adapters.slack.events.history import History
from adapters.slack.events.http_endpoint import HttpEndpoint
from adapters.slack.events.inbound import is_own_post
from adapters.slack.events.socket import Socket
from adapters.slack.first_look import look_around
from adapters.slack.interactions.router import InteractionRouter
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.errors import HistoryUnavailable
from bot.domain.findings import Finding
from bot.domain.sentence import Sentence, sentence
from bot.messages.delivery import Delivery
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import MessageLink, OutboundMessage
from bot.outage import Outage
from bot.ports.file_store import FileStore
from bot.ports.first_look import FirstLook
from bot.ports.intake import Intake
from bot.ports.platform import Platform, ThreadRef

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0


class SlackPlatform:
    """`signing_secret` opens the way over HTTP, `app_token` the one over a socket; one of them is needed.

    `scale`: real seconds for each second of Slack's rate limits.
    """

    name = PLATFORM

    def __init__(
        self,
        *,
        bot_token: str,
        signing_secret: str | None,
        app_token: str | None,
        api_url: str,
        files: FileStore,
        file_limit: int,
        scale: float = 1.0,
    ) -> None:
        self._calls = Calls(token=bot_token, api_url=api_url, limiter=RateLimiter(scale=scale))
        self._identity: Identity | None = None
        self._intake: Intake | None = None
        self._closed = asyncio.Event()
        self._connecting = Outage("the connection to Slack")
        self._people = People(self._calls)
        dm_channels = DmChannels(self._calls)
        posts = Posts(self._calls)
        uploads = Uploads(self._calls, store=files, limit=file_limit)
        replies = PrivateReplies(self._calls, dm_channels, Pictures(uploads, scale=scale))
        self._directory_sync = DirectorySync(self._calls, people=self._people)
        self._handler = EventHandler(
            calls=self._calls,
            people=self._people,
            dm_channels=dm_channels,
            posts=posts,
            downloads=Downloads(self._calls, api_url=api_url),
            replies=replies,
        )
        self._router = InteractionRouter(people=self._people, handler=self._handler, replies=replies)
        self._history = History(self._calls, dm_channels=dm_channels, handler=self._handler)
        self._delivery = SlackDelivery(
            calls=self._calls,
            posts=posts,
            uploads=uploads,
            dm_channels=dm_channels,
            people=self._people,
        )
        self._doctor = SlackDiagnostics(self._calls, app_token=app_token)
        app = bolt_app(self, client=self._calls.client, signing_secret=signing_secret or "")
        self._endpoint = (
            HttpEndpoint(
                app.async_dispatch,
                hear=self._hear_over_http,
                signing_secret=signing_secret,
                is_own_post=self._is_own_post,
            )
            if signing_secret
            else None
        )
        self._socket = (
            Socket(app, client=self._calls.client, app_token=app_token, was_away=self._was_away)
            if app_token
            else None
        )

    def parts(self) -> Platform:
        """As the desk sees it."""
        return Platform(
            capabilities=CAPABILITIES,
            sender=self,
            receiver=self,
            history=self,
            diagnostics=self,
            links=self,
            directory=self,
            workspace=lambda: self._identity.team if self._identity is not None else "",
        )

    def routes(self) -> list[web.RouteDef]:
        """To mount on the HTTP server; none when Slack reaches the desk by socket alone."""
        return self._endpoint.routes() if self._endpoint is not None else []

    @property
    def is_connected(self) -> bool:
        if self._intake is None or self._identity is None or self._closed.is_set():
            return False
        return self._socket is None or self._socket.is_connected

    @property
    def outage(self) -> Sentence | None:
        return self._connecting.cause or (self._socket.outage if self._socket is not None else None)

    async def listen(self, intake: Intake) -> None:
        """Learn who the desk is here, then take what people do; returns when closed."""
        if not await self._introduce():
            return
        await self._people.begin(team=self.identity.team)
        self._intake = intake
        works = [self._directory_sync.run(intake), self._closed.wait()]
        works += [self._socket.run()] if self._socket is not None else []
        tasks = [asyncio.ensure_future(work) for work in works]
        done, going_on = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in going_on:
            task.cancel()
        await asyncio.gather(*going_on, return_exceptions=True)
        for task in done:
            task.result()

    async def deliver(self, message: OutboundMessage) -> Delivery:
        if self._identity is None:
            return not_yet("Slack", after_s=FIRST_PAUSE_S)
        return await self._delivery.deliver(message, self._identity)

    def address_of(self, message: MessageLink) -> str:
        """None before Slack was reached, and in direct messages, whose channels the desk knows by their readers."""
        if self._identity is None or message.channel.is_direct:
            return ""
        return message_url(self._identity, message.channel.channel, message.message_id)

    async def close(self) -> None:
        """Take nothing more, let what is under way finish, and hang up."""
        self._closed.set()
        if self._socket is not None:
            await self._socket.close()
        await self._handler.close()
        await self._people.close()
        await self._calls.close()

    async def past_events(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        if self._identity is None or self._intake is None:
            raise HistoryUnavailable(sentence("deliveries.history_disconnected", platform="Slack"))
        events = self._history.read(
            channel, since=since, thread=thread, intake=self._intake, identity=self._identity
        )
        async for event in events:
            yield event

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        return await self._history.quiet_threads(threads, since=since)

    async def direct_channels(self) -> Sequence[ChannelRef]:
        return await self._history.direct_channels()

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        return await self._doctor.examine(desk)

    async def look(self) -> FirstLook:
        if self._identity is None:
            return FirstLook()
        return await look_around(self._calls, place=PLATFORM.capitalize())

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str] | None:
        return await self._doctor.known_addresses(addresses)

    @property
    def identity(self) -> Identity:
        """Raises NotListening until Slack has said it."""
        if self._identity is None:
            raise NotListening
        return self._identity

    async def hear(self, event: Json) -> BoltResponse:
        return await self._handler.hear(event, self._listening, self.identity)

    async def _hear_over_http(self, event: Json) -> BoltResponse:
        """What Bolt would do about one who does not listen; the desk's own words it would pass over."""
        if self._identity is not None and self._identity.wrote(event):
            return BoltResponse(status=200)
        try:
            return await self.hear(event)
        except NotListening:
            return BoltResponse(status=503)

    async def command(self, payload: Json) -> Json:
        return await self._router.command(payload, self._listening, self.identity)

    async def press(self, payload: Json) -> None:
        await self._router.press(payload, self._listening, self.identity)

    async def submission(self, payload: Json) -> Json:
        return await self._router.submission(payload, self._listening, self.identity)

    async def closing(self, payload: Json) -> None:
        self._router.closing(payload, self._listening)

    async def shortcut(self, payload: Json) -> None:
        await self._router.shortcut(payload, self._listening, self.identity)

    def _is_own_post(self, payload: str) -> bool:
        return self._identity is not None and is_own_post(payload, self._identity)

    @property
    def _listening(self) -> Intake:
        if self._intake is None or self._closed.is_set():
            raise NotListening
        return self._intake

    async def _introduce(self) -> bool:
        """Ask Slack who the desk is until it says so; False when closed before that."""
        pause = FIRST_PAUSE_S
        while not self._closed.is_set():
            try:
                answer = await self._calls.call("auth.test")
            except SlackRefused as refused:
                self._connecting.failed(sign_in_refused(refused))
            except (Unsure, Busy) as error:
                unreachable = sentence("operations.slack_unreachable_because", error=str(error))
                self._connecting.failed(unreachable)
            else:
                self._connecting.worked()
                self._identity = _identity(answer)
                self._delivery.granted(self._identity.scopes)
                return True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
        return False

    async def _was_away(self, since: datetime, until: datetime) -> None:
        if self._intake is not None:
            await self._intake.was_away(PLATFORM, since=since, until=until)


def _identity(answer: Json) -> Identity:
    """https://docs.slack.dev/reference/methods/auth.test"""
    return Identity(
        user=str(answer["user_id"]),
        bot=str(answer.get("bot_id") or ""),
        team=str(answer["team_id"]),
        name=str(answer.get("user") or "deskbell"),
        url=str(answer["url"]),
        scopes=scopes_in(answer["headers"]),
    )

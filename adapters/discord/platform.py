"""Discord as a chat platform. People's side: the gateway, through discord.py. The desk's side: `deliver`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord.api.addresses import Identity, Json
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.client import GUILD_MEMBERS, MESSAGE_CONTENT, DeskClient, StartsUsedUp, intents_for
from adapters.discord.api.errors import reason_of, reason_of_look
from adapters.discord.api.rate_limiter import RateLimiter
from adapters.discord.capabilities import CAPABILITIES, PLATFORM
from adapters.discord.diagnostics import DiscordDiagnostics
from adapters.discord.permissions import invite_link
from adapters.discord.server_choices import look_around
from adapters.discord.session import Session
from adapters.kit.outcomes import Unsure, not_yet
from adapters.kit.rate_limits import Busy
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
from bot.text.error_text import english

log = structlog.get_logger(__name__)

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
STARTS_LOOK_S = 300.0
"""How often it is asked whether the desk may begin sessions again."""
UNANSWERED = (aiohttp.ClientError, TimeoutError, OSError, discord.DiscordException, StartsUsedUp)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ConnectionEnd:
    """Why a connection ended or did not come about, whether it was one, and how long to wait at least."""

    reason: Sentence
    was_in: bool = False
    wait_s: float = 0.0


class DiscordPlatform:
    """`api_url` is where the REST API is, which says where the gateway is.

    `scale`: real seconds for each second of Discord's rate limits.
    """

    name = PLATFORM

    def __init__(
        self, *, bot_token: str, api_url: str, files: FileStore, file_limit: int, scale: float = 1.0
    ) -> None:
        self._token = bot_token
        self._api_url = api_url
        self._files = files
        self._file_limit = file_limit
        self._scale = scale
        self._session: Session | None = None
        self._intake: Intake | None = None
        self._opening: asyncio.Task[tuple[DeskClient, Identity]] | None = None
        self._heard_until: datetime | None = None
        """When the last connection ended, where there was one: what was said since then nobody has heard."""
        self._closed = asyncio.Event()
        self._connection = Outage("the connection to Discord")

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
        )

    @property
    def is_connected(self) -> bool:
        return self._session is not None and self._session.client.is_listening and not self._closed.is_set()

    @property
    def outage(self) -> Sentence | None:
        return self._connection.cause

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was heard is still on its way to the desk, for whoever waits for what follows."""
        return self._session is None or self._session.is_quiet

    async def listen(self, intake: Intake) -> None:
        """Connect, and connect anew when that ends, until closed. An outage is told once."""
        self._intake = intake
        pause = FIRST_PAUSE_S
        while not self._closed.is_set():
            ending = await self._connect(intake)
            if self._closed.is_set():
                return
            if ending.was_in:
                pause = FIRST_PAUSE_S
            self._connection.failed(ending.reason)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), max(pause, ending.wait_s) * self._scale)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def deliver(self, message: OutboundMessage) -> Delivery:
        session = self._session
        if session is None:
            return not_yet("Discord", after_s=FIRST_PAUSE_S * self._scale)
        return await session.delivery.deliver(message, session.identity)

    def address_of(self, message: MessageLink) -> str:
        session = self._session
        return session.link_of(message) if session is not None else ""

    async def close(self) -> None:
        self._closed.set()
        if self._opening is not None:
            self._opening.cancel()
        if self._session is not None:
            await self._session.close()

    async def past_events(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        session, intake = self._session, self._intake
        if session is None or intake is None or self._closed.is_set():
            raise HistoryUnavailable(sentence("deliveries.history_disconnected", platform="Discord"))
        async for event in session.history.read(channel, since=since, thread=thread, intake=intake):
            yield event

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        session = self._session
        return frozenset() if session is None else await session.history.quiet_threads(threads, since=since)

    async def direct_channels(self) -> Sequence[ChannelRef]:
        """Discord lists nobody's direct messages to a bot; those of tickets are known to the desk."""
        return ()

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        """Over a client of its own, for a desk that is examined need not be running."""
        client = DeskClient(intents=discord.Intents(guilds=True), scale=self._scale)
        try:
            await self._log_in(client)
            return await DiscordDiagnostics(
                Calls(client.http, limiter=RateLimiter(scale=self._scale))
            ).examine(desk)
        except UNANSWERED as error:
            return [Finding.error(reason_of_look(error))]
        finally:
            await client.close()

    async def look(self) -> FirstLook:
        """Over the connection that there is: without one, nothing is there to choose."""
        session = self._session
        if session is None:
            return FirstLook()
        try:
            return await look_around(session.calls)
        except (DiscordRefused, Unsure, Busy) as error:
            return FirstLook(
                findings=[Finding.error(sentence("operations.discord_no_answer", error=str(error)))]
            )

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str]:
        """None at all: Discord shows no bot anybody's address."""
        del addresses
        return frozenset()

    async def _connect(self, intake: Intake) -> _ConnectionEnd:
        """One connection from beginning to end."""
        try:
            client, identity = await self._let_in()
        except StartsUsedUp as error:
            return _ConnectionEnd(reason=reason_of(error), wait_s=min(error.after_s, STARTS_LOOK_S))
        except UNANSWERED as error:
            return _ConnectionEnd(reason=reason_of(error))
        session = Session(
            client,
            identity=identity,
            intake=intake,
            outage=self._connection,
            files=self._files,
            file_limit=self._file_limit,
            scale=self._scale,
        )
        self._session = session
        reason = sentence("operations.discord_closed_plainly")
        try:
            await session.run()
        except UNANSWERED as error:
            reason = reason_of(error)
        except Exception:
            # discord.py ends a connection over what it does not understand; the desk goes on, and reads it later.
            log.exception("the connection to Discord ended over something that was not understood")
            reason = sentence("operations.discord_unexpected")
        finally:
            self._session = None
            if client.was_listening:
                self._heard_until = client.heard_until
            await session.close()
        return _ConnectionEnd(reason=reason, was_in=client.was_listening)

    async def _let_in(self) -> tuple[DeskClient, Identity]:
        """Raises as discord.py does, and TimeoutError when the desk is closed meanwhile."""
        self._opening = asyncio.create_task(self._open(), name="entering Discord")
        try:
            return await self._opening
        except asyncio.CancelledError:
            if self._closed.is_set():
                raise TimeoutError from None
            raise
        finally:
            self._opening = None

    async def _open(self) -> tuple[DeskClient, Identity]:
        """A client that has logged in, with the intents that the application was granted."""
        scout = DeskClient(intents=discord.Intents(guilds=True), scale=self._scale)
        try:
            application = await self._log_in(scout)
        finally:
            await scout.close()
        flags = int(application.get("flags") or 0)
        _tell_missing(flags)
        client = DeskClient(intents=intents_for(flags), scale=self._scale, away_since=self._heard_until)
        try:
            await self._log_in(client)
            await client.find_gateway()
        except BaseException:
            await client.close()
            raise
        user: Any = client.user
        name = str(application.get("name") or user.name)
        log.info("the desk is in Discord", name=name, invite=invite_link(int(application["id"])))
        return client, Identity(application=int(application["id"]), user=int(user.id), name=name)

    async def _log_in(self, client: DeskClient) -> Json:
        """https://discord.com/developers/docs/resources/application#get-current-application"""
        discord.http.Route.BASE = self._api_url
        await client.login(self._token)
        application: Json = await client.http.request(discord.http.Route("GET", "/applications/@me"))
        return application


def _tell_missing(flags: int) -> None:
    if not flags & MESSAGE_CONTENT:
        log.warning(english(sentence("operations.discord_intent_messages")))
    if not flags & GUILD_MEMBERS:
        log.warning(english(sentence("operations.discord_intent_members")))

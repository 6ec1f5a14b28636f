"""The sending side alone: the real client logged in over REST, and a Discord on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord

from adapters.discord.api.addresses import Identity
from adapters.discord.api.calls import Calls
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.rate_limiter import RateLimiter
from adapters.discord.delivery.delivery import DiscordDelivery
from bot.domain.directory import ChannelRef
from bot.messages.delivery import Delivered, Delivery, Postponed
from bot.messages.outbound import Address, Content, OutboundMessage
from tests.adapters.doubles import MemoryFiles
from tests.fakes.discord import DiscordServer, Person, Seen
from tests.fakes.discord.world.records import MessageType, Thread
from tests.fakes.selftests.discord.discord_client import logged_in

FILE_LIMIT = 50_000_000
SCALE = 0.01
MOST_WAITS = 5
WORDS = (MessageType.DEFAULT, MessageType.REPLY)


@dataclass
class Sending:
    """`ana` and `bo` are members; #help and #team are there, and a forum."""

    server: DiscordServer
    client: discord.Client
    ana: Person
    bo: Person
    files: MemoryFiles = field(default_factory=MemoryFiles)
    calls: Calls = field(init=False)
    channel_cache: ChannelCache = field(init=False)
    delivery: DiscordDelivery = field(init=False)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self, *, limiter: RateLimiter | None = None) -> None:
        """From now on it is another process, which remembers nothing."""
        scale = self.server.pace.scale
        self.calls = Calls(self.client.http, limiter=limiter or RateLimiter(scale=scale))
        self.channel_cache = ChannelCache(self.calls, client=self.client)
        self.delivery = DiscordDelivery(
            calls=self.calls,
            channel_cache=self.channel_cache,
            dm_channels=DmChannels(self.calls),
            files=self.files,
            file_limit=FILE_LIMIT,
            scale=scale,
        )

    @property
    def identity(self) -> Identity:
        world = self.server.world
        return Identity(application=world.application.id, user=world.bot.id, name="Deskbell")

    def ref(self, channel: str) -> ChannelRef:
        """`channel` is a name, or `@ana` for her direct messages."""
        if channel.startswith("@"):
            return ChannelRef.direct(f"discord:{self.server.person(channel[1:]).id}")
        return ChannelRef("discord", str(self.server.channel_named(channel).id))

    async def deliver(self, message: OutboundMessage) -> Delivery:
        return await self.delivery.deliver(message, self.identity)

    async def send(
        self,
        key: str,
        content: Content | None,
        *,
        channel: str = "help",
        thread: str | int | None = None,
        **more: Any,
    ) -> Delivery:
        """`more` is of the outbound message."""
        where = Address(channel=self.ref(channel), thread=None if thread is None else str(thread))
        wanted_at = more.pop("wanted_at", self.server.pace.now())
        message = OutboundMessage(key=key, address=where, content=content, wanted_at=wanted_at, **more)
        return await self.deliver(message)

    async def show(self, key: str, content: Content | None, **more: Any) -> tuple[str, ...]:
        """Send what must succeed; the marks of its parts.

        Where Discord's limits ask for patience it is sent again after the wait, as the outbox's worker does.
        """
        answer = await self.send(key, content, **more)
        for _ in range(MOST_WAITS):
            if not isinstance(answer, Postponed) or answer.is_counted:
                break
            await asyncio.sleep(answer.after_s)
            answer = await self.send(key, content, **more)
        assert isinstance(answer, Delivered), answer
        return answer.parts

    def thread(self, root: str | int) -> Thread:
        return self.server.world.threads[int(root)]

    def said(self, target: str | Thread, who: Person | None = None) -> list[Seen]:
        """What the desk said there, as Ana sees it unless somebody else looks."""
        return [each for each in (who or self.ana).reads(target) if each.is_bot and each.kind in WORDS]


@asynccontextmanager
async def sending(*, scale: float = SCALE, **options: Any) -> AsyncIterator[Sending]:
    async with DiscordServer.running(scale=scale, **options) as server, logged_in(server) as client:
        ana, bo = server.person("ana"), server.person("bo")
        server.channel("help")
        server.channel("team")
        server.forum("questions", tags=["open", "on hold", "urgent", "Network", "mine"])
        yield Sending(server, client, ana, bo)

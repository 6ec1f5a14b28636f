"""The sending side alone: the real client logged in over REST, and a Discord on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.discord.addresses import Identity
from adapters.discord.calls import Calls
from adapters.discord.delivery import DiscordDelivery
from adapters.discord.directs import Directs
from adapters.discord.gate import Gate
from adapters.discord.rooms import Rooms
from bot.domain.directory import ChannelRef
from bot.messages.outbound import Delivery, OutboundMessage
from tests.adapters.doubles import MemoryFiles
from tests.servers.discord import DiscordServer, Person
from tests.servers.discord_client import logged_in

FILE_LIMIT = 50_000_000


@dataclass
class Sending:
    """`ana` and `bo` are members; #help and #team are there, and a forum."""

    server: DiscordServer
    delivery: DiscordDelivery
    rooms: Rooms
    identity: Identity
    files: MemoryFiles
    ana: Person
    bo: Person

    def ref(self, channel: str) -> ChannelRef:
        return ChannelRef("discord", str(self.server.channel_named(channel).id))

    async def deliver(self, message: OutboundMessage) -> Delivery:
        return await self.delivery.deliver(message, self.identity)


@asynccontextmanager
async def sending(*, scale: float = 0.01, **options: Any) -> AsyncIterator[Sending]:
    async with DiscordServer.running(scale=scale, **options) as server, logged_in(server) as client:
        ana, bo = server.person("ana"), server.person("bo")
        server.channel("help")
        server.channel("team")
        server.forum("questions", tags=["open", "urgent", "Network"])
        yield made_of(server, client, ana=ana, bo=bo, scale=scale)


def made_of(server: DiscordServer, client: Any, *, ana: Person, bo: Person, scale: float) -> Sending:
    """A sending side that remembers nothing, as after a restart."""
    calls = Calls(client.http, gate=Gate(scale=scale))
    rooms, files = Rooms(calls, client=client), MemoryFiles()
    delivery = DiscordDelivery(
        calls=calls, rooms=rooms, directs=Directs(calls), files=files, file_limit=FILE_LIMIT, scale=scale
    )
    bot = server.world.bot.id
    identity = Identity(application=server.world.application.id, user=bot, name="Deskbell")
    return Sending(server, delivery, rooms, identity, files, ana, bo)

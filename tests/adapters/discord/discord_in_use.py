"""The adapter in use: the real platform, a Discord server on loopback, and a desk behind it that records."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.discord.platform import DiscordPlatform
from bot.domain.directory import ChannelRef
from bot.ports.intake import CommandHelp
from tests.adapters.doubles import MemoryFiles, RecordingIntake
from tests.fakes.discord import DiscordServer, Person
from tests.fakes.selftests.discord.discord_client import leading_to

FILE_LIMIT = 50_000_000
SCALE = 0.01


@dataclass
class DiscordInUse:
    """`ana` asks, `bo` is a helper; #help is for everybody, #team for helpers, and there is a forum."""

    server: DiscordServer
    platform: DiscordPlatform
    intake: RecordingIntake
    files: MemoryFiles
    ana: Person
    bo: Person

    def ref(self, channel: str) -> ChannelRef:
        return ChannelRef("discord", str(self.server.channel_named(channel).id))


@asynccontextmanager
async def discord_in_use(
    *, scale: float = SCALE, helps: Sequence[CommandHelp] = (), **options: Any
) -> AsyncIterator[DiscordInUse]:
    """`scale`: real seconds for each of Discord's, in the server and in the adapter alike."""
    async with DiscordServer.running(scale=scale, **options) as server:
        ana, bo = server.person("ana"), server.person("bo")
        helpers = server.role("helpers", [bo])
        server.channel("help")
        server.channel("team", private_to=[helpers])
        server.forum("questions", tags=["open", "urgent", "Network"])
        files, intake = MemoryFiles(), RecordingIntake()
        intake.helps = helps
        platform = platform_on(server, files, scale=scale)
        with leading_to(server):
            listening = asyncio.create_task(platform.listen(intake))
            try:
                await server.until(lambda: platform.is_connected, "the desk is connected")
                yield DiscordInUse(server, platform, intake, files, ana, bo)
            finally:
                await platform.close()
                await listening


@asynccontextmanager
async def started_anew(in_use: DiscordInUse) -> AsyncIterator[DiscordPlatform]:
    """The desk stops and starts again, and remembers nothing."""
    await in_use.platform.close()
    platform = platform_on(in_use.server, in_use.files)
    listening = asyncio.create_task(platform.listen(in_use.intake))
    try:
        await in_use.server.until(lambda: platform.is_connected, "the desk is connected again")
        yield platform
    finally:
        await platform.close()
        await listening


def platform_on(server: DiscordServer, files: MemoryFiles, *, scale: float = SCALE) -> DiscordPlatform:
    return DiscordPlatform(
        bot_token=server.token, api_url=server.api_url, files=files, file_limit=FILE_LIMIT, scale=scale
    )

"""What people and the bot say: read back by both, edited, answered and taken away."""

from collections.abc import AsyncIterator

import discord
import pytest

from tests.servers.discord import DiscordServer
from tests.servers.discord_client import logged_in


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.01) as running:
        running.channel("help")
        yield running


async def test_the_bot_posts_and_a_person_reads_it(server: DiscordServer) -> None:
    ana = server.person("ana")
    async with logged_in(server) as client:
        await client.http.request(
            discord.http.Route(
                "POST", "/channels/{channel_id}/messages", channel_id=server.channel_named("help").id
            ),
            json={"content": "hello"},
        )
    assert [(seen.author, seen.text) for seen in ana.reads("help")] == [("Deskbell", "hello")]

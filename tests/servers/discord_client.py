"""The real discord.py, led to the test server: REST alone, without a gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.servers.discord import DiscordServer


@asynccontextmanager
async def logged_in(server: DiscordServer) -> AsyncIterator[discord.Client]:
    """A client whose requests go to the server for as long as it is open."""
    addresses = discord.http.Route.BASE, discord.asset.Asset.BASE
    discord.http.Route.BASE, discord.asset.Asset.BASE = server.api_url, server.cdn_url
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    try:
        await client.login(server.token)
        yield client
    finally:
        await client.close()
        discord.http.Route.BASE, discord.asset.Asset.BASE = addresses

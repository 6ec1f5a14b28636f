"""Two ways to the test server: the real discord.py (REST alone, without a gateway), and plain requests."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
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


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> int:
        """Discord's own error code; 0 for none."""
        return int(self.body.get("code", 0)) if isinstance(self.body, dict) else 0

    @property
    def refusal(self) -> tuple[int, int]:
        return self.status, self.code

    def problem(self, path: str) -> tuple[str, str]:
        """The first thing that is wrong at this place of the body: its code and sentence."""
        assert self.refusal == (400, 50035), self.body
        where = self.body["errors"]
        for step in filter(None, path.split(".")):
            where = where[step]
        first = where["_errors"][0]
        return first["code"], first["message"]


class Api:
    """Requests in JSON with the bot's token, answered or refused."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self._url = server.api_url
        self._session = session
        self.token = server.token

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        headers = {"Authorization": f"Bot {self.token}"}
        async with self._session.request(
            method, self._url + path, json=body, params=query, headers=headers
        ) as response:
            is_json = response.content_type == "application/json"
            told = await response.json() if is_json else await response.text()
            return Answer(response.status, told, dict(response.headers))

    async def done(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The body of what was taken."""
        answer = await self.ask(method, path, body, **query)
        assert answer.status < 300, (answer.status, answer.body)
        return answer.body


@asynccontextmanager
async def plain_requests(server: DiscordServer) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(server, session)

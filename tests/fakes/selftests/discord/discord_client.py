"""Ways to the test server: the real discord.py, with and without the gateway, and plain requests."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from yarl import URL

from tests.fakes.discord import DiscordServer


@contextmanager
def leading_to(server: DiscordServer) -> Iterator[None]:
    """discord.py goes to this server instead of Discord.

    `DEFAULT_GATEWAY` too: a client whose session was invalidated asks nobody for the gateway and goes there.
    """
    before = (
        discord.http.Route.BASE,
        discord.asset.Asset.BASE,
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY,
    )
    discord.http.Route.BASE, discord.asset.Asset.BASE = server.api_url, server.cdn_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(server.gateway_url)
    try:
        yield
    finally:
        discord.http.Route.BASE, discord.asset.Asset.BASE = before[:2]
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before[2]


@asynccontextmanager
async def logged_in(server: DiscordServer) -> AsyncIterator[discord.Client]:
    """A client for REST alone."""
    with leading_to(server):
        client = discord.AutoShardedClient(intents=discord.Intents.none())
        try:
            await client.login(server.token)
            yield client
        finally:
            await client.close()


class Listener(discord.AutoShardedClient):
    """Writes down every event of the gateway, and goes on at once where discord.py would wait five seconds."""

    def __init__(self, intents: discord.Intents) -> None:
        # discord.py waits this long after the last guild before it calls itself ready.
        super().__init__(
            intents=intents, enable_debug_events=True, max_messages=None, guild_ready_timeout=0.1
        )
        self.heard: list[dict[str, Any]] = []
        self.answer: Callable[[discord.Interaction], Awaitable[Any]] | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass

    async def on_socket_raw_receive(self, message: str) -> None:
        self.heard.append(json.loads(message))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if self.answer is not None:
            await self.answer(interaction)

    def events(self, name: str) -> list[dict[str, Any]]:
        return [packet["d"] for packet in self.heard if packet.get("t") == name]

    def said(self) -> list[str]:
        return [message["content"] for message in self.events("MESSAGE_CREATE")]


@asynccontextmanager
async def listening(server: DiscordServer, intents: discord.Intents | None = None) -> AsyncIterator[Listener]:
    """A client that is ready, with every intent unless told otherwise."""
    with leading_to(server):
        client = Listener(intents if intents is not None else discord.Intents.all())
        running = asyncio.create_task(client.start(server.token))
        ready = asyncio.create_task(client.wait_until_ready())
        try:
            await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
            if running.done():
                running.result()
            assert ready.done(), "the client never became ready"
            yield client
        finally:
            ready.cancel()
            await client.close()
            running.cancel()
            await asyncio.gather(running, ready, return_exceptions=True)


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

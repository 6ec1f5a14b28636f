"""The gateway: https://discord.com/developers/docs/events/gateway.

One `Connection` per socket. A test may cut it, hold connections back (the app is away), ask for a reconnect or
invalidate sessions.
"""

import asyncio
import secrets

from aiohttp import web

from tests.fakes.discord.gateway.connection import Connection
from tests.fakes.discord.gateway.intents import Intent
from tests.fakes.discord.gateway.sessions import Session, Sessions
from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.rates import Window
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.world import World

HEARTBEAT_S = 41.25
SHORTEST_HEARTBEAT_S = 1.0
# Real seconds that a heartbeat may come late: a small machine's own hiccups are no lost connection.
PATIENCE_S = 20.0
# https://discord.com/developers/docs/events/gateway#sharding
MOST_GUILDS = 2500
# https://discord.com/developers/docs/events/gateway#session-start-limit-object
IDENTIFIES_A_DAY = 1000
IDENTIFYING = Window(1, 5)


class Gateway:
    def __init__(self, world: World, payloads: Payloads, pace: Pace, *, url: str) -> None:
        self.world = world
        self.payloads = payloads
        self.pace = pace
        self.url = url
        self.sessions = Sessions(world, pace)
        self.connections: set[Connection] = set()
        self.shards = 1
        self.identifies_left = IDENTIFIES_A_DAY
        self.heartbeat_s = max(pace.real(HEARTBEAT_S), SHORTEST_HEARTBEAT_S)  # real seconds
        self.patience_s = PATIENCE_S
        self.is_identifying_limited = True
        self._identified_at: dict[int, float] = {}  # by shard
        self._open = asyncio.Event()
        self._open.set()

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", "/gateway/bot", self.bot_gateway),
            Endpoint("GET", "/gateway", lambda call: {"url": self.url}, needs_token=False),
        ]

    def bot_gateway(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/events/gateway#get-gateway-bot."""
        return {
            "url": self.url,
            "shards": self.shards,
            "session_start_limit": {
                "total": IDENTIFIES_A_DAY,
                "remaining": self.identifies_left,
                "reset_after": 14_400_000,
                "max_concurrency": IDENTIFYING.limit,
            },
        }

    async def accept(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await socket.prepare(request)
        connection = Connection(self, socket, request.query)
        self.connections.add(connection)
        try:
            # Who is held back waits for the hello, which clients wait for long.
            await self._open.wait()
            await connection.run()
        finally:
            self.connections.discard(connection)
        return socket

    # --- what a test does to it ---

    async def cut(self, *, resumable: bool = True) -> None:
        """Drop every connection without a word; `resumable=False` forgets the sessions too."""
        if not resumable:
            self.sessions.alive.clear()
        for connection in list(self.connections):
            await connection.drop()

    def holds_back(self) -> None:
        """Nobody gets in until `lets_in`: with `cut`, the app is away."""
        self._open.clear()

    def lets_in(self) -> None:
        self._open.set()

    def asks_to_reconnect(self) -> None:
        """Opcode 7: https://discord.com/developers/docs/events/gateway-events#reconnect."""
        for connection in self.connections:
            connection.put({"op": 7, "d": None})

    def invalidates(self, *, resumable: bool = False) -> None:
        """Opcode 9: https://discord.com/developers/docs/events/gateway-events#invalid-session."""
        if not resumable:
            self.sessions.alive.clear()
        for connection in self.connections:
            connection.put({"op": 9, "d": resumable})

    def asks_for_heartbeat(self) -> None:
        """Opcode 1: https://discord.com/developers/docs/events/gateway#heartbeat-requests."""
        for connection in self.connections:
            connection.put({"op": 1, "d": None})

    async def closes(self, code: int) -> None:
        """https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes."""
        for connection in list(self.connections):
            await connection.close(code)

    async def settled(self) -> None:
        """Wait until everything that was to be sent is on the wire."""
        for connection in list(self.connections):
            await connection.flushed()

    async def shut(self) -> None:
        self._open.set()
        for connection in list(self.connections):
            await connection.close(1001)

    @property
    def is_connected(self) -> bool:
        """Whether somebody identified or resumed and is listening."""
        return any(session.send is not None for session in self.sessions.alive.values())

    # --- for connections ---

    def may_identify(self, shard: int) -> bool:
        """One identify in five seconds for each shard's turn: https://discord.com/developers/docs/events/gateway#rate-limiting."""
        now, turn = self.pace.elapsed(), shard % IDENTIFYING.limit
        before = self._identified_at.get(turn)
        if self.is_identifying_limited and before is not None and now - before < IDENTIFYING.per_s:
            return False
        self._identified_at[turn] = now
        self.identifies_left -= 1
        return True

    def needs_more_shards(self, shard: tuple[int, int]) -> bool:
        """Whether this one would have more guilds than a shard may."""
        number, count = shard
        world = self.world
        own = [
            g for g in world.guilds.values() if world.bot.id in g.members and (g.id >> 22) % count == number
        ]
        return len(own) > MOST_GUILDS

    def resets_token(self) -> None:
        """What an app gets that identifies too often in a day: its sessions end, and its token opens nothing more.

        https://discord.com/developers/docs/events/gateway#identifying
        """
        self.sessions.alive.clear()
        self.world.application.token = f"reset-{secrets.token_hex(16)}"

    def greet(self, session: Session) -> None:
        """READY, then a GUILD_CREATE for each guild of the shard.

        https://discord.com/developers/docs/events/gateway-events#ready
        """
        world = self.world
        own = [g for g in world.guilds.values() if world.bot.id in g.members and session.is_for(g.id)]
        application = world.application
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self.payloads.own_user(world.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in own],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": list(session.shard),
                "application": {"id": str(application.id), "flags": int(application.flags)},
                "session_type": "normal",
                "private_channels": [],
            },
        )
        if Intent.GUILDS in session.intents:
            for guild in own:
                session.dispatch("GUILD_CREATE", self.payloads.guild_create(guild))

    def new_session_id(self) -> str:
        return secrets.token_hex(16)

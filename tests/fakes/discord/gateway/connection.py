"""One socket of the gateway: opcodes in, opcodes and events out, in order, compressed where asked.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
"""

import asyncio
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.gateway.intents import KNOWN, PRIVILEGED, Intent
from tests.fakes.discord.gateway.member_requests import chunks
from tests.fakes.discord.gateway.sessions import Session
from tests.fakes.discord.rules.rates import Window
from tests.fakes.discord.rules.refusals import Json

if TYPE_CHECKING:
    from tests.fakes.discord.gateway.gateway import Gateway

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS = 1, 2, 3, 4, 6, 8
SENDING = Window(120, 60)  # https://discord.com/developers/docs/events/gateway#rate-limiting
LARGEST = 4096  # bytes: https://discord.com/developers/docs/events/gateway#sending-events
VERSION = "10"


class Closed(Exception):
    """Discord ends the connection with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection:
    def __init__(self, gateway: "Gateway", socket: web.WebSocketResponse, asked: Mapping[str, str]) -> None:
        """`asked`: https://discord.com/developers/docs/events/gateway#connecting-gateway-url-query-string-params."""
        self._gateway = gateway
        self._socket = socket
        self._version = asked.get("v", VERSION)
        self._compressor = zlib.compressobj() if asked.get("compress") == "zlib-stream" else None
        self._session: Session | None = None
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._over = asyncio.Event()
        self._window_began = 0.0
        self._received = 0

    async def run(self) -> None:
        """Until somebody hangs up."""
        writing = asyncio.create_task(self._write())
        self.put({"op": 10, "d": {"heartbeat_interval": int(self._gateway.heartbeat_s * 1000), "_trace": []}})
        try:
            await self._listen()
        except Closed as closed:
            await self.flushed()
            await self._socket.close(code=closed.code, message=closed.reason.encode())
        finally:
            writing.cancel()
            self._over.set()
            self._leave()

    def put(self, message: Json) -> None:
        self._outgoing.put_nowait(json.dumps(message))

    async def flushed(self) -> None:
        """Everything is on the wire, or nothing will be any more."""
        ends = [asyncio.create_task(self._outgoing.join()), asyncio.create_task(self._over.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()

    async def close(self, code: int) -> None:
        await self._socket.close(code=code)

    async def drop(self) -> None:
        """The line is cut: no close code, and nothing that was still to be sent."""
        self._leave()
        transport = self._socket._req.transport if self._socket._req is not None else None
        if transport is not None:
            transport.abort()

    async def _listen(self) -> None:
        if self._version != VERSION:
            raise Closed(4012, "Invalid API version.")
        while True:
            try:
                message = await self._socket.receive(
                    timeout=self._gateway.heartbeat_s + self._gateway.patience_s
                )
            except TimeoutError:
                raise Closed(4000, "no heartbeat came") from None
            if message.type is not WSMsgType.TEXT:
                if message.type is WSMsgType.CLOSE and message.data in (1000, 1001):
                    self._end_session()
                return
            self._take(message.data)

    def _take(self, raw: str) -> None:
        """Raises `Closed`."""
        self._count()
        if len(raw.encode()) > LARGEST:
            raise Closed(4002, "Error while decoding payload.")
        try:
            message = json.loads(raw)
            operation, content = message["op"], message.get("d")
        except (ValueError, KeyError, AttributeError, TypeError):
            raise Closed(4002, "Error while decoding payload.") from None
        if operation == HEARTBEAT:
            self.put({"op": 11})
        elif operation == IDENTIFY:
            self._identify(content)
        elif operation == RESUME:
            self._resume(content)
        elif self._session is None:
            raise Closed(4003, "Not authenticated.")
        elif operation == MEMBERS:
            for chunk in chunks(self._gateway.world, self._gateway.payloads, self._session.intents, content):
                self._session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
        elif operation not in (PRESENCE, VOICE):
            raise Closed(4001, "Unknown opcode.")

    def _identify(self, content: Json) -> None:
        """https://discord.com/developers/docs/events/gateway-events#identify."""
        if self._session is not None:
            raise Closed(4005, "Already authenticated.")
        self._check_token(content)
        shard, intents = self._shard(content), self._intents(content)
        if self._gateway.needs_more_shards(shard):
            raise Closed(4011, "Sharding required.")
        if self._gateway.identifies_left <= 0:
            self._gateway.resets_token()
            raise Closed(4004, "Authentication failed.")
        if not self._gateway.may_identify(shard[0]):
            self.put({"op": 9, "d": False})
            return
        session = self._gateway.sessions.begin(self._gateway.new_session_id(), intents=intents, shard=shard)
        self._attach(session)
        self._gateway.greet(session)

    def _resume(self, content: Json) -> None:
        """What was missed, in order, then RESUMED: https://discord.com/developers/docs/events/gateway-events#resume."""
        if self._session is not None:
            raise Closed(4005, "Already authenticated.")
        self._check_token(content)
        session = self._gateway.sessions.find(content.get("session_id"))
        if session is None:
            self.put({"op": 9, "d": False})
            return
        sequence = content.get("seq") or 0
        if sequence > session.sequence:
            raise Closed(4007, "Invalid sequence.")
        for missed in session.replay(sequence):
            self._outgoing.put_nowait(missed)
        self._attach(session)
        session.dispatch("RESUMED", {"_trace": []})

    def _check_token(self, content: Any) -> None:
        if not isinstance(content, dict):
            raise Closed(4002, "Error while decoding payload.")
        if content.get("token") != self._gateway.world.application.token:
            raise Closed(4004, "Authentication failed.")

    def _shard(self, content: Json) -> tuple[int, int]:
        """https://discord.com/developers/docs/events/gateway#sharding."""
        asked = content.get("shard") or [0, 1]
        if len(asked) != 2 or not 0 <= asked[0] < asked[1]:
            raise Closed(4010, "Invalid shard.")
        return asked[0], asked[1]

    def _intents(self, content: Json) -> Intent:
        asked = content.get("intents")
        if not isinstance(asked, int) or asked & ~int(KNOWN):
            raise Closed(4013, "Invalid intent(s).")
        for intent, granting in PRIVILEGED.items():
            if asked & intent and not self._gateway.world.application.flags & granting:
                raise Closed(4014, "Disallowed intent(s).")
        return Intent(asked)

    def _count(self) -> None:
        now = self._gateway.pace.elapsed()
        if now - self._window_began >= SENDING.per_s:
            self._window_began, self._received = now, 0
        self._received += 1
        if self._received > SENDING.limit:
            raise Closed(4008, "You are being rate limited.")

    def _attach(self, session: Session) -> None:
        self._session = session
        session.send = self._outgoing.put_nowait

    def _leave(self) -> None:
        session = self._session
        if session is not None and session.send == self._outgoing.put_nowait:
            session.leave(self._gateway.pace.wall())

    def _end_session(self) -> None:
        """A goodbye with 1000 or 1001: https://discord.com/developers/docs/events/gateway#initiating-a-disconnect."""
        if self._session is not None:
            self._gateway.sessions.end(self._session)

    async def _write(self) -> None:
        while True:
            text = await self._outgoing.get()
            try:
                with suppress(ConnectionError):
                    await self._send(text)
            finally:
                self._outgoing.task_done()

    async def _send(self, text: str) -> None:
        """https://discord.com/developers/docs/events/gateway#zlibstream."""
        if self._compressor is None:
            await self._socket.send_str(text)
            return
        packed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
        await self._socket.send_bytes(packed)

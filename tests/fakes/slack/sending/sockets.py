"""Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode.

Each parcel goes to one of the open connections and waits for the acknowledgement that names its envelope.
"""

import asyncio
import contextlib
import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.sending.parcels import ANSWER_TIME_S, Parcel, Retry, Taken
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Method
from tests.fakes.slack.world.workspace import App

MOST_CONNECTIONS = 10
WARNING_S = 10  # "about 10 seconds before the connection is closed"
NO_SOCKET = "no_socket"


@dataclass(slots=True, eq=False)
class _Connection:
    socket: web.WebSocketResponse
    request: web.Request
    is_leaving: bool = False
    awaited: dict[str, "asyncio.Future[Any]"] = field(default_factory=dict)


class Sockets:
    def __init__(self, app: App, pace: Pace, *, address: str) -> None:
        """`address` is `ws://127.0.0.1:PORT`."""
        self._app = app
        self._pace = pace
        self.address = address
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._turn = itertools.count()
        self.taken: list[tuple[int, str]] = []  # (connection, envelope id), for who wants to see them spread

    def methods(self) -> dict[str, Method]:
        return {"apps.connections.open": Method(self._open, 1, token="app")}

    @property
    def count(self) -> int:
        return len(self._connections)

    @property
    def open_count(self) -> int:
        """Connections that were not asked to leave."""
        return sum(not connection.is_leaving for connection in self._connections)

    async def send(self, parcel: Parcel, *, retry: Retry | None = None) -> Taken:
        open_ones = [c for c in self._connections if not c.is_leaving and not c.socket.closed]
        if not open_ones:
            return Taken(problem=NO_SOCKET)
        connection = open_ones[next(self._turn) % len(open_ones)]
        envelope = self._envelope(parcel, retry)
        self.taken.append((self._connections.index(connection), envelope["envelope_id"]))
        acknowledged: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        connection.awaited[envelope["envelope_id"]] = acknowledged
        try:
            async with asyncio.timeout(self._pace.deadline(ANSWER_TIME_S)):
                await connection.socket.send_json(envelope)
                return Taken(body=await acknowledged, status=200)
        except (TimeoutError, ConnectionError):
            return Taken(problem="timeout")
        finally:
            connection.awaited.pop(envelope["envelope_id"], None)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """The address of `apps.connections.open`; it works once."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(self._farewell("too_many_websockets"))
            await socket.close()
            return socket
        connection = _Connection(socket, request)
        self._connections.append(connection)
        try:
            await socket.send_json(self._hello())
            await self._listen(connection)
        finally:
            self._leave(connection)
        return socket

    async def refresh(self) -> None:
        """Ask every connection to come back by another: a warning, and ten seconds later the request and the end."""
        leaving = list(self._connections)
        for connection in leaving:
            connection.is_leaving = True
            await self._bid(connection, "warning")
        await self._pace.pause(WARNING_S)
        for connection in leaving:
            await self._bid(connection, "refresh_requested")
            await connection.socket.close()

    def drop(self) -> None:
        """Cut the lines without a word."""
        for connection in list(self._connections):
            connection.is_leaving = True
            if connection.request.transport is not None:
                connection.request.transport.abort()

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close()

    def _open(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/apps.connections.open."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return {"url": f"{self.address}/link/?ticket={ticket}&app_id={self._app.id}"}

    async def _listen(self, connection: _Connection) -> None:
        async for message in connection.socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            answer = message.json()
            waiting = connection.awaited.get(answer.get("envelope_id", ""))
            if waiting is not None and not waiting.done():
                waiting.set_result(answer.get("payload"))

    def _leave(self, connection: _Connection) -> None:
        self._connections.remove(connection)
        for waiting in connection.awaited.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the line was cut"))

    def _envelope(self, parcel: Parcel, retry: Retry | None) -> Json:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": parcel.kind,
            "payload": parcel.payload,
            "accepts_response_payload": parcel.takes_answer,
        }
        if parcel.kind == "events_api":
            envelope["retry_attempt"] = retry.number if retry is not None else 0
            envelope["retry_reason"] = retry.reason if retry is not None else ""
        return envelope

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "connection_info": {"app_id": self._app.id},
            "debug_info": {"host": "applink-0", "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _bid(self, connection: _Connection, reason: str) -> None:
        with contextlib.suppress(ConnectionError):
            if not connection.socket.closed:
                await connection.socket.send_json(self._farewell(reason))

    def _farewell(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-0"}}

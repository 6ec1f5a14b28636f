"""A CRM on this machine that is asked about people by their e-mail address, and can fail in every way."""

import asyncio
import gzip
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

ANSWER_BYTES = 50 * 2**20
PACKED_BYTES = 4 * 2**20
SELF_SIGNED = Path(__file__).parent / "self_signed.pem"
"""A key and a certificate of this machine's that nobody vouches for, until the year 2126."""

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Crm:
    """`people` by address; whom it does not know is 404. `answering` takes the place of all that."""

    url: str = ""
    people: dict[str, Any] = field(default_factory=dict)
    answering: Answering | None = None
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0
    """Bytes of the answer that is too large, as far as somebody took them."""

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.raw_path)
        self.headers.append(dict(request.headers))
        if self.answering is not None:
            return await self.answering(request)
        found = self.people.get(request.query.get("email", ""))
        return web.json_response(found) if found is not None else web.Response(status=404)

    async def hangs(self, _: web.Request) -> web.StreamResponse:
        await asyncio.sleep(3_600)
        raise AssertionError("nobody waits that long")

    async def drips(self, request: web.Request) -> web.StreamResponse:
        """Sends headers at once and then next to nothing, for ever."""
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b" ")
            await asyncio.sleep(0.01)

    async def floods(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while self.sent < ANSWER_BYTES:
            await answer.write(b"[" * 2**16)
            self.sent += 2**16
        return answer

    async def bursts(self, _: web.Request) -> web.StreamResponse:
        """A few bytes that unpack into many."""
        packed = await asyncio.to_thread(gzip.compress, b" " * PACKED_BYTES, 1)
        return web.Response(body=packed, headers={"Content-Encoding": "gzip"})

    async def cuts(self, request: web.Request) -> web.StreamResponse:
        """Ends in the middle of an answer."""
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        request.transport.close()
        return web.Response()


def says(text: str, *, status: int = 200, **headers: str) -> Answering:
    """An answer with this text."""

    async def answering(_: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, headers=headers)

    return answering


def says_json(value: object) -> Answering:
    return says(json.dumps(value))


@asynccontextmanager
async def open_crm(*, is_trusted: bool = True) -> AsyncIterator[Crm]:
    """`is_trusted`: over HTTP; else over HTTPS, with a certificate that nobody vouches for."""
    crm = Crm()
    app = web.Application()
    app.router.add_get("/people", crm.take)
    app.router.add_get("/elsewhere", crm.take)
    context = None
    if not is_trusted:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(SELF_SIGNED)
    server = TestServer(app, scheme="http" if is_trusted else "https")
    await server.start_server(ssl=context)
    try:
        crm.url = str(server.make_url("/people"))
        yield crm
    finally:
        await server.close()

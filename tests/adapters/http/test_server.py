"""The shared HTTP port: health without a session, safe headers on everything, a clear word on a busy port."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from adapters.http.server import HttpServer, PortUnavailable


async def get(url: str) -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text(), dict(response.headers)


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def broken() -> bool:
    raise OSError("disk gone")


async def test_port_0_takes_any_free_port_and_says_which() -> None:
    server = HttpServer(port=0)
    await server.start()
    try:
        assert server.port > 0
        assert (await get(f"{server.url}/healthz"))[0] == 200
    finally:
        await server.stop()


async def test_it_is_ready_when_every_part_is() -> None:
    server = HttpServer(port=0)
    server.watch({"storage": yes})
    await server.start()
    try:
        assert (await get(f"{server.url}/readyz"))[0] == 200
    finally:
        await server.stop()


async def test_it_names_the_parts_that_are_not_ready() -> None:
    server = HttpServer(port=0)
    server.watch({"storage": yes, "slack": no, "files": broken})
    await server.start()
    try:
        status, text, _ = await get(f"{server.url}/readyz")
    finally:
        await server.stop()
    assert status == 503
    assert "slack" in text
    assert "files" in text
    assert "storage" not in text


async def test_mounted_routes_answer_with_headers_that_keep_browsers_safe() -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="hello", headers={"Cache-Control": "no-cache"})

    server = HttpServer(port=0)
    server.mount([web.get("/hello", hello)])
    await server.start()
    try:
        _, text, headers = await get(f"{server.url}/hello")
        missing = await get(f"{server.url}/nowhere")
    finally:
        await server.stop()
    assert text == "hello"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"
    assert missing[2]["X-Content-Type-Options"] == "nosniff"


async def test_a_busy_port_is_named_with_a_way_out() -> None:
    first, second = HttpServer(port=0), HttpServer(port=0)
    await first.start()
    second.port = first.port
    try:
        with pytest.raises(PortUnavailable, match=f"Port {first.port} on 127.0.0.1.*--port"):
            await second.start()
    finally:
        await first.stop()
        await second.stop()
    await asyncio.sleep(0)

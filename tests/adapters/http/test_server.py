"""The shared HTTP port: health without a session, safe headers on everything, a clear word on a busy port."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.http.rights import declares
from adapters.http.server import HttpServer, PortUnavailable
from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import Sentence
from bot.ports.health import HealthLevel, PartHealth, Probe
from bot.ports.sessions.sign_ins import Right
from tests.said import because


async def get(url: str) -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text(), dict(response.headers)


def part(condition: HealthLevel, detail: str) -> Probe:
    async def probe() -> PartHealth:
        return PartHealth(condition=condition, detail=detail)

    return probe


well = part(HealthLevel.READY, "answers")


async def broken() -> PartHealth:
    raise OSError("disk gone")


async def locked() -> PartHealth:
    raise StorageUnavailable(because("The database is locked."))


async def readiness(**probes: Probe) -> tuple[int, dict[str, Any]]:
    server = HttpServer(port=0)
    server.watch(probes)
    await server.start()
    try:
        status, text, _ = await get(f"{server.url}/readyz")
    finally:
        await server.stop()
    return status, json.loads(text)


async def test_port_0_takes_any_free_port_and_says_which() -> None:
    server = HttpServer(port=0)
    await server.start()
    try:
        assert server.port > 0
        assert (await get(f"{server.url}/healthz"))[0] == 200
    finally:
        await server.stop()


async def test_it_is_ready_when_every_part_is() -> None:
    assert await readiness(storage=well) == (
        200,
        {"status": "ready", "parts": {"storage": {"condition": "ready", "detail": "answers"}}},
    )


async def test_it_says_of_each_part_what_is_wrong_with_it() -> None:
    away = part(HealthLevel.NOT_READY, "not connected")
    status, told = await readiness(storage=well, slack=away, files=broken, database=locked)
    assert (status, told["status"]) == (503, "not ready")
    assert {name: each["detail"] for name, each in told["parts"].items()} == {
        "storage": "answers",
        "slack": "not connected",
        "files": "OSError",
        "database": "The database is locked.",
    }


async def test_a_part_that_somebody_should_look_at_does_not_take_the_desk_out_of_service() -> None:
    status, told = await readiness(storage=well, outbox=part(HealthLevel.DEGRADED, "slow"))
    assert (status, told["status"]) == (200, "degraded")


async def test_mounted_routes_answer_with_headers_that_keep_browsers_safe() -> None:
    @declares(Right.ANYBODY)
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
        with pytest.raises(PortUnavailable) as told:
            await second.start()
        assert isinstance(told.value.sentence, Sentence)
        assert told.value.sentence.key == "operations.http_port_taken"
        assert told.value.sentence.facts["number"] == str(first.port)
    finally:
        await first.stop()
        await second.stop()
    await asyncio.sleep(0)


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
async def test_an_address_that_is_not_this_machines_is_corrected_where_it_is_set(host: str) -> None:
    server = HttpServer(host, port=0)
    with pytest.raises(PortUnavailable) as told:
        await server.start()
    assert isinstance(told.value.sentence, Sentence)
    assert told.value.sentence.key == "operations.http_address_unusable"
    assert told.value.sentence.facts["name"] == host

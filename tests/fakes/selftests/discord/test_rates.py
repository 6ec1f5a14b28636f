"""Rates on the injected scale: told in headers, refused when exceeded, and waited for by discord.py."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import discord
import pytest

from tests.fakes.discord import DiscordServer
from tests.fakes.discord.rules.rates import Window
from tests.fakes.discord.world.records import Channel
from tests.fakes.selftests.discord.discord_client import Api, logged_in, plain_requests

NEVER = 1000  # real seconds per second of Discord's: no window ends while the test runs


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=NEVER) as running:
        yield running


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    return server.channel("help")


async def statuses(api: Api, method: str, path: str, count: int, body: object = None) -> list[int]:
    return [(await api.ask(method, path, body)).status for _ in range(count)]


async def test_headers_tell_how_many_more_are_taken_and_until_when(channel: Channel, api: Api) -> None:
    answer = await api.ask("POST", f"/channels/{channel.id}/messages", {"content": "one"})
    assert answer.headers["X-RateLimit-Limit"] == "5"
    assert answer.headers["X-RateLimit-Remaining"] == "4"
    assert 4 * NEVER < float(answer.headers["X-RateLimit-Reset-After"]) <= 5 * NEVER
    other = await api.ask("GET", f"/channels/{channel.id}")
    assert other.headers["X-RateLimit-Bucket"] != answer.headers["X-RateLimit-Bucket"]


async def test_a_channel_takes_five_messages_in_five_seconds_and_another_its_own_five(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    body = {"content": "x"}
    assert await statuses(api, "POST", f"/channels/{channel.id}/messages", 6, body) == [200] * 5 + [429]
    other = server.channel("other")
    assert await statuses(api, "POST", f"/channels/{other.id}/messages", 1, body) == [200]


async def test_the_refusal_says_how_long_to_wait_and_whose_limit_it_was(channel: Channel, api: Api) -> None:
    path = f"/channels/{channel.id}/messages"
    await statuses(api, "POST", path, 5, {"content": "x"})
    answer = await api.ask("POST", path, {"content": "x"})
    assert answer.body["message"] == "You are being rate limited."
    assert answer.body["global"] is False
    assert 0 < answer.body["retry_after"] <= 5 * NEVER
    assert int(answer.headers["Retry-After"]) >= answer.body["retry_after"]
    assert answer.headers["X-RateLimit-Scope"] == "user"
    assert answer.headers["Via"]


async def test_fifty_requests_a_second_are_the_limit_of_all(server: DiscordServer, api: Api) -> None:
    channels = [server.channel(f"channel-{number}") for number in range(11)]
    told: Counter[int] = Counter()
    for each in channels:
        told.update(await statuses(api, "POST", f"/channels/{each.id}/messages", 5, {"content": "x"}))
    assert told == {200: 50, 429: 5}
    answer = await api.ask("GET", "/users/@me")
    assert (answer.status, answer.body["global"]) == (429, True)
    assert answer.headers["X-RateLimit-Scope"] == "global"
    assert answer.headers["X-RateLimit-Global"] == "true"


async def test_discord_py_waits_as_it_is_told_and_everything_arrives() -> None:
    async with DiscordServer.running(scale=0.01) as server, logged_in(server) as client:
        ana = server.person("ana")
        channel = await client.fetch_channel(server.channel("help").id)
        assert isinstance(channel, discord.TextChannel)
        await asyncio.gather(*(channel.send(f"number {number}") for number in range(17)))
        assert len(ana.reads("help")) == 17
        posts = server.calls_to("POST /channels/{channel_id}/messages")
        assert [call.status for call in posts] == [200] * 17, "it waits before it is refused"


async def test_discord_py_comes_again_after_a_refusal_that_no_header_foretold() -> None:
    async with DiscordServer.running(scale=0.001) as server, logged_in(server) as client:
        channel = await client.fetch_channel(server.channel("help").id)
        assert isinstance(channel, discord.TextChannel)
        server.plan_failures(
            "POST /channels/{channel_id}/messages", code=20028, status=429, retry_after_s=2, times=1
        )
        await channel.send("in the end")
        posts = server.calls_to("POST /channels/{channel_id}/messages", channel=channel.id)
        assert [(call.status, call.code) for call in posts] == [(429, 20028), (200, None)]


async def test_messages_older_than_an_hour_are_not_edited_without_end(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.limiter.old_edits = Window(2, 3600)
    posted = await api.done("POST", f"/channels/{channel.id}/messages", {"content": "card"})
    path = f"/channels/{channel.id}/messages/{posted['id']}"
    assert await statuses(api, "PATCH", path, 3, {"content": "fresh"}) == [200] * 3
    server.move(timedelta(hours=2))
    for _ in range(2):
        await api.done("PATCH", path, {"content": "old"})
    answer = await api.ask("PATCH", path, {"content": "old"})
    assert answer.refusal == (429, 30046)


async def test_ten_thousand_invalid_requests_ban_the_address(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.limiter.invalid_requests = Window(3, 600)
    api.token = "stolen"
    assert await statuses(api, "GET", "/users/@me", 3) == [401] * 3
    api.token = server.token
    answer = await api.ask("GET", "/users/@me")
    assert answer.status == 429
    assert "Via" not in answer.headers
    with pytest.raises(discord.HTTPException, match="429"):
        async with logged_in(server):
            pass


async def test_a_planned_failure_may_strike_after_the_effect(
    server: DiscordServer, channel: Channel, api: Api
) -> None:
    server.plan_failures("POST /channels/{channel_id}/messages", drop=True, after=True, times=1)
    path = f"/channels/{channel.id}/messages"
    with pytest.raises(aiohttp.ClientError):
        await api.ask("POST", path, {"content": "unsure"})
    assert [message["content"] for message in await api.done("GET", path)] == ["unsure"]
    server.plan_failures("POST /channels/{channel_id}/messages", code=50013, channel=channel.id)
    assert (await api.ask("POST", path, {"content": "x"})).refusal == (403, 50013)

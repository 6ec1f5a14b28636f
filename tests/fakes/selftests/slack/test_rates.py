"""Rates on the injected scale: how many are taken at once, what the refusal says, and when it is over."""

import asyncio
from collections import Counter

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.bolt_app import client
from tests.fakes.slack import PostingRates, Rate, SlackServer

SLOW = 0.05  # real seconds per second of Slack's: slow enough that a test's own time does not count


async def post_many(web: AsyncWebClient, channel: str, count: int) -> list[int]:
    """The statuses of so many posts, one after the other without waiting."""
    statuses = []
    for number in range(count):
        try:
            statuses.append(
                (await web.chat_postMessage(channel=channel, text=f"number {number}")).status_code
            )
        except SlackApiError as error:
            statuses.append(error.response.status_code)
    return statuses


async def test_a_channel_takes_a_short_burst_and_then_one_message_a_second() -> None:
    async with SlackServer.running(scale=100) as slack:
        slack.channel("help-it")
        slack.channel("network")
        assert await post_many(client(slack), "help-it", 5) == [200, 200, 200, 429, 429]
        assert await post_many(client(slack), "network", 1) == [200]
        assert [call.answer for call in slack.calls_to("chat.postMessage", channel="help-it")] == [
            "ok", "ok", "ok", "429", "429",
        ]  # fmt: skip


async def test_the_refusal_says_after_how_many_of_slacks_seconds_to_come_again() -> None:
    async with SlackServer.running(scale=100) as slack:
        slack.channel("help-it")
        await post_many(client(slack), "help-it", 3)
        with pytest.raises(SlackApiError) as caught:
            await client(slack).chat_postMessage(channel="help-it", text="too much")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        assert caught.value.response["error"] == "ratelimited"


async def test_who_waits_as_long_as_told_gets_through() -> None:
    async with SlackServer.running(scale=SLOW) as slack:
        slack.channel("help-it")
        web, waited = client(slack), 0
        for number in range(10):
            while True:
                try:
                    await web.chat_postMessage(channel="help-it", text=f"number {number}")
                    break
                except SlackApiError as error:
                    waited += 1
                    await asyncio.sleep(int(error.response.headers["Retry-After"]) * SLOW)
        assert waited > 0
        taken = [call.at for call in slack.calls if call.is_ok]
        assert taken[-1] - taken[0] >= 6.5  # three at once, then one a second


async def test_the_workspace_has_a_limit_of_its_own() -> None:
    tight = PostingRates(workspace=Rate(60, 4))
    async with SlackServer.running(scale=100, posting=tight) as slack:
        for name in ("one", "two", "three"):
            slack.channel(name)
        statuses = [await post_many(client(slack), name, 2) for name in ("one", "two", "three")]
        assert Counter(status for some in statuses for status in some) == {200: 4, 429: 2}


async def test_methods_have_tiers() -> None:
    async with SlackServer.running(scale=100) as slack:
        web, statuses = client(slack), []
        for _ in range(22):
            try:
                statuses.append((await web.users_list()).status_code)
            except SlackApiError as error:
                statuses.append(error.response.status_code)
        assert statuses == [200] * 20 + [429] * 2


async def test_every_fifth_call_answered_429_and_the_rest_taken(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    slack.limiter.is_on = False
    slack.plan_failures("chat.postMessage", every=5, status=429, retry_after=3)
    assert Counter(await post_many(web, "help-it", 40)) == {200: 32, 429: 8}


async def test_a_method_that_hangs_is_given_up_by_the_client(slack: SlackServer) -> None:
    impatient = AsyncWebClient(token=slack.app.bot_token, base_url=slack.api_url, timeout=1)
    impatient.timeout = 0.05  # type: ignore[assignment]
    failure = slack.plan_failures("auth.test", hang_s=30)
    with pytest.raises(TimeoutError):
        await impatient.auth_test()
    assert failure.happened == 1
    assert slack.calls[-1].answer == "hung"


async def test_a_connection_that_drops_is_tried_again_by_the_client(
    slack: SlackServer, web: AsyncWebClient
) -> None:
    slack.plan_failures("auth.test", drop=True, times=1)
    await web.auth_test()
    assert [call.answer for call in slack.calls] == ["dropped", "ok"]

"""What reaches the HTTP entrance without being Slack's is refused, logged once, and has no effect."""

import io
import json
import time
from collections.abc import Callable

import aiohttp
import pytest
import structlog

from tests.adapters.slack.slack_in_use import SlackInUse
from tests.fakes.slack.sending.http_transport import signed

EVENT = json.dumps(
    {"type": "event_callback", "event": {"type": "message", "channel": "C1", "ts": "1.1"}}
).encode()


def with_another_secret(_secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT, signed("another secret", EVENT)


def too_old(secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT, signed(secret, EVENT, at=int(time.time()) - 301)


def unsigned(_secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT, {}


def with_an_odd_stamp(secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT, signed(secret, EVENT) | {"X-Slack-Request-Timestamp": "yesterday"}


def changed_on_the_way(secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT.replace(b"C1", b"C2"), signed(secret, EVENT)


def broken_json(secret: str) -> tuple[bytes, dict[str, str]]:
    body = EVENT[:-3]
    return body, signed(secret, body)


def ten_megabytes(secret: str) -> tuple[bytes, dict[str, str]]:
    body = b'{"x": "' + b"x" * 10_000_000 + b'"}'
    return body, signed(secret, body)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (with_another_secret, 401),
        (too_old, 401),
        (unsigned, 401),
        (with_an_odd_stamp, 401),
        (changed_on_the_way, 401),
        (broken_json, 400),
        (ten_megabytes, 413),
    ],
)
async def test_what_is_not_slacks_is_refused_and_logged_once(
    in_use: SlackInUse, how: Callable[[str], tuple[bytes, dict[str, str]]], status: int
) -> None:
    body, headers = how(in_use.server.app.signing_secret)
    headers |= {"Content-Type": "application/json"}
    with structlog.testing.capture_logs() as logged:
        assert await answered(in_use.url, body, headers) == status
    assert len(logged) == 1
    assert in_use.intake.attempts == 0


async def test_slack_can_verify_the_address(in_use: SlackInUse) -> None:
    assert await in_use.server.sends_to(in_use.url).verify_url()


async def test_an_event_that_nobody_asked_for_is_taken_quietly(in_use: SlackInUse) -> None:
    in_use.server.archive("team-it")
    await in_use.server.settled()
    assert len(in_use.server.delivered.acknowledged) == 1
    assert in_use.intake.events == []


async def answered(url: str, body: bytes, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status

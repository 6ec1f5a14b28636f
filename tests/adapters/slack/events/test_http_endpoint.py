"""What reaches the HTTP entrance without being Slack's is refused, logged once, and has no effect."""

import io
import json
import time
from collections.abc import Callable

import aiohttp
import pytest
import structlog

from tests.adapters.slack.slack_in_use import SlackInUse, slack_in_use
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


def with_a_stamp_of_400_digits(secret: str) -> tuple[bytes, dict[str, str]]:
    return EVENT, signed(secret, EVENT) | {"X-Slack-Request-Timestamp": "1" * 400}


def deep_without_a_signature(secret: str) -> tuple[bytes, dict[str, str]]:
    body = b"[" * 100_000
    return body, signed("another secret", body)


def deep(secret: str) -> tuple[bytes, dict[str, str]]:
    body = b"[" * 100_000
    return body, signed(secret, body)


def null(secret: str) -> tuple[bytes, dict[str, str]]:
    return b"null", signed(secret, b"null")


def a_list(secret: str) -> tuple[bytes, dict[str, str]]:
    return b"[1]", signed(secret, b"[1]")


def no_text(secret: str) -> tuple[bytes, dict[str, str]]:
    return b"\xff\xfe", signed(secret, EVENT)


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
        (with_a_stamp_of_400_digits, 401),
        (deep_without_a_signature, 401),
        (deep, 400),
        (null, 400),
        (a_list, 400),
        (no_text, 400),
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


async def test_a_form_that_holds_no_object_is_refused(in_use: SlackInUse) -> None:
    body = b"payload=null"
    headers = signed(in_use.server.app.signing_secret, body)
    headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    assert await answered(in_use.url, body, headers) == 400


async def test_a_start_says_nothing_of_a_token_that_is_unused(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    async with slack_in_use():
        pass
    assert [line for line in caplog.messages if "unused" in line] == []


async def test_slack_can_verify_the_address(in_use: SlackInUse) -> None:
    assert await in_use.server.sends_to(in_use.url).verify_url()


async def test_an_event_that_nobody_asked_for_is_taken_quietly(in_use: SlackInUse) -> None:
    in_use.server.archive("team-it")
    await in_use.server.settled()
    assert len(in_use.server.delivered.acknowledged) == 1
    assert in_use.intake.events == []


def said(in_use: SlackInUse, *, by: str) -> tuple[bytes, dict[str, str]]:
    event = {
        "type": "message",
        "channel": in_use.ref("help-it").channel,
        "ts": "1.1",
        "user": by,
        "text": "Hi",
    }
    body = json.dumps({"type": "event_callback", "event": event}).encode()
    return body, signed(in_use.server.app.signing_secret, body) | {"Content-Type": "application/json"}


async def test_what_somebody_says_is_taken_before_it_is_acknowledged_and_the_desks_own_words_never(
    in_use: SlackInUse,
) -> None:
    assert await answered(in_use.url, *said(in_use, by=in_use.platform.identity.user)) == 200
    assert in_use.intake.attempts == 0
    assert await answered(in_use.url, *said(in_use, by=in_use.ana.id)) == 200
    assert [each.actor.name for each in in_use.intake.events] == ["Ana Lima"]


async def test_what_is_said_to_a_desk_that_does_not_listen_any_more_is_sent_again(in_use: SlackInUse) -> None:
    await in_use.platform.close()
    assert await answered(in_use.url, *said(in_use, by=in_use.ana.id)) == 503
    assert in_use.intake.attempts == 0


async def answered(url: str, body: bytes, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status

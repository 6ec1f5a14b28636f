"""What the desk posts comes back to it as events: they are known at the door, and nothing else is taken for one."""

import json
from typing import Any

import pytest

from adapters.slack.api.addresses import Identity
from adapters.slack.events.inbound import is_own_post

DESK = Identity(user="UDESK", bot="BDESK", team="T1", name="deskbell", url="https://example.slack.com/")


def payload(**event: Any) -> str:
    return json.dumps({"type": "event_callback", "event": {"type": "message", "channel": "C1", **event}})


@pytest.mark.parametrize(
    "told",
    [
        payload(bot_id="BDESK", user="UDESK", text="New: IT-1", ts="1.1"),
        payload(bot_id="BDESK", user="UDESK", text="We're on it", ts="1.2", thread_ts="1.1"),
        payload(bot_id="BDESK", username="Bo", text="Try again", ts="1.3", thread_ts="1.1"),
    ],
)
def test_what_the_desk_posted_is_known(told: str) -> None:
    assert is_own_post(told, DESK)


@pytest.mark.parametrize(
    "told",
    [
        payload(user="U1", text="What does BDESK mean?", ts="1.1"),
        payload(bot_id="BOTHER", text="Disk full on BDESK", ts="1.1"),
        payload(subtype="message_deleted", deleted_ts="1.1", previous_message={"bot_id": "BDESK"}),
        payload(subtype="message_changed", message={"bot_id": "BDESK", "subtype": "tombstone", "ts": "1.1"}),
        payload(subtype="bot_message", bot_id="BDESK", ts="1.1"),
        json.dumps({"type": "event_callback", "event": {"type": "app_mention", "bot_id": "BDESK"}}),
        json.dumps({"type": "block_actions", "message": {"bot_id": "BDESK"}}),
        json.dumps(["BDESK"]),
        json.dumps({"event": "BDESK"}),
        "[" * 100_000 + "BDESK",
        "payload=%7B%22bot_id%22%3A%22BDESK%22%7D",
    ],
)
def test_anything_else_is_heard(told: str) -> None:
    assert not is_own_post(told, DESK)


def test_an_app_without_a_bot_hears_everything() -> None:
    assert not is_own_post(
        payload(bot_id="", text="hello"), Identity(user="U", bot="", team="T", name="d", url="https://e.x/")
    )

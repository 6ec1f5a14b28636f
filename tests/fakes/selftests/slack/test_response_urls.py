"""Answers to a response_url: five in half an hour, to one person or to all, over the message or beside it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.selftests.slack.bolt_app import bolt_app, post_json, serving
from tests.fakes.slack import Person, SlackServer


class Presses:
    """A card in the channel, and the last press of its button."""

    def __init__(self) -> None:
        self.body: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return str(self.body["response_url"])


@pytest.fixture
async def pressed(slack: SlackServer, ana: Person) -> AsyncIterator[Presses]:
    presses = Presses()
    app = bolt_app(slack)

    @app.action("claim")
    async def claim(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        presses.body = body

    button = {"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": ":hand: Claim"}}
    async with serving(app) as url:
        slack.sends_to(url)
        blocks = [{"type": "actions", "block_id": "verbs", "elements": [button | {"value": "IT-12"}]}]
        await app.client.chat_postMessage(channel="#help-it", text="card", blocks=blocks)
        await ana.presses(ana.reads("help-it")[0], "Claim")
        yield presses


async def test_a_press_is_told_as_slack_documents_it(pressed: Presses, ana: Person) -> None:
    body = pressed.body
    card = ana.reads("help-it")[0]
    assert body["type"] == "block_actions"
    assert body["user"]["id"] == ana.id
    assert body["container"] == {
        "type": "message", "message_ts": card.ts, "channel_id": card.channel, "is_ephemeral": False,
    }  # fmt: skip
    assert body["message"]["ts"] == card.ts
    action = body["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("claim", "verbs", "IT-12")
    assert body["trigger_id"]


async def test_an_answer_is_private_unless_it_says_otherwise(
    pressed: Presses, ana: Person, noor: Person
) -> None:
    await post_json(pressed.url, {"text": "yours now"})
    await post_json(pressed.url, {"text": "Ana has it", "response_type": "in_channel"})
    assert [seen.text for seen in ana.reads("help-it")] == ["card", "yours now", "Ana has it"]
    assert [seen.text for seen in noor.reads("help-it")] == ["card", "Ana has it"]


async def test_the_message_itself_can_be_replaced_and_taken_away(pressed: Presses, ana: Person) -> None:
    await post_json(pressed.url, {"text": "claimed", "replace_original": True})
    assert [seen.text for seen in ana.reads("help-it")] == ["claimed"]
    await post_json(pressed.url, {"delete_original": True})
    assert ana.reads("help-it") == []


async def test_the_sixth_answer_is_refused(pressed: Presses) -> None:
    answers = [await post_json(pressed.url, {"text": str(number)}) for number in range(6)]
    assert [status for status, _ in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1][1]


async def test_half_an_hour_later_it_is_over(slack: SlackServer, pressed: Presses) -> None:
    slack.pace.move(timedelta(minutes=31))
    status, text = await post_json(pressed.url, {"text": "too late"})
    assert (status, "expired_url" in text) == (404, True)


async def test_an_answer_says_something_within_the_limits(pressed: Presses) -> None:
    assert "no_text" in (await post_json(pressed.url, {}))[1]
    long = [{"type": "header", "text": {"type": "plain_text", "text": "h" * 151}}]
    assert "invalid_blocks" in (await post_json(pressed.url, {"blocks": long}))[1]


async def test_a_whisper_can_be_replaced_through_its_buttons_only(slack: SlackServer, ana: Person) -> None:
    app = bolt_app(slack)

    @app.action("yes")
    async def yes(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        assert "message" not in body
        assert body["container"]["is_ephemeral"] is True
        await respond(text="done", replace_original=True)

    button = {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}}
    async with serving(app) as url:
        slack.sends_to(url)
        blocks = [{"type": "actions", "elements": [button]}]
        await app.client.chat_postEphemeral(channel="help-it", user=ana.id, text="sure?", blocks=blocks)
        assert (await ana.presses(ana.reads("help-it")[0], "Yes")).is_ok
    assert [seen.text for seen in ana.reads("help-it")] == ["done"]

"""Events over HTTP: signed, twinned, tried again on Slack's schedule, in duplicate and out of order when asked."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.fakes.selftests.slack.bolt_app import bolt_app, serving, serving_web
from tests.fakes.slack import EVERY_SCOPE, Person, SlackServer


class Listener:
    """An app that writes down what it hears, and answers as told."""

    def __init__(self, answer: Callable[[int], web.Response]) -> None:
        self.headers: list[dict[str, str]] = []
        self.bodies: list[str] = []
        self._answer = answer
        self.app = web.Application()
        self.app.router.add_post("/slack/events", self._hear)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    async def _hear(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        self.bodies.append(await request.text())
        return self._answer(len(self.bodies))


def content(_: int) -> web.Response:
    return web.Response()


async def test_a_message_arrives_as_slack_documents_it(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        said = await ana.says("help-it", "where is the <printer>?")
        await slack.settled()
    body = listener.events[0]
    assert body["type"] == "event_callback"
    assert body["api_app_id"] == slack.app.id
    assert body["authorizations"][0]["user_id"] == slack.app.user
    assert body["event_id"].startswith("Ev")
    event = body["event"]
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", said.channel, "channel")
    assert (event["user"], event["ts"], event["event_ts"]) == (ana.id, said.ts, said.ts)
    assert event["text"] == "where is the &lt;printer&gt;?"
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "where is the <printer>?"}
    ]
    assert event["client_msg_id"]


async def test_the_signature_is_the_one_slack_sdk_verifies(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "größer 🖨️")
        await ana.types("/desk claim IT-1", "help-it")
        await slack.settled()
    verifier = SignatureVerifier(slack.app.signing_secret)
    pairs = list(zip(listener.bodies, listener.headers, strict=True))
    assert [verifier.is_valid_request(body, headers) for body, headers in pairs] == [True, True]
    assert not SignatureVerifier("another secret").is_valid_request(*pairs[0])


async def test_the_app_proves_its_address(slack: SlackServer) -> None:
    async with serving(bolt_app(slack)) as url:
        assert await slack.sends_to(url).verify_url()


async def test_a_mention_arrives_twice_under_two_event_ids(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "@deskbell claim")
        await slack.settled()
    first, second = sorted(listener.events, key=lambda body: body["event"]["type"], reverse=True)
    assert [first["event"]["type"], second["event"]["type"]] == ["message", "app_mention"]
    assert first["event"]["ts"] == second["event"]["ts"]
    assert first["event_id"] != second["event_id"]
    assert second["event"]["text"] == f"<@{slack.app.user}> claim"


async def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(
    slack: SlackServer, ana: Person
) -> None:
    listener = Listener(lambda number: web.Response(status=500 if number <= 3 else 200))
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "hello?")
        await slack.settled()
    told = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h in listener.headers]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({body["event_id"] for body in listener.events}) == 1
    at = [attempt.at for attempt in slack.delivered.attempts]
    assert at[2] - at[1] >= 60
    assert at[3] - at[2] >= 300
    assert len(slack.delivered.acknowledged) == 1


async def test_after_three_retries_slack_gives_up(slack: SlackServer, ana: Person) -> None:
    listener = Listener(lambda _: web.Response(status=503))
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "hello?")
        await slack.settled()
    assert len(listener.bodies) == 4
    assert [event["event"]["text"] for event in slack.delivered.given_up] == ["hello?"]


async def test_an_app_can_ask_for_no_retry(slack: SlackServer, ana: Person) -> None:
    listener = Listener(lambda _: web.Response(status=400, headers={"X-Slack-No-Retry": "1"}))
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "hello?")
        await slack.settled()
    assert len(listener.bodies) == 1


async def test_an_app_that_is_away_is_found_again_by_a_retry(slack: SlackServer, ana: Person) -> None:
    slack.sends_to("http://127.0.0.1:9/slack/events")
    await ana.says("help-it", "anybody?")
    await slack.settled()
    assert {attempt.problem for attempt in slack.delivered.attempts} == {"connection_failed"}


async def test_an_answer_after_more_than_three_seconds_counts_as_none() -> None:
    async with SlackServer.running(scale=0.001, deadline_scale=0.01) as slack:
        app = bolt_app(slack)
        app.client.timeout = 5

        @app.event("message")
        async def slow(event: dict[str, Any]) -> None:
            await slack.pace.pause(1000)

        slack.channel("help-it", [slack.person("ana")])
        async with serving(app) as url:
            slack.sends_to(url)
            await slack.person("ana").says("help-it", "hello?")
            await slack.settled()
        reasons = [a.retry.reason for a in slack.delivered.attempts if a.retry is not None]
        assert reasons == ["http_timeout"] * 3


async def test_what_a_person_presses_is_never_sent_again(slack: SlackServer, ana: Person) -> None:
    listener = Listener(lambda _: web.Response(status=500))
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        taken = await ana.types("/desk claim IT-1", "help-it")
        await slack.settled()
    assert not taken.is_ok
    assert len(listener.bodies) == 1
    assert ana.reads("help-it")[-1].text == '/desk failed with the error "dispatch_failed"'


async def test_events_can_come_in_triplicate_and_backwards(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        slack.deliveries.hold()
        said = await ana.says("help-it", "first")
        await ana.edits(said, "second")
        slack.deliveries.copies = 3
        slack.deliveries.release(order="backwards")
        await slack.settled()
    subtypes = [body["event"].get("subtype") for body in listener.events]
    assert sorted(subtypes, key=str) == [None] * 3 + ["message_changed"] * 3
    assert subtypes[0] == "message_changed"


async def test_only_what_the_manifest_asks_for_is_told(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    slack.install(
        {
            "oauth_config": {"scopes": {"bot": sorted(EVERY_SCOPE)}},
            "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
        }
    )
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("help-it", "in public")
        await ana.says("@deskbell", "in private")
        await slack.settled()
    assert [body["event"]["text"] for body in listener.events] == ["in private"]
    assert listener.events[0]["event"]["channel_type"] == "im"


async def test_channels_the_bot_is_not_in_are_silent(slack: SlackServer, ana: Person) -> None:
    slack.channel("elsewhere", with_bot=False)
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        await ana.says("elsewhere", "@deskbell are you there?")
        await slack.settled()
    assert listener.bodies == []


async def test_events_switched_off_are_lost_without_a_word(slack: SlackServer, ana: Person) -> None:
    listener = Listener(content)
    async with serving_web(listener.app) as address:
        slack.sends_to(f"{address}/slack/events")
        slack.deliveries.is_on = False
        await ana.says("help-it", "hello?")
        await slack.settled()
    assert listener.bodies == []
    assert len(slack.delivered.lost) == 1


@pytest.mark.parametrize("age", [0, 301])
async def test_bolt_refuses_a_signature_of_more_than_five_minutes(slack: SlackServer, age: int) -> None:
    async with serving(bolt_app(slack)) as url:
        status = await slack.sends_to(url).replay(b'{"type":"url_verification","challenge":"c"}', age_s=age)
    assert status == (401 if age else 200)

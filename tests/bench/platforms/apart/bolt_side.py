"""The least that a Slack help desk can be: a Bolt app that posts the same two messages and remembers nothing.

It acknowledges as Bolt does by default, before its listener is done.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.platforms.apart.child import Answer
from tests.bench.platforms.apart.slack_side import Told
from tests.bench.platforms.apart.thread_profiles import ThreadProfiles
from tests.fakes.selftests.slack.bolt_app import serving_web


@asynccontextmanager
async def bolt_side(told: Told) -> AsyncIterator[Mapping[str, Answer]]:
    profiles = ThreadProfiles()
    app = AsyncApp(
        client=AsyncWebClient(token=told.bot_token, base_url=told.api_url), signing_secret=told.signing_secret
    )

    @app.event("message")
    async def on_message(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("bot_id") or event.get("thread_ts"):
            return
        await client.chat_postMessage(
            channel=told.team_channel, text=f"New request: {event['text'][:80]}", blocks=_card(event)
        )
        await client.chat_postMessage(
            channel=event["channel"], thread_ts=event["ts"], text="We have your request and will answer here."
        )

    server = AsyncSlackAppServer(port=0, path="/slack/events", app=app)
    async with serving_web(server.web_app) as address:

        async def where() -> str:
            return f"{address}/slack/events"

        yield {"where": where, "profile": profiles.begin, "profiled": profiles.end}


def _card(event: dict[str, Any]) -> list[dict[str, Any]]:
    def button(label: str) -> dict[str, Any]:
        return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": label.lower()}

    return [
        {"type": "header", "text": {"type": "plain_text", "text": "New request"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{event['user']}> asks:\n{event['text']}"}},
        {"type": "actions", "elements": [button("Claim"), button("Reply"), button("Resolve")]},
    ]

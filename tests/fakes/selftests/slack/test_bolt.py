"""The real Bolt app against the Slack server: it hears, posts, opens and is answered, both ways in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.fakes.selftests.slack.bolt_app import bolt_app, connected, serving
from tests.fakes.slack import Person, SlackServer

FORM = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask for help"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "subject",
            "label": {"type": "plain_text", "text": "Subject"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def small_desk(slack: SlackServer) -> AsyncApp:
    """Answers messages with a card, and has a button, a form, shortcuts and a Home tab."""
    app = bolt_app(slack)

    @app.event("message")
    async def said(event: dict[str, Any], say: Any) -> None:
        if event.get("subtype") is None:
            button = {"type": "button", "action_id": "claim", "text": {"type": "plain_text", "text": "Claim"}}
            blocks = [
                {"type": "section", "text": {"type": "mrkdwn", "text": f"Card: {event['text']}"}},
                {"type": "actions", "block_id": "verbs", "elements": [button]},
            ]
            await say(text="a card", blocks=blocks, thread_ts=event["ts"])

    @app.action("claim")
    async def claimed(ack: Any, body: dict[str, Any], respond: Any, client: Any) -> None:
        await ack()
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text="claimed by " + body["user"]["name"],
            blocks=[],
        )
        await respond(text="yours now", response_type="ephemeral", replace_original=False)

    @app.command("/ticket")
    async def opened(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack("opening")

    @app.view("ask")
    async def asked(ack: Any, body: dict[str, Any], view: dict[str, Any], client: Any) -> None:
        subject = view["state"]["values"]["subject"]["text"]["value"]
        if subject == "x":
            await ack(response_action="errors", errors={"subject": "Say a little more"})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Thank you: {subject}")

    @app.shortcut("make_ticket")
    async def made(ack: Any, shortcut: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: Any) -> None:
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Your tickets*"}}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    return app


@pytest.fixture(params=["http", "socket"])
async def desk(request: pytest.FixtureRequest, slack: SlackServer) -> AsyncIterator[SlackServer]:
    async with running(slack, by=request.param):
        yield slack


@asynccontextmanager
async def running(slack: SlackServer, *, by: str) -> AsyncIterator[None]:
    app = small_desk(slack)
    if by == "http":
        async with serving(app) as url:
            slack.sends_to(url)
            yield
    else:
        slack.uses_sockets()
        async with connected(slack, app):
            yield


async def test_a_message_is_answered_in_its_thread(desk: SlackServer, ana: Person) -> None:
    said = await ana.says("help-it", "the printer is <broken> & sad")
    card = await ana.sees_in_thread(said, "the printer is <broken> & sad")
    assert card.buttons == ("Claim",)
    assert card.author == "deskbell"


async def test_a_button_edits_the_card_and_whispers_to_who_pressed_it(
    desk: SlackServer, ana: Person, noor: Person
) -> None:
    said = await ana.says("help-it", "no network")
    card = await ana.sees_in_thread(said, "Card")
    assert (await noor.presses(card, "Claim")).is_ok
    assert [seen.words for seen in ana.reads_thread(said)][1:] == ["claimed by noor"]
    assert [seen.words for seen in noor.reads_thread(said)][1:] == ["claimed by noor", "yours now"]


async def test_a_slash_command_opens_a_form_and_the_form_is_answered(desk: SlackServer, ana: Person) -> None:
    await ana.types("/ticket", "help-it")
    assert "opening" in ana.reads("help-it")[-1]
    form = ana.modal
    assert form is not None
    assert form.title == "Ask for help"
    await ana.submits(form, {"Subject": "x"})
    assert ana.modal is not None
    assert ana.modal.problems == (("Subject", "Say a little more"),)
    await ana.submits(ana.modal, {"Subject": "A new laptop"})
    await ana.sees("@deskbell", "Thank you: A new laptop")


async def test_a_shortcut_on_a_message_opens_the_form(desk: SlackServer, ana: Person, noor: Person) -> None:
    said = await ana.says("help-it", "not a ticket yet")
    assert (await noor.uses_shortcut("make_ticket", said)).is_ok
    assert noor.modal is not None


async def test_the_home_tab_is_drawn_when_it_is_opened(desk: SlackServer, ana: Person) -> None:
    await ana.opens_home()
    await desk.settled()
    assert ana.home is not None
    assert "*Your tickets*" in ana.home

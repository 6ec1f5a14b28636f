"""People's hands: what is offered can be used by the words on it, and what is not offered cannot."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.bolt_app import bolt_app, client, serving
from tests.fakes.slack import EVERY_SCOPE, NotOffered, Person, SlackServer

MANIFEST: dict[str, Any] = {
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/desk"}],
        "shortcuts": [{"name": "Make this a ticket", "type": "message", "callback_id": "make_ticket"}],
    },
    "oauth_config": {"scopes": {"bot": sorted(EVERY_SCOPE)}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(label: str) -> dict[str, Any]:
    return {"text": plain(label), "value": label.lower()}


def field(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "value", **element}
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element, **more}


FORM: dict[str, Any] = {
    "type": "modal",
    "title": plain("Ask for help"),
    "submit": plain("Send"),
    "blocks": [
        field("Subject", {"type": "plain_text_input", "max_length": 20}),
        field("Impact", {"type": "static_select", "options": [option("Me"), option("Everybody")]}),
        field("For", {"type": "users_select"}, optional=True),
        field("By", {"type": "datepicker"}, optional=True),
        field("Also", {"type": "checkboxes", "options": [option("Call me"), option("Write")]}, optional=True),
    ],
}


@pytest.fixture
async def heard(slack: SlackServer) -> AsyncIterator[list[dict[str, Any]]]:
    """What an app that acknowledges everything is told."""
    bodies: list[dict[str, Any]] = []
    app = bolt_app(slack)

    @app.middleware
    async def note(ack: Any, body: dict[str, Any]) -> Any:
        bodies.append(body)
        return await ack()

    async with serving(app) as url:
        slack.sends_to(url)
        yield bodies


async def test_a_slash_command_is_told_as_slack_documents_it(
    slack: SlackServer, ana: Person, heard: list[dict[str, Any]]
) -> None:
    assert (await ana.types("/desk claim IT-1", "help-it")).is_ok
    told = heard[0]
    assert (told["command"], told["text"]) == ("/desk", "claim IT-1")
    assert (told["user_id"], told["user_name"], told["channel_name"]) == (ana.id, "ana", "help-it")
    assert told["response_url"].startswith("http://127.0.0.1")
    assert told["trigger_id"]


async def test_only_the_manifests_commands_and_shortcuts_are_offered(
    slack: SlackServer, ana: Person, heard: list[dict[str, Any]]
) -> None:
    slack.install(MANIFEST)
    said = await ana.says("help-it", "no network")
    await ana.uses_shortcut("Make this a ticket", said)
    assert (heard[-1]["type"], heard[-1]["callback_id"]) == ("message_action", "make_ticket")
    assert heard[-1]["message"]["user"] == ana.id
    with pytest.raises(NotOffered, match="not a valid command"):
        await ana.types("/tick claim", "help-it")
    with pytest.raises(NotOffered, match="no shortcut"):
        await ana.uses_shortcut("Make tea")


async def test_a_menus_option_is_chosen_by_its_words(
    web: AsyncWebClient, ana: Person, heard: list[dict[str, Any]]
) -> None:
    overflow = {"type": "overflow", "action_id": "more", "options": [option("Hold"), option("Transfer")]}
    await web.chat_postMessage(
        channel="#help-it", text="card", blocks=[{"type": "actions", "elements": [overflow]}]
    )
    card = ana.reads("help-it")[0]
    assert card.options == ("Hold", "Transfer")
    await ana.chooses(card, "Transfer")
    action = next(body for body in heard if body.get("type") == "block_actions")["actions"][0]
    assert (action["type"], action["selected_option"]["value"]) == ("overflow", "transfer")
    with pytest.raises(NotOffered, match="only \\['Hold', 'Transfer'\\]"):
        await ana.chooses(card, "Resolve")


async def test_a_form_is_filled_in_by_its_labels(
    slack: SlackServer, ana: Person, noor: Person, heard: list[dict[str, Any]]
) -> None:
    await client(slack).views_open(trigger_id=slack.trigger(ana), view=FORM)
    assert ana.modal is not None
    values = {
        "Subject": "A laptop",
        "Impact": "Everybody",
        "For": "noor",
        "By": "2026-03-09",
        "Also": ["Write"],
    }
    await ana.submits(ana.modal, values)
    state = heard[-1]["view"]["state"]["values"]
    assert state["subject"]["value"] == {"type": "plain_text_input", "value": "A laptop"}
    assert state["impact"]["value"]["selected_option"]["value"] == "everybody"
    assert state["for"]["value"]["selected_user"] == noor.id
    assert state["by"]["value"]["selected_date"] == "2026-03-09"
    assert [chosen["value"] for chosen in state["also"]["value"]["selected_options"]] == ["write"]


async def test_slacks_own_window_refuses_what_is_missing_or_too_long(slack: SlackServer, ana: Person) -> None:
    await client(slack).views_open(trigger_id=slack.trigger(ana), view=FORM)
    assert ana.modal is not None
    with pytest.raises(NotOffered, match="'Impact' must be filled in"):
        await ana.submits(ana.modal, {"Subject": "A laptop"})
    with pytest.raises(NotOffered, match="no more than 20"):
        await ana.submits(ana.modal, {"Subject": "A laptop and a great many other things"})
    with pytest.raises(NotOffered, match="has no option 'Nobody'"):
        await ana.submits(ana.modal, {"Subject": "A laptop", "Impact": "Nobody"})


async def test_a_button_that_is_gone_cannot_be_pressed(web: AsyncWebClient, ana: Person) -> None:
    button = {"type": "button", "action_id": "claim", "text": plain("Claim")}
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await web.chat_postMessage(channel="#help-it", text="card", blocks=blocks)
    card = ana.reads("help-it")[0]
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="closed", blocks=[])
    with pytest.raises(NotOffered, match="no 'Claim' here"):
        await ana.presses(card, "Claim")
    await web.chat_delete(channel=posted["channel"], ts=posted["ts"])
    with pytest.raises(NotOffered, match="gone"):
        await ana.presses(card, "Claim")


async def test_opening_the_home_tab_and_reacting_are_told(
    slack: SlackServer, ana: Person, heard: list[dict[str, Any]]
) -> None:
    said = await ana.says("help-it", "no network")
    await ana.reacts(said, ":ticket:")
    await ana.opens_home()
    await slack.settled()
    events = {body["event"]["type"]: body["event"] for body in heard}
    assert events["reaction_added"]["reaction"] == "ticket"
    assert events["reaction_added"]["item"] == {"type": "message", "channel": said.channel, "ts": said.ts}
    assert (events["app_home_opened"]["user"], events["app_home_opened"]["tab"]) == (ana.id, "home")

"""Modals and triggers: once, within three seconds, three deep, and never over somebody else's change."""

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.selftests.slack.bolt_app import bolt_app, client, serving
from tests.fakes.selftests.slack.refused_calls import refusal
from tests.fakes.slack import Person, SlackServer


def form(title: str = "A form", **more: Any) -> dict[str, Any]:
    section = {
        "type": "section",
        "text": {"type": "plain_text", "text": "Say more"},
        "accessory": {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}},
    }
    field = {
        "type": "input",
        "block_id": "subject",
        "optional": True,
        "label": {"type": "plain_text", "text": "Subject"},
        "element": {"type": "plain_text_input", "action_id": "text"},
    }
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [section, field],
        **more,
    }


async def test_a_trigger_is_good_once(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    trigger = slack.trigger(ana)
    await web.views_open(trigger_id=trigger, view=form())
    assert await refusal(web.views_open(trigger_id=trigger, view=form())) == "exchanged_trigger_id"


async def test_a_trigger_is_good_for_three_seconds() -> None:
    async with SlackServer.running(deadline_scale=0.01) as slack:
        trigger = slack.trigger(slack.person("ana"))
        await asyncio.sleep(0.05)
        call = client(slack).views_open(trigger_id=trigger, view=form())
        assert await refusal(call) == "expired_trigger_id"
        assert slack.person("ana").modal is None


async def test_a_made_up_trigger_is_invalid(web: AsyncWebClient) -> None:
    assert await refusal(web.views_open(trigger_id="1.2.3", view=form())) == "invalid_trigger_id"


async def test_a_refused_view_does_not_use_up_the_trigger(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    trigger = slack.trigger(ana)
    assert await refusal(web.views_open(trigger_id=trigger, view=form("t" * 25))) == "invalid_arguments"
    await web.views_open(trigger_id=trigger, view=form())


async def test_modals_are_stacked_three_deep(slack: SlackServer, ana: Person) -> None:
    refusals: list[str] = []
    app = bolt_app(slack)

    @app.action("more")
    async def deeper(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        depth = len(refusals) + int(body["view"]["title"]["text"][-1])
        call = client.views_push(trigger_id=body["trigger_id"], view=form(f"Form {depth + 1}"))
        if depth == 3:
            refusals.append(await refusal(call))
        else:
            await call

    async with serving(app) as url:
        slack.sends_to(url)
        await client(slack).views_open(trigger_id=slack.trigger(ana), view=form("Form 1"))
        for title in ("Form 2", "Form 3", "Form 3"):
            assert ana.modal is not None
            await ana.presses(ana.modal, "More")
            assert ana.modal.title == title
    assert refusals == ["push_limit_reached"]


async def test_a_push_needs_a_modal_to_stand_on(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    assert await refusal(web.views_push(trigger_id=slack.trigger(ana), view=form())) == "not_found"


async def test_an_update_over_somebody_elses_is_refused(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    opened = (await web.views_open(trigger_id=slack.trigger(ana), view=form()))["view"]
    await web.views_update(view_id=opened["id"], hash=opened["hash"], view=form("Newer"))
    late = web.views_update(view_id=opened["id"], hash=opened["hash"], view=form("Older"))
    assert await refusal(late) == "hash_conflict"
    assert ana.modal is not None
    assert ana.modal.title == "Newer"


async def test_an_external_id_names_one_view(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    await web.views_open(trigger_id=slack.trigger(ana), view=form(external_id="it-12"))
    again = web.views_open(trigger_id=slack.trigger(ana), view=form(external_id="it-12"))
    assert await refusal(again) == "duplicate_external_id"
    await web.views_update(external_id="it-12", view=form("By its name", external_id="it-12"))
    assert ana.modal is not None
    assert ana.modal.title == "By its name"


async def test_what_was_typed_survives_an_update(
    slack: SlackServer, web: AsyncWebClient, ana: Person
) -> None:
    opened = (await web.views_open(trigger_id=slack.trigger(ana), view=form()))["view"]
    assert ana.modal is not None
    ana.fills(ana.modal, {"Subject": "half a sentence"})
    updated = await web.views_update(view_id=opened["id"], view=form("Longer"))
    assert updated["view"]["state"]["values"]["subject"]["text"]["value"] == "half a sentence"


async def test_a_closed_modal_cannot_be_updated(slack: SlackServer, web: AsyncWebClient, ana: Person) -> None:
    opened = (await web.views_open(trigger_id=slack.trigger(ana), view=form()))["view"]
    assert ana.modal is not None
    await ana.closes(ana.modal)
    assert await refusal(web.views_update(view_id=opened["id"], view=form())) == "not_found"


async def test_closing_is_told_where_it_was_asked_for(slack: SlackServer, ana: Person) -> None:
    closed: list[dict[str, Any]] = []
    app = bolt_app(slack)

    @app.view_closed("reply")
    async def gone(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        closed.append(body)

    async with serving(app) as url:
        slack.sends_to(url)
        view = form(callback_id="reply", notify_on_close=True, private_metadata="IT-12")
        await client(slack).views_open(trigger_id=slack.trigger(ana), view=view)
        assert ana.modal is not None
        await ana.closes(ana.modal)
    assert [(body["is_cleared"], body["view"]["private_metadata"]) for body in closed] == [(False, "IT-12")]


async def test_a_form_the_app_failed_on_stays_open_with_what_was_typed(
    slack: SlackServer, ana: Person
) -> None:
    app = bolt_app(slack)

    @app.view("reply")
    async def broken(ack: Any) -> None:
        raise RuntimeError("the database is away")

    async with serving(app) as url:
        slack.sends_to(url)
        await client(slack).views_open(trigger_id=slack.trigger(ana), view=form(callback_id="reply"))
        assert ana.modal is not None
        taken = await ana.submits(ana.modal, {"Subject": "typed with care"})
    assert not taken.is_ok
    assert "trouble connecting" in ana.modal.problems[0][1]


async def test_a_menu_can_ask_the_app_for_its_options(slack: SlackServer, ana: Person) -> None:
    chosen: list[str] = []
    app = bolt_app(slack)

    @app.options("article")
    async def articles(ack: Any, body: dict[str, Any]) -> None:
        found = {"text": {"type": "plain_text", "text": f"About {body['value']}"}, "value": "a1"}
        await ack(options=[found])

    @app.action("article")
    async def article(ack: Any, action: dict[str, Any]) -> None:
        await ack()
        chosen.append(action["selected_option"]["value"])

    menu = {
        "type": "external_select",
        "action_id": "article",
        "placeholder": {"type": "plain_text", "text": "Article"},
    }
    async with serving(app) as url:
        slack.sends_to(url)
        await client(slack).chat_postMessage(
            channel="#help-it", text="t", blocks=[{"type": "actions", "elements": [menu]}]
        )
        seen = ana.reads("help-it")[-1]
        assert await ana.searches(seen, "Article", "printers") == ["About printers"]
        await ana.chooses(seen, "About printers", menu="Article", search="printers")
    assert chosen == ["a1"]

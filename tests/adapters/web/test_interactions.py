"""Commands, buttons, forms and the message menu: one question to the desk, one private answer."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.delivery import Delivered
from bot.messages.inbound import CommandGiven, MessagePosted, VerbChosen
from bot.messages.outbound import (
    Address,
    Button,
    Field,
    Form,
    FormRefused,
    Notice,
    OutboundMessage,
    PrivateReply,
)
from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse
from tests.said import not_done, said

FORM = Form(
    title="Resolve IT-1",
    verb="desk resolve",
    ticket="IT-1",
    fixed={"from": "card"},
    fields=(Field(name="resolution", label="What helped?", kind="long_text"),),
)
CLAIM = Button(label="Claim", verb="desk claim", ticket="IT-1", options={"seen": "3"}, is_primary=True)
RESOLVE = Button(label="Resolve", verb="desk resolve", ticket="IT-1", opens_form=True)


async def post_with(in_use: WorkspaceInUse, *buttons: Button, shown: tuple[str, ...] = ()) -> str:
    """The desk posts a notice with these buttons in the team's channel, or changes the one that is shown."""
    delivered = await in_use.platform.deliver(
        OutboundMessage(
            key="card",
            address=Address(channel=ChannelRef("web", "network")),
            content=Notice(text=("IT-1",), buttons=buttons),
            shown=shown,
        )
    )
    assert isinstance(delivered, Delivered)
    return delivered.parts[0]


def press(message: str, index: Any = 0, **more: Any) -> dict[str, Any]:
    return {"channel": "network", "thread": None, "message": message, "button": index, **more}


async def test_a_slash_command_asks_the_desk_and_posts_nothing(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.intake.answers = [PrivateReply(text=("You have no tickets.",))]
    answer = await ana.say("/ticket list  all")
    assert answer["reply"]["text"] == ["You have no tickets."]
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, CommandGiven)
    assert (event.group, event.words, event.location.thread) == ("ticket", "list  all", None)
    assert await ana.messages() == []


async def test_a_command_in_a_thread_knows_its_thread(in_use: WorkspaceInUse, ana: Page) -> None:
    root = await ana.say("My printer burns")
    await ana.say("/Ticket show", thread=root["id"])
    event = (await in_use.intake.saw(2))[1]
    assert isinstance(event, CommandGiven)
    assert (event.group, event.location.thread) == ("ticket", root["id"])


async def test_an_unknown_command_lists_those_there_are(in_use: WorkspaceInUse, ana: Page) -> None:
    for text in ["/tikcet list", "/", "/etc/hosts is broken"]:
        reply = (await ana.say(text))["reply"]
        assert reply["is_error"]
        assert {"t": "bold", "text": "/ticket"} in reply["text"]
    assert in_use.intake.attempts == 0


async def test_an_unknown_command_lists_the_agents_commands_for_an_agent(noor: Page) -> None:
    assert {"t": "bold", "text": "/ticket and /desk"} in (await noor.say("/tikcet list"))["reply"]["text"]


@pytest.mark.parametrize("text", ["//not", "// just saying thanks", "//"])
async def test_two_slashes_begin_a_message_and_no_command(
    in_use: WorkspaceInUse, ana: Page, text: str
) -> None:
    assert (await ana.say(text))["text"] == text
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, MessagePosted)
    assert event.text == text


async def test_a_text_after_a_space_is_no_command(ana: Page) -> None:
    await ana.say(" /etc/hosts is broken")
    assert len(await ana.messages()) == 1


async def test_a_command_that_needs_more_words_opens_a_form(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.intake.form = FORM
    reply = (await ana.say("/ticket open"))["reply"]
    assert (reply["type"], reply["title"], reply["fields"][0]["required"]) == ("form", "Resolve IT-1", True)
    assert in_use.intake.attempts == 0


async def test_a_command_that_fails_says_not_done(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.intake.failures = [RuntimeError("a bug")]
    in_use.intake.database_is_gone()
    told: list[str] = []
    for _ in range(2):
        reply = (await ana.say("/ticket open my mouse died"))["reply"]
        assert reply["is_error"]
        told.append("".join(reply["text"]))
    assert told == [not_done(), not_done("refusals.storage_unavailable")]
    assert in_use.intake.events == []


async def test_a_command_waits_for_what_was_said_before_it(in_use: WorkspaceInUse, noor: Page) -> None:
    root = await noor.say("root")
    await in_use.intake.saw(1)
    in_use.intake.auth.clear()
    await noor.say("Replaced the cable", thread=root["id"])
    command = asyncio.create_task(noor.say("/desk resolve", thread=root["id"]))
    await in_use.intake.was_asked(2)
    in_use.intake.auth.set()
    await command
    assert [type(event) for event in in_use.intake.events] == [MessagePosted, MessagePosted, CommandGiven]


async def test_a_command_does_not_wait_for_an_outage_to_end(in_use: WorkspaceInUse, noor: Page) -> None:
    in_use.intake.database_is_gone(times=1_000_000)
    root = await noor.say("root")
    reply = (await noor.say("/desk resolve", thread=root["id"]))["reply"]
    assert "".join(reply["text"]) == not_done("refusals.storage_unavailable")
    in_use.intake.failures.clear()


async def test_a_commands_repeat_has_the_same_key_and_another_persons_has_not(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    for page in [ana, ana, noor]:
        await page.say("/ticket list", client_key="k-1")
    keys = [event.key for event in await in_use.intake.saw(3)]
    assert keys[0] == keys[1] != keys[2]


async def test_a_posted_button_does_what_the_desk_said_when_it_posted_it(
    in_use: WorkspaceInUse, noor: Page
) -> None:
    message = await post_with(in_use, CLAIM)
    await noor.post(
        "/api/actions", press(message) | {"verb": "desk close", "ticket": "IT-9", "options": {"a": "b"}}
    )
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, VerbChosen)
    assert (event.verb, event.ticket, dict(event.options)) == ("desk claim", "IT-1", {"seen": "3"})
    assert event.actor.key == "web:noor"


async def test_the_page_is_not_told_what_a_posted_button_does(in_use: WorkspaceInUse, noor: Page) -> None:
    await post_with(in_use, CLAIM)
    (shown,) = await noor.messages("network")
    assert shown["content"]["buttons"] == [
        {
            "label": "Claim",
            "opens_form": False,
            "primary": True,
            "dangerous": False,
            "confirm": "",
            "not_for": "",
        }
    ]


async def test_a_button_that_opens_a_form_opens_it_without_a_transaction(
    in_use: WorkspaceInUse, noor: Page
) -> None:
    in_use.intake.form = FORM
    message = await post_with(in_use, CLAIM, RESOLVE)
    assert (await noor.post("/api/actions", press(message, 1)))["reply"]["type"] == "form"
    assert in_use.intake.attempts == 0
    await noor.post("/api/actions", press(message, 0))
    assert in_use.intake.attempts == 1


async def test_a_button_that_is_gone_says_so(in_use: WorkspaceInUse, noor: Page) -> None:
    message = await post_with(in_use, CLAIM)
    for index in [1, -1, {"menu": 0}]:
        answer = await noor.call("POST", "/api/actions", press(message, index))
        assert answer.status == 409
        assert answer.body["error"] == said("platforms.button_gone")


async def test_a_button_pressed_while_the_message_changes_does_what_the_person_saw(
    in_use: WorkspaceInUse, noor: Page
) -> None:
    message = await post_with(in_use, CLAIM, RESOLVE)
    await post_with(in_use, RESOLVE, shown=(message,))
    for index, seen in [(0, CLAIM), (1, RESOLVE)]:
        await noor.post("/api/actions", press(message, index, label=seen.label, client_key=seen.label))
    events = await in_use.intake.saw(2)
    assert [event.verb for event in events if isinstance(event, VerbChosen)] == [CLAIM.verb, RESOLVE.verb]
    unknown = await noor.call("POST", "/api/actions", press(message, 0, label="Close"))
    assert unknown.status == 409
    (seen_now,) = await noor.messages("network")
    assert set(seen_now["content"]) == {
        *("type", "text", "language", "tone", "buttons", "files"),
        *("menu", "menu_label", "notifies"),
    }


async def test_a_button_in_a_hidden_channel_cannot_be_pressed(in_use: WorkspaceInUse, ana: Page) -> None:
    message = await post_with(in_use, CLAIM)
    assert (await ana.call("POST", "/api/actions", press(message))).status == 404
    elsewhere = press(message) | {"channel": "help-it"}
    assert (await ana.call("POST", "/api/actions", elsewhere)).status == 404
    assert in_use.intake.attempts == 0


async def test_a_private_replys_button_carries_what_it_does(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.intake.answers = [PrivateReply(text=("Which one?",), buttons=(CLAIM,))]
    (button,) = (await ana.say("/desk claim"))["reply"]["buttons"]
    await ana.post("/api/actions", {"channel": "help-it", "thread": None, "private": button["private"]})
    event = (await in_use.intake.saw(2))[1]
    assert isinstance(event, VerbChosen)
    assert (event.verb, event.ticket, dict(event.options)) == ("desk claim", "IT-1", {"seen": "3"})


async def test_a_form_brings_its_fixed_and_typed_values(in_use: WorkspaceInUse, noor: Page) -> None:
    in_use.intake.form = FORM
    form = (await noor.say("/desk claim"))["reply"]
    await noor.post(
        "/api/forms",
        {"form": form, "values": {"resolution": "New cable"}, "channel": "help-it", "client_key": "k"},
    )
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, VerbChosen)
    assert event.is_form
    assert (event.verb, event.ticket) == ("desk resolve", "IT-1")
    assert dict(event.options) == {"from": "card", "resolution": "New cable"}


async def test_a_refused_or_failed_form_stays_open_with_a_reason(in_use: WorkspaceInUse, noor: Page) -> None:
    form = {"verb": "desk resolve", "ticket": "IT-1", "fixed": {}}
    body = {"form": form, "values": {"resolution": "x"}, "channel": "help-it"}
    in_use.intake.answers = [FormRefused("Ben has it.")]
    refused = (await noor.post("/api/forms", body))["reply"]
    in_use.intake.database_is_gone()
    failed = (await noor.post("/api/forms", body))["reply"]
    assert refused == {"type": "form_refused", "reason": "Ben has it.", "fields": {}}
    assert failed["type"] == "form_refused"
    assert failed["reason"] == not_done("refusals.storage_unavailable")


async def test_somebodys_message_can_be_made_a_ticket(in_use: WorkspaceInUse, ana: Page, noor: Page) -> None:
    file = (await ana.upload(b"x")).body
    said = await ana.say("My mouse died", files=[file["id"]])
    await noor.post("/api/make-ticket", {"channel": "help-it", "message": said["id"], "client_key": "k"})
    event = (await in_use.intake.saw(2))[1]
    assert isinstance(event, VerbChosen)
    assert event.about is not None
    assert (event.verb, event.actor.key, event.about.actor.key) == ("ticket open", "web:noor", "web:ana")
    assert (event.about.text, event.about.message_id) == ("My mouse died", said["id"])
    assert [each.name for each in event.about.stored] == ["notes.txt"]


async def test_employees_are_offered_the_commands_for_everyone(ana: Page, noor: Page) -> None:
    assert {each["group"] for each in await ana.get("/api/commands")} == {"ticket"}
    assert {each["group"] for each in await noor.get("/api/commands")} == {"ticket", "desk"}


async def test_the_desks_clock_can_be_put_forward_and_every_page_hears_of_it(
    in_use: WorkspaceInUse, ana: Page, noor: Page
) -> None:
    await noor.open_live()
    before = in_use.clock.now()
    answer = await ana.post("/api/clock", {"forward_s": 3600})
    assert in_use.clock.now() - before == timedelta(hours=1)
    assert answer["now"] == "2026-03-02T10:00:00.000Z"
    heard = [(await noor.hears("clock"))["now"] for _ in range(2)]
    assert heard == ["2026-03-02T09:30:00.000Z", answer["now"]], "half way, and where it ends"

"""Commands, buttons, menus, forms and shortcuts: done at once and answered to one person."""

from dataclasses import replace

import pytest

from adapters.slack.interactions import router
from bot.domain.directory import ChannelRef
from bot.domain.errors import NotAllowed
from bot.messages.delivery import Delivered
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import Button, Card, Field, Form, FormRefused, Home, HomeSection, PrivateReply
from tests.adapters.slack.slack_in_use import SlackInUse, SlackStage
from tests.contracts.platforms.sample_messages import SAID_AT
from tests.contracts.platforms.sender import deliver
from tests.fakes.slack import Seen
from tests.said import not_done, said

REPLY = Form(
    title="Reply to the requester of IT-1",
    verb="desk reply",
    ticket="IT-1",
    fields=(
        Field(name="text", label="Message", kind="long_text"),
        Field(name="priority", label="Priority", kind="choice", is_required=False, choices=(("low", "Low"),)),
        Field(name="who", label="Whom", kind="person", is_required=False),
        Field(name="all", label="Everybody", kind="people", is_required=False),
        Field(name="day", label="When", kind="date", is_required=False),
    ),
    fixed={"note": "no"},
)


async def card_in(in_use: SlackInUse) -> Seen:
    """A card as the desk shows it in #help-it."""
    menu = tuple(
        Button(label=f"Verb {number}…", verb=f"desk verb{number}", ticket="IT-1", opens_form=True)
        for number in range(9)
    )
    card = Card(
        reference="IT-1",
        subject="VPN",
        excerpt="My VPN is dead",
        requester="Ana Lima",
        status="new",
        state="new",
        priority="normal",
        level="normal",
        assignee=None,
        team="Network",
        opened_at=SAID_AT,
        buttons=(
            Button(label="Claim", verb="desk claim", ticket="IT-1", options={"how": "now"}),
            Button(label="Reply", verb="desk reply", ticket="IT-1", opens_form=True),
        ),
        menu=menu,
    )
    assert isinstance(await deliver(SlackStage(in_use), "card", card), Delivered)
    return in_use.bo.reads("help-it")[-1]


def whispers(in_use: SlackInUse) -> list[str]:
    return [seen.text for seen in in_use.bo.reads("help-it") if seen.is_ephemeral]


async def test_a_command_is_answered_in_its_acknowledgement(in_use: SlackInUse) -> None:
    in_use.intake.answer = PrivateReply(text=("You have nothing.",))
    await in_use.bo.types("/ticket list all", "help-it")
    (event,) = in_use.intake.events
    assert isinstance(event, CommandGiven)
    assert (event.group, event.words, event.actor.name) == ("ticket", "list all", "Bo Berg")
    assert event.location.channel == in_use.ref("help-it")
    assert whispers(in_use) == ["You have nothing."]
    assert in_use.server.calls_to("chat.postEphemeral") == []


async def test_a_command_in_direct_messages_is_there(in_use: SlackInUse) -> None:
    await in_use.bo.types("/ticket list", "@deskbell")
    assert in_use.intake.events[0].location.channel == ChannelRef("slack", f"@{in_use.bo.id}")


async def test_a_long_answer_comes_in_several_messages(in_use: SlackInUse) -> None:
    story = "".join(f"line {number} of a long story\n" for number in range(1_000))
    in_use.intake.answer = PrivateReply(text=(story,))
    await in_use.bo.types("/ticket show IT-1", "help-it")
    await in_use.server.until(lambda: len(whispers(in_use)) == 3, "three parts are there")
    shown = "".join(seen.words for seen in in_use.bo.reads("help-it") if seen.is_ephemeral)
    assert "".join(shown.split()) == "".join(story.split())


async def test_a_button_says_which_verb_of_which_ticket(in_use: SlackInUse) -> None:
    await in_use.bo.presses(await card_in(in_use), "Claim")
    (event,) = in_use.intake.events
    assert isinstance(event, VerbChosen)
    assert (event.verb, event.ticket, event.options) == ("desk claim", "IT-1", {"how": "now"})
    assert event.location.thread is None
    assert not event.is_form


async def test_every_entry_of_the_menu_can_be_chosen_again_and_again(in_use: SlackInUse) -> None:
    card = await card_in(in_use)
    for _ in range(2):
        await in_use.bo.chooses(card, "Verb 8…")
    assert [event.verb for event in in_use.intake.events if isinstance(event, VerbChosen)] == [
        "desk verb8"
    ] * 2


async def test_a_form_opens_and_brings_back_what_was_entered(in_use: SlackInUse) -> None:
    in_use.intake.forms["desk reply"] = REPLY
    await in_use.bo.presses(await card_in(in_use), "Reply")
    form = await in_use.bo.sees_modal()
    assert form.title == "Reply to the requester…"
    values = {
        "Message": "Hello",
        "Priority": "Low",
        "Whom": "ana",
        "Everybody": ["ana", "bo"],
        "When": "2026-03-02",
    }
    await in_use.bo.submits(form, values)
    (event,) = in_use.intake.events
    assert isinstance(event, VerbChosen)
    assert event.is_form
    assert (event.verb, event.ticket) == ("desk reply", "IT-1")
    assert event.options == {
        "note": "no",
        "text": "Hello",
        "priority": "low",
        "who": f"slack:{in_use.ana.id}",
        "all": f"slack:{in_use.ana.id},slack:{in_use.bo.id}",
        "day": "2026-03-02",
    }
    assert event.location.channel == in_use.ref("help-it")
    assert in_use.bo.modal is None


async def test_a_refused_form_stays_open_with_the_error_at_its_field(in_use: SlackInUse) -> None:
    in_use.intake.forms["desk reply"] = REPLY
    await in_use.bo.presses(await card_in(in_use), "Reply")
    in_use.intake.answer = FormRefused("Not so.", fields={"text": "That is too short."})
    form = await in_use.bo.sees_modal()
    await in_use.bo.submits(form, {"Message": "Hm"})
    still = await in_use.bo.sees_modal()
    assert still.problems == (("Message", "That is too short."),)
    in_use.intake.answer = None
    in_use.intake.events.clear()
    await in_use.bo.submits(still, {"Message": "Hm, hm"})
    assert in_use.bo.modal is None


async def test_a_step_of_a_form_is_followed_by_the_next(in_use: SlackInUse) -> None:
    category = Field(name="category", label="About", kind="choice", choices=(("hw", "Hardware"),))
    step = Form(title="Ask", verb="ticket open", ticket=None, fields=(category,), is_step=True)
    serial = Field(name="serial", label="Serial number")
    last = Form(title="Ask", verb="ticket open", ticket=None, fields=(serial,), fixed={"category": "hw"})
    in_use.intake.forms["ticket open"] = step
    await in_use.bo.types("/ticket open", "help-it")
    first = await in_use.bo.sees_modal()
    in_use.intake.next_forms["ticket open"] = last
    await in_use.bo.submits(first, {"About": "Hardware"})
    assert in_use.intake.events == []
    second = await in_use.bo.sees_modal()
    await in_use.bo.submits(second, {"Serial number": "17"})
    (event,) = in_use.intake.events
    assert isinstance(event, VerbChosen)
    assert event.options == {"category": "hw", "serial": "17"}


async def test_what_a_form_did_is_answered_where_it_was_opened(in_use: SlackInUse) -> None:
    in_use.intake.forms["desk reply"] = REPLY
    await in_use.bo.presses(await card_in(in_use), "Reply")
    in_use.intake.answer = PrivateReply(text=("Sent.",))
    await in_use.bo.submits(await in_use.bo.sees_modal(), {"Message": "Hello"})
    await in_use.bo.sees("help-it", "Sent.")
    assert whispers(in_use) == ["Sent."]


async def test_without_the_database_everybody_is_told_to_try_again(in_use: SlackInUse) -> None:
    card = await card_in(in_use)
    in_use.intake.database_is_gone(times=2)
    await in_use.bo.types("/ticket list", "help-it")
    await in_use.bo.presses(card, "Claim")
    await in_use.server.until(lambda: len(whispers(in_use)) == 2, "both are answered")
    assert whispers(in_use) == [not_done("refusals.storage_unavailable")] * 2
    in_use.intake.forms["desk reply"] = REPLY
    await in_use.bo.presses(card, "Reply")
    in_use.intake.database_is_gone()
    await in_use.bo.submits(await in_use.bo.sees_modal(), {"Message": "typed with care"})
    form = await in_use.bo.sees_modal()
    assert "Try again" in form.problems[0][1]


async def test_a_refusal_and_a_fault_are_told_in_words(in_use: SlackInUse) -> None:
    in_use.intake.failures = [NotAllowed("refusals.not_allowed"), ValueError("a bug")]
    await in_use.bo.types("/desk claim IT-1", "help-it")
    await in_use.bo.types("/desk claim IT-1", "help-it")
    refused, broken = whispers(in_use)
    assert refused == said("refusals.not_allowed")
    assert broken == not_done()


@pytest.mark.parametrize("error", ["expired_trigger_id", "fatal_error"])
async def test_a_form_that_does_not_open_is_not_kept_secret(in_use: SlackInUse, error: str) -> None:
    in_use.intake.forms["desk reply"] = REPLY
    in_use.server.plan_failures("views.open", error=error)
    await in_use.bo.presses(await card_in(in_use), "Reply")
    key = "refusals.form_too_late" if error == "expired_trigger_id" else "refusals.platform_silent"
    reason = said(key, platform="Slack")
    await in_use.bo.sees("help-it", said("refusals.not_done", reason=reason))


async def test_a_shortcut_on_a_message_brings_the_message_and_its_author(in_use: SlackInUse) -> None:
    said = await in_use.ana.says("help-it", "My headset is silent")
    await in_use.server.settled()
    await in_use.bo.uses_shortcut("ticket open from message", said)
    event = in_use.intake.events[-1]
    assert isinstance(event, VerbChosen)
    assert event.about is not None
    assert (event.actor.name, event.about.actor.name) == ("Bo Berg", "Ana Lima")
    assert (event.about.text, event.about.message_id) == ("My headset is silent", said.ts)


async def test_the_desks_own_words_make_no_ticket(in_use: SlackInUse) -> None:
    await in_use.bo.uses_shortcut("ticket open from message", await card_in(in_use))
    await in_use.bo.sees("help-it", said("platforms.not_a_message"))
    assert in_use.intake.events == []


async def test_an_agents_shortcut_means_the_thread_it_is_used_in(in_use: SlackInUse) -> None:
    root = await in_use.ana.says("help-it", "My headset is silent")
    reply = await in_use.ana.says("help-it", "Both of them", thread=root)
    await in_use.server.settled()
    await in_use.bo.uses_shortcut("desk claim", reply)
    event = in_use.intake.events[-1]
    assert isinstance(event, VerbChosen)
    assert (event.verb, event.location.thread, event.about) == ("desk claim", root.ts, None)


async def test_the_home_page_shows_tickets_and_its_buttons_work(in_use: SlackInUse) -> None:
    in_use.intake.forms["ticket open"] = Form(
        title="Ask for help", verb="ticket open", ticket=None, fields=(Field(name="text", label="What"),)
    )
    home = Home(
        title="Your requests",
        sections=(HomeSection(title="Open", nothing="Nothing is open."),),
        buttons=(Button(label="Ask for help", verb="ticket open", opens_form=True),),
    )
    channel = ChannelRef.home(f"slack:{in_use.ana.id}")
    assert await deliver(SlackStage(in_use), "h1", home, channel=channel) == Delivered(())
    page = in_use.ana.home
    assert page is not None
    assert "Nothing is open." in page
    await in_use.ana.presses(page, "Ask for help")
    await in_use.ana.submits(await in_use.ana.sees_modal(), {"What": "a mouse"})
    (event,) = in_use.intake.events
    assert event.location.channel == ChannelRef("slack", f"@{in_use.ana.id}")


async def test_an_answer_on_the_home_page_opens_over_it(in_use: SlackInUse) -> None:
    show = Button(label="Show", verb="ticket show", ticket="IT-1")
    home = Home(title="Your requests", sections=(), buttons=(show,))
    channel = ChannelRef.home(f"slack:{in_use.ana.id}")
    await deliver(SlackStage(in_use), "h1", home, channel=channel)
    in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
    assert in_use.ana.home is not None
    await in_use.ana.presses(in_use.ana.home, "Show")
    assert "IT-1 is open." in await in_use.ana.sees_modal()


async def test_a_form_brings_its_files(in_use: SlackInUse) -> None:
    in_use.intake.forms["desk reply"] = replace(REPLY, takes_files=True)
    await in_use.bo.presses(await card_in(in_use), "Reply")
    modal = await in_use.bo.sees_modal()
    await in_use.bo.submits(modal, {"Message": "Here", said("platforms.form_files"): [("a.txt", b"hello")]})
    event = in_use.intake.events[-1]
    assert isinstance(event, VerbChosen)
    assert event.options["text"] == "Here"
    assert set(event.options) == {"text", "priority", "who", "all", "day", "note"}
    (file,) = event.files
    assert (file.name, file.size) == ("a.txt", 5)
    assert b"".join([chunk async for chunk in file.read()]) == b"hello"


async def test_a_form_with_large_files_is_closed_and_refused_with_what_was_typed(
    in_use: SlackInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "FILES_PATIENCE_S", 0)
    in_use.intake.forms["desk reply"] = replace(REPLY, takes_files=True)
    await in_use.bo.presses(await card_in(in_use), "Reply")
    in_use.intake.answer = FormRefused("Not so.")
    modal = await in_use.bo.sees_modal()
    typed = {"Message": "typed with care", said("platforms.form_files"): [("a.txt", b"hello")]}
    await in_use.bo.submits(modal, typed)
    assert in_use.bo.modal is None
    refused = await in_use.bo.sees("help-it", "Not so.")
    assert "typed with care" in refused.text

"""How interactions are answered: at once, put off when it takes longer, and never twice."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.messages.ask_again import AskAgain
from bot.messages.inbound import VerbChosen
from bot.messages.outbound import Address, Button, Card, Field, Notice, OutboundMessage, PrivateReply
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use
from tests.adapters.discord.interactions.interaction_kit import (
    ASK,
    DEFERRED,
    HELPS,
    chosen,
    responder,
    told,
    with_commands,
)
from tests.fakes.discord import Seen
from tests.said import not_done, said


async def test_what_takes_longer_is_put_off_and_answered_when_it_is_done() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("You have none.",))
        in_use.intake.holds = asyncio.Event()
        typing = asyncio.create_task(in_use.ana.types_command("/ticket list", "help"))
        await in_use.server.until(lambda: responder(in_use) == [DEFERRED], "it is put off")
        in_use.intake.holds.set()
        shown = await typing
        assert shown.text == "You have none."
        assert len([each for each in in_use.ana.reads("help") if each.is_ephemeral]) == 1
        assert not any(each.is_ephemeral for each in in_use.bo.reads("help"))


async def test_a_command_with_all_it_needs_opens_no_form() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": ASK}
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        shown = await in_use.ana.types_command("/ticket open", "help", text="A new mouse")
        assert shown.text == "IT-1 is open."
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        assert (event.verb, event.options) == ("ticket open", {"text": "A new mouse"})


async def test_without_the_database_the_person_is_told_that_nothing_was_done() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.database_is_gone()
        shown = await in_use.ana.types_command("/ticket list", "help")
        assert not_done("refusals.storage_unavailable") in shown.text


async def test_commands_are_sent_only_when_they_changed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        puts = [call for call in in_use.server.calls if call.method == "PUT" and "commands" in call.path]
        assert len(puts) == 1
        await in_use.server.gateway.closes(4000)
        await in_use.server.until(lambda: in_use.platform.is_connected, "the desk is connected again")
        puts = [call for call in in_use.server.calls if call.method == "PUT" and "commands" in call.path]
        assert len(puts) == 1


async def test_what_only_a_form_can_ask_for_opens_one_with_what_was_typed() -> None:
    tag = Field(name="asset_tag", label="Asset tag")
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        asked = replace(ASK.fields[0], value="A new mouse")
        in_use.intake.forms = {"ticket open": replace(ASK, fields=(asked, tag))}
        shown = await in_use.ana.types_command("/ticket open", "help", text="A new mouse")
        assert shown.modal is not None
        assert shown.modal.values == {"What do you need?": "A new mouse"}
        assert in_use.intake.events == []


async def test_what_the_gateway_tells_twice_is_answered_once() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("You have none.",))
        await in_use.ana.types_command("/ticket list", "help", twice=True)
        await in_use.server.settled()
        assert in_use.intake.attempts == 1
        assert responder(in_use) == [4]


async def test_when_something_breaks_the_person_is_told_that_nothing_was_done() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.failures = [RuntimeError("a defect")]
        shown = await in_use.ana.types_command("/ticket list", "help")
        assert not_done() in shown.text


async def test_whoever_asked_is_answered_before_the_desk_hangs_up() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("You have none.",))
        in_use.intake.holds = asyncio.Event()
        typing = asyncio.create_task(in_use.ana.types_command("/ticket list", "help"))
        await in_use.server.until(lambda: in_use.intake.attempts == 1, "it is being done")
        closing = asyncio.create_task(in_use.platform.close())
        await in_use.server.until(lambda: not in_use.platform.is_connected, "it is closing")
        in_use.intake.holds.set()
        assert (await typing).text == "You have none."
        await closing


async def test_in_direct_messages_somebodys_roles_are_asked_for(in_use: DiscordInUse) -> None:
    in_use.intake.helps = HELPS
    await with_commands(in_use)
    await in_use.bo.types_command("/ticket list")
    (event,) = chosen(in_use)
    assert event.actor.groups == {f"discord:@{in_use.server.role('helpers').id}"}


async def test_words_too_long_for_a_button_are_kept_until_it_is_pressed() -> None:
    words = "It hums, rattles and smells. " * 20
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        button = Button(label="IT-1", verb="ticket reply", ticket="IT-1", options={"text": words})
        in_use.intake.answer = PrivateReply(text=("Which ticket is it for?",), buttons=(button,))
        which = await in_use.ana.types_command("/ticket list", "help")
        assert which.reply is not None
        await in_use.ana.presses(which.reply, "IT-1")
        event = chosen(in_use)[-1]
        assert (event.verb, event.ticket, event.options) == ("ticket reply", "IT-1", {"text": words})
        assert event.is_on_private_reply


async def shown_to_all(in_use: DiscordInUse, content: Card | Notice) -> Seen:
    """The desk's message in #help."""
    await in_use.platform.deliver(
        OutboundMessage(key="1", address=Address(channel=in_use.ref("help")), content=content)
    )
    return in_use.ana.reads("help")[-1]


async def test_what_cannot_be_undone_is_asked_about_by_its_name(in_use: DiscordInUse) -> None:
    discard = Button(label="Discard", verb="desk close", ticket="IT-1", confirm="Discard it?")
    others = Button(label="Note", verb="desk note", ticket="IT-1")
    card = Card(
        reference="IT-1",
        subject="No network",
        excerpt="",
        requester="Ana",
        status="open",
        state="open",
        priority="normal",
        level="normal",
        assignee=None,
        team="Helpers",
        opened_at=datetime(2026, 3, 2, tzinfo=UTC),
        menu=(others, discard),
    )
    asked = await in_use.ana.chooses(await shown_to_all(in_use, card), "Discard")
    assert said("platforms.confirm", label="Discard") in asked.text
    assert in_use.intake.events == []
    assert asked.reply is not None
    await in_use.ana.presses(asked.reply, "Discard")
    (event,) = chosen(in_use)
    assert (event.verb, event.ticket) == ("desk close", "IT-1")


async def test_a_button_whose_deed_shows_elsewhere_says_nothing(in_use: DiscordInUse) -> None:
    button = Button(label="Claim", verb="desk claim", ticket="IT-1")
    await in_use.ana.presses(await shown_to_all(in_use, Notice(text=("IT-1",), buttons=(button,))), "Claim")
    assert [event.verb for event in chosen(in_use)] == ["desk claim"]
    assert told(in_use) == []


async def test_a_number_on_a_button_is_no_message_to_look_for(in_use: DiscordInUse) -> None:
    button = Button(label="Separate", verb="ticket separate", ticket="IT-1", options={"message": "4711"})
    notice = Notice(text=("It was added to IT-1.",), buttons=(button,))
    await in_use.ana.presses(await shown_to_all(in_use, notice), "Separate")
    (event,) = chosen(in_use)
    assert event.options == {"message": "4711"}
    assert in_use.server.calls_to("GET /channels/{channel_id}/messages/{message_id}") == []


async def test_a_message_that_a_button_named_may_be_gone(in_use: DiscordInUse) -> None:
    asked = await in_use.ana.writes_dm("My VPN is dead")
    button = Button(label="Pine", verb="ticket open", options={"message": str(asked.id)})
    in_use.intake.answer = PrivateReply(text=(said("requester.which_server"),), buttons=(button,))
    await in_use.ana.writes_dm("Hello?")
    which = await in_use.ana.sees_dm("Which server")
    in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
    assert "IT-1" in (await in_use.ana.presses(which, "Pine")).text
    about = chosen(in_use)[-1].about
    assert about is not None
    assert about.text == "My VPN is dead"
    await in_use.ana.deletes(asked)
    assert said("platforms.message_gone") in (await in_use.ana.presses(which, "Pine")).text


async def test_what_is_still_to_happen_becomes_what_happened() -> None:
    again = AskAgain(verb="desk held-outcome", ticket="IT-1", options={"held": "7"}, after_s=10)
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("Goes out in 10 s.",), again=again)
        await in_use.ana.types_command("/ticket list", "help")
        in_use.intake.answer = None
        await in_use.server.until(lambda: len(in_use.intake.events) > 2, "it was asked, and asked again")
        assert own(in_use) == ["Goes out in 10 s."]
        in_use.intake.answer = PrivateReply(text=("Reply sent.",))
        await in_use.server.until(lambda: own(in_use) == ["Reply sent."], "the answer is another")
        _, *asked = [each for each in in_use.intake.events if isinstance(each, VerbChosen)]
        assert {(each.verb, each.ticket, each.options["held"]) for each in asked} == {
            ("desk held-outcome", "IT-1", "7")
        }
        assert len({each.key for each in asked}) == len(asked)


async def test_what_was_answered_late_becomes_true_too() -> None:
    again = AskAgain(verb="desk held-outcome", ticket="IT-1", options={}, after_s=10)
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.answer = PrivateReply(text=("Goes out in 10 s.",), again=again)
        in_use.intake.holds = asyncio.Event()
        typing = asyncio.create_task(in_use.ana.types_command("/ticket list", "help"))
        await in_use.server.until(lambda: responder(in_use) == [DEFERRED], "it is put off")
        in_use.intake.holds.set()
        await typing
        in_use.intake.answer = PrivateReply(text=("Reply sent.",))
        await in_use.server.until(lambda: own(in_use) == ["Reply sent."], "the answer is another")


def own(in_use: DiscordInUse) -> list[str]:
    """What Ana alone reads."""
    return [each.words for each in in_use.ana.reads("help") if each.is_ephemeral]

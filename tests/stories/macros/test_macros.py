"""Canned replies: one word answers the requester and changes the ticket, all of it or nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.tickets.ticket import Status
from bot.text.terms import status
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, plain, shown

SEND, EDIT, CANCEL = 0, 1, 2
"""The places of a preview's buttons."""
MACROS = """
macros:
  restart:
    title: Turn it off and on
    text: Please turn it off and on again.
    status: pending
    priority: low
    add_tags: [restart]
  battery:
    text: A new battery is on your desk.
    status: resolved
  to-network:
    text: Our network people look into it.
    team: network
    remove_tags: [restart]
"""


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = tmp_path / "macros.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def test_one_word_answers_the_requester_and_changes_the_ticket(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    answer = await office.types("bo", "/desk macro IT-1 restart now", channel="team-it")
    sent = said("answers.macro_sent", reference="IT-1", title="Turn it off and on")
    seen = said("answers.seen_by_requester", text="Please turn it off and on again.")
    assert answer == f"{sent} {seen}"
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (card["status"], card["priority"], card["tags"]) == ("pending", "low", ["restart"])
    _, *then = await office.reads("ana", "help-it", thread=root)
    assert then == [
        "Bo Berg: Please turn it off and on again.",
        said("requester.pending", name="Bo Berg", reference="IT-1"),
    ]


async def test_a_preview_says_what_will_be_read_and_changed_and_sends_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    before = await office.reads("ana", "help-it", thread=root)
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart", channel="team-it"))["reply"]
    heading = said("macros.preview", title="Turn it off and on", owner="desk.yaml", reference="IT-1")
    changes = "tags +restart, priority low and status pending"
    also = said("macros.also_changes", changes=changes)
    assert shown(reply).split("\n") == [heading, "Please turn it off and on again.", also]
    assert await office.reads("ana", "help-it", thread=root) == before
    sent = await office.presses_private("bo", reply, SEND, channel="team-it")
    assert shown(sent).startswith(said("answers.macro_sent", reference="IT-1", title="Turn it off and on"))
    assert "Bo Berg: Please turn it off and on again." in await office.reads("ana", "help-it", thread=root)


async def test_what_is_cancelled_is_not_sent(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    before = await office.reads("ana", "help-it", thread=root)
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart"))["reply"]
    left = await office.presses_private("bo", reply, CANCEL, channel="help-it")
    assert shown(left) == said("macros.not_sent", reference="IT-1")
    assert await office.reads("ana", "help-it", thread=root) == before


async def test_the_text_is_changed_before_it_is_sent(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, EDIT, channel="team-it")
    assert form is not None
    assert form["fields"][0]["value"] == "Please turn it off and on again."
    await office.submits("bo", form, channel="team-it", text="Turn it off, wait a minute, and on.")
    assert "Bo Berg: Turn it off, wait a minute, and on." in await office.reads("ana", "help-it", thread=root)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"


async def test_a_preview_that_stayed_on_the_screen_sends_nothing_twice(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, EDIT, channel="team-it")
    assert form is not None
    await office.submits("bo", form, channel="team-it", text="Turn it off, wait a minute, and on.")
    before = await office.reads("ana", "help-it", thread=root)
    again = await office.presses_private("bo", reply, SEND, channel="team-it")
    assert said("macros.changed_meanwhile") in shown(again)
    assert await office.reads("ana", "help-it", thread=root) == before


async def test_a_preview_from_before_a_colleague_answered_shows_what_they_said(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart", channel="team-it"))["reply"]
    await office.passes(minutes=1)
    await office.types("cleo", "/desk reply IT-1 I bring a new one", channel="team-it")
    again = await office.presses_private("bo", reply, SEND, channel="team-it")
    assert again is not None
    assert said("answers.answered_meanwhile", name="Cleo Chen") in shown(again)
    assert "I bring a new one" in shown(again)
    assert "Bo Berg" not in " ".join(await office.reads("ana", "help-it", thread=root))
    await office.presses_private("bo", again, SEND, channel="team-it")
    assert "Bo Berg: Please turn it off and on again." in await office.reads("ana", "help-it", thread=root)


async def test_a_macros_form_stops_for_what_a_colleague_did_since(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    choice = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Macro…")
    assert choice is not None
    form = await office.submits_for_reply("bo", choice, channel="team-it", macro="restart")
    assert form is not None
    await office.passes(minutes=1)
    await office.types("cleo", "/desk hold IT-1 We wait for the vendor", channel="team-it")
    again = await office.submits_for_reply("bo", form, channel="team-it", text="Is it plugged in?")
    assert again is not None
    assert again["type"] == "form"
    told = plain(again["notice"])
    assert said("answers.status_meanwhile", name="Cleo Chen", status=status(Status.ON_HOLD, "en")) in told
    assert "We wait for the vendor" in told
    assert again["fields"][0]["value"] == "Is it plugged in?"
    await office.submits("bo", again, channel="team-it", text="Is it plugged in?")
    assert "Bo Berg: Is it plugged in?" in await office.reads("ana", "help-it", thread=root)


async def test_the_card_offers_the_macros_by_their_titles(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Macro…")
    assert form is not None
    assert form["fields"][0]["choices"] == [
        ["restart", "Turn it off and on"],
        ["battery", "battery"],
        ["to-network", "to-network"],
    ]
    text = await office.submits_for_reply("bo", form, channel="team-it", macro="battery")
    assert text is not None
    assert text["fields"][0]["value"] == "A new battery is on your desk."
    assert said("macros.also_changes", changes="status resolved") == text["fields"][0]["hint"]
    await office.submits("bo", text, channel="team-it", text="A new battery is on your desk!")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "resolved"
    assert "Bo Berg: A new battery is on your desk!" in await office.reads("ana", "help-it", thread=root)


async def test_the_form_of_the_card_sends_at_once_where_that_is_ticked(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Macro…")
    assert form is not None
    await office.submits("bo", form, channel="team-it", macro="battery", now="yes")
    assert "Bo Berg: A new battery is on your desk." in await office.reads("ana", "help-it", thread=root)


async def test_a_form_without_words_sends_nothing(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1 restart", channel="team-it"))["reply"]
    form = await office.presses_private("bo", reply, EDIT, channel="team-it")
    assert form is not None
    before = await office.reads("ana", "help-it", thread=root)
    refused = await office.submits("bo", form, channel="team-it", text="  ")
    assert refused == said("refusals.missing", label=said("macros.reply_label"))
    assert await office.reads("ana", "help-it", thread=root) == before


async def test_a_macro_takes_the_ticket_to_another_team(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk tag IT-1 restart")
    await office.types("bo", "/desk macro IT-1 to-network now")
    card = (await office.card("cleo", "team-network", "IT-1"))["content"]
    assert (card["team"], card["tags"]) == ("Network", [])


async def test_in_the_thread_the_ticket_needs_no_name_and_elsewhere_it_may_come_last(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    thread = (await office.card("bo", "team-it", "IT-1"))["id"]
    await office.types("bo", "/desk macro battery now", channel="team-it", thread=thread)
    await office.types("bo", "/desk macro restart IT-1 now")
    replies = await office.reads("ana", "help-it", thread=root)
    assert [each for each in replies if each.startswith("Bo Berg: ")] == [
        "Bo Berg: A new battery is on your desk."
    ]


async def test_a_change_that_is_not_possible_takes_the_reply_with_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 all done")
    before = await office.reads("ana", "help-it", thread=root)
    assert await office.types("bo", "/desk macro IT-1 to-network now") == said(
        "refusals.reopen_first", reference="IT-1", status="resolved"
    )
    assert await office.reads("ana", "help-it", thread=root) == before


async def test_what_is_so_already_is_left_as_it_is(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    for _ in range(2):
        answer = await office.types("bo", "/desk macro IT-1 restart now")
        assert answer.startswith(said("answers.macro_sent", reference="IT-1", title="Turn it off and on"))
    card = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert (card["status"], card["tags"]) == ("pending", ["restart"])


async def test_an_unknown_macro_is_refused_with_those_there_are(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    facts = {"text": "bateri", "word": "battery", "names": "battery, restart and to-network"}
    assert await office.types("bo", "/desk macro IT-1 bateri") == said("answers.no_macro_meant", **facts)


async def test_a_requester_sends_no_macro(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert (await office.types("ana", "/desk macro IT-1 battery")).startswith(
        said("commands.agents_only", command="/desk macro", ask="/ticket open")
    )


async def test_a_desk_without_macros_says_how_one_is_made(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        none = said("macros.none_yet", command="/desk macro new")
        for line in ("/desk macro", "/desk macro IT-1", "/desk macro IT-1 battery"):
            assert await office.types("bo", line) == none
        reply = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Macro…")
        assert shown(reply) == none


async def test_without_a_name_a_form_asks(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk macro IT-1"))["reply"]
    assert shown(reply) == f"form: {said('commands.desk_macro_form')} · IT-1"


async def test_a_team_that_wants_it_sends_without_a_preview(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "at_once.yaml"
    file = DESK.read_text(encoding="utf-8") + MACROS
    config.write_text(file.replace("  it:\n", "  it:\n    macros: at_once\n", 1), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        answer = await office.types("bo", "/desk macro IT-1 battery")
        assert answer.startswith(said("answers.macro_sent", reference="IT-1", title="battery"))

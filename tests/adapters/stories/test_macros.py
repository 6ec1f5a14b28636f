"""Macros in Slack and Discord: previews with buttons, forms within their limits, and words that stay words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

MACROS = """
macros:
  hello: {text: "Hi {requester.first_name}, about {ticket.subject}: try {ticket.link}", add_tags: [greeted]}
"""


def braced(text: str) -> str:
    """As a template of the platform's desk file has it."""
    return text.replace("{", "{{").replace("}", "}}")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = platform.desk_file + braced(MACROS)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        yield office


def words_of(messages: list[Read]) -> str:
    return "\n".join(each.words for each in messages)


async def test_where_there_are_no_macros_that_is_said_and_no_form_opens(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.says("ana", "requests", "My mouse is dead")
        answer = await office.types("bo", "team", "/desk macro send", ticket="IT-1")
        assert said("macros.none_yet", command="/desk macro new") in answer.words.replace("`", "")


async def test_a_preview_is_sent_and_what_people_wrote_stays_words(office: Office) -> None:
    request = await office.says("ana", "requests", "*My* {agent.name} @everyone <!channel>")
    preview = await office.types("bo", "team", "/desk macro send", ticket="IT-1", macro="hello")
    assert said("macros.button_send") in preview.buttons
    assert "Hi " not in words_of(office.reads_thread("ana", request))
    await office.presses("bo", preview, said("macros.button_send"))
    (reply,) = (each for each in office.reads_thread("ana", request) if "Hi " in each.words)
    assert f"Hi {office.called('ana').split()[0]}" in reply.words
    assert "{agent.name}" in reply.words
    assert "http" in reply.words
    assert set(reply.pings) <= {office.called("ana")}


async def test_the_text_is_changed_in_a_form_before_it_is_sent(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    preview = await office.types("bo", "team", "/desk macro send", ticket="IT-1", macro="hello")
    answers = {said("macros.reply_label"): "Try {ticket.number} again"}
    await office.fills("bo", preview, said("macros.button_edit"), answers)
    assert "Try IT-1 again" in words_of(office.reads_thread("ana", request))
    assert "greeted" in (await office.types("bo", "team", "/ticket show", ticket="IT-1")).words


async def test_what_is_cancelled_is_not_sent(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    preview = await office.types("bo", "team", "/desk macro send", ticket="IT-1", macro="hello")
    await office.presses("bo", preview, said("macros.button_cancel"))
    assert "Hi " not in words_of(office.reads_thread("ana", request))
    assert said("macros.not_sent", reference="IT-1") in words_of(
        office.reads_privately("bo", "team")
    ).replace("*", "")


async def test_the_card_leads_from_the_choice_to_the_text(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    entry = said("team.button_macro_form")
    macro = {said("commands.desk_macro_macro_label"): "hello"}
    await office.fills_chosen("bo", await office.card("IT-1"), entry, macro)
    offered = [
        each for each in office.reads_privately("bo", "team") if said("macros.button_send") in each.buttons
    ]
    if offered:
        await office.presses("bo", offered[-1], said("macros.button_send"))
    else:
        await office.goes_on("bo", {})
    assert "Hi " in words_of(office.reads_thread("ana", request))


async def test_a_team_macro_is_made_in_one_form_and_used_by_a_colleague(
    office: Office, platform: Platform
) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    answers = {
        said("macros.name_label"): "restart",
        said("macros.text_label"): "Restart it, {requester.first_name}",
        said("macros.owner_label"): platform.team_title,
        said("macros.status_label"): "Pending",
        said("macros.priority_label"): "High",
        said("macros.tags_label"): "vpn",
        said("macros.assign_label"): said("macros.assign_me"),
    }
    await office.types_and_fills("bo", "team", "/desk macro new", answers)
    *_, made = office.reads_privately("bo", "team")
    assert said("macros.made", name="restart", owner=platform.team_title) in made.words
    preview = await office.types("cleo", "team", "/desk macro send", ticket="IT-1", macro="restart")
    await office.presses("cleo", preview, said("macros.button_send"))
    assert "Restart it, " in words_of(office.reads_thread("ana", request))
    card = (await office.card("IT-1")).words
    for shown in ("vpn", office.called("cleo")):
        assert shown in card


async def test_one_line_makes_ones_own_and_another_removes_it(office: Office) -> None:
    await office.types("bo", "team", "/desk macro new", name="thanks", text="Thank you, {requester.name}")
    listed = await office.types("bo", "team", "/desk macro list")
    assert "thanks" in listed.words
    question = await office.types("bo", "team", "/desk macro remove", name="thanks")
    await office.presses("bo", question, said("commands.desk_macro_remove_submit"))
    assert "thanks" not in (await office.types("bo", "team", "/desk macro list")).words

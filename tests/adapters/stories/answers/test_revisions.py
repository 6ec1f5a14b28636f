"""What was sent by form or command is edited and recalled, on both sides, by its author."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

LABEL = said("commands.desk_edit_text_label")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_a_reply_is_changed_on_both_sides_by_the_button_below_its_confirmation(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    sent = await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Use gateway 3")
    await office.fills("bo", sent, said("answers.button_edit"), {LABEL: "Use gateway 2"})
    for shown in (
        office.reads_thread("ana", request),
        office.reads_thread("bo", await office.card("IT-1")),
    ):
        words = "\n".join(each.words for each in shown)
        assert "Use gateway 2" in words
        assert "gateway 3" not in words
    told = await office.types("bo", "team", "/desk ticket history", ticket="IT-1")
    assert said("history.reads_now", before="Use gateway 3", text="Use gateway 2") in told.words


async def test_the_cards_menu_edits_what_one_said_last(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Use gateway 3")
    card = await office.card("IT-1")
    await office.fills_chosen("bo", card, said("team.button_edit_form"), {LABEL: "Use gateway 2"})
    assert any("Use gateway 2" in each.words for each in office.reads_thread("ana", request))


async def test_a_recalled_reply_is_gone_on_both_sides_and_kept_for_the_team(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="The password is tulip")
    assert any("tulip" in each.words for each in office.reads_thread("ana", request))
    told = await office.types("bo", "team", "/desk ticket recall", ticket="IT-1")
    assert said("answers.recalled_owed") in told.words
    assert not any("tulip" in each.words for each in office.reads_thread("ana", request))
    assert not any("tulip" in each.words for each in office.reads_thread("bo", await office.card("IT-1")))
    assert "tulip" not in (await office.types("ana", "requests", "/ticket show", ticket="IT-1")).words
    history = await office.types("bo", "team", "/desk ticket history", ticket="IT-1")
    assert said("history.read_before", text="The password is tulip") in history.words


def both_sides(office: Office, request: Read, card: Read) -> list[list[str]]:
    return [
        [each.words for each in office.reads_thread("ana", request)],
        [each.words for each in office.reads_thread("bo", card)],
    ]


@pytest.mark.parametrize(
    ("verb", "option", "is_told_to_team"),
    [("hold", "reason", True), ("resolve", "resolution", True), ("close", "reason", False)],
)
async def test_words_that_went_with_a_change_of_status_change_where_they_were_told_and_go(
    office: Office, verb: str, option: str, is_told_to_team: bool
) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk reply", ticket="IT-1", text="Use gateway 2")
    card = await office.card("IT-1")
    sent = await office.types("bo", "team", f"/desk {verb}", ticket="IT-1", **{option: "wait for Jon"})
    before = both_sides(office, request, card)
    assert [sum("wait for Jon" in each for each in side) for side in before] == [1, int(is_told_to_team)]
    await office.fills("bo", sent, said("answers.button_edit"), {LABEL: "wait for Eve"})
    assert both_sides(office, request, card) == [
        [each.replace("wait for Jon", "wait for Eve") for each in side] for side in before
    ]
    await office.types("bo", "team", "/desk ticket recall", ticket="IT-1")
    after = both_sides(office, request, card)
    assert not any("wait for" in each for side in after for each in side)
    assert any("Use gateway 2" in each for each in after[0])
    assert len(after[0]) == len(before[0])


async def test_a_recalled_question_takes_its_notice_along_and_who_closed_it_is_said(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk wait", ticket="IT-1", question="Which gateway?")
    waiting = said("requester.pending", name="", reference="IT-1")
    assert any(waiting in each.words for each in office.reads_thread("ana", request))
    told = await office.types("bo", "team", "/desk ticket recall", ticket="IT-1")
    assert "Which gateway?" in told.words
    thread = "\n".join(each.words for each in office.reads_thread("ana", request))
    assert waiting not in thread
    assert "Which gateway?" not in thread
    await office.types("bo", "team", "/desk close", ticket="IT-1", reason="a duplicate")
    closed = said("requester.closed_because", name="", reference="IT-1", reason="a duplicate")
    (told_closed,) = (each.words for each in office.reads_thread("ana", request) if closed in each.words)
    assert "Bo" in told_closed


async def test_the_requester_edits_and_recalls_what_a_command_sent(office: Office) -> None:
    await office.types("ana", "requests", "/ticket open", text="My VPN is dead")
    await office.types("ana", "requests", "/ticket reply", ticket="IT-1", text="Since Mondax")
    await office.types("ana", "requests", "/ticket edit", ticket="IT-1", text="Since Monday")
    said_to_team = [each.words for each in office.reads_thread("bo", await office.card("IT-1"))]
    assert any("Since Monday" in words for words in said_to_team)
    assert not any("Since Mondax" in words for words in said_to_team)
    await office.types("ana", "requests", "/ticket recall", ticket="IT-1")
    said_to_team = [each.words for each in office.reads_thread("bo", await office.card("IT-1"))]
    assert not any("Since Monday" in words for words in said_to_team)

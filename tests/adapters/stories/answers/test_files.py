"""Files go with a reply from a form, and reach the requester on their own platform, once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

GUIDE = ("guide.txt", b"first, restart")
REPLY, NOTE = said("team.button_reply"), said("team.button_note")
REPLY_LABEL, NOTE_LABEL = said("commands.desk_reply_text_label"), said("commands.desk_note_text_label")
FILES = said("platforms.form_files")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


def with_file(said: list[Read]) -> list[Read]:
    return [each for each in said if any("guide.txt" in str(file) for file in each.seen.files)]


async def test_a_reply_from_the_cards_form_brings_its_file(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    card = await office.card("IT-1")
    await office.fills("bo", card, REPLY, {REPLY_LABEL: "Here is the guide", FILES: [GUIDE]})
    answers = office.reads_thread("ana", request)
    assert any("Here is the guide" in each.words for each in answers)
    assert len(with_file(answers)) == 1


async def test_a_note_from_the_cards_form_keeps_its_file_inside(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    card = await office.card("IT-1")
    await office.fills("bo", card, NOTE, {NOTE_LABEL: "She broke it", FILES: [GUIDE]})
    assert with_file(office.reads_thread("ana", request)) == []
    assert len(with_file(office.reads_thread("bo", await office.card("IT-1")))) == 1


async def test_resolving_by_form_sends_the_file_before_it(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    label = said("commands.desk_resolve_resolution_label")
    card = await office.card("IT-1")
    await office.fills("bo", card, said("team.button_resolve"), {label: "Restarted", FILES: [GUIDE]})
    answers = office.reads_thread("ana", request)
    assert len(with_file(answers)) == 1
    assert any("Restarted" in each.words for each in answers)


async def test_a_recalled_reply_takes_its_file_along(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    card = await office.card("IT-1")
    await office.fills("bo", card, REPLY, {REPLY_LABEL: "Here is the guide", FILES: [GUIDE]})
    await office.types("bo", "team", "/desk ticket recall", ticket="IT-1")
    assert with_file(office.reads_thread("ana", request)) == []
    assert with_file(office.reads_thread("bo", await office.card("IT-1"))) == []

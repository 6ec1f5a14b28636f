"""Who asks, what is noted of them, and two accounts that become one person's: on each platform."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

WORDS = "works from Porto on Fridays"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_the_cards_menu_says_who_asks_what_became_of_it_and_what_is_noted(office: Office) -> None:
    ana = office.called("ana")
    await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk resolve", ticket="IT-1", resolution="Changed its battery")
    await office.says("ana", "requests", "The printer is jammed in the hall")
    await office.chooses("bo", await office.card("IT-2"), "", said("team.button_who"))
    *_, page = office.reads_privately("bo", "team")
    for part in (ana, "IT-1", "Changed its battery", "IT-2", "The printer is jammed in the hall"):
        assert part in page.words, part

    label = said("commands.desk_note_on_account_text_label")
    await office.fills("bo", page, said("people.button_note"), {label: WORDS})
    told = await office.types("bo", "team", "/desk team who", person="ana")
    assert WORDS in told.words
    await office.presses("bo", told, said("people.button_remove_note", number=1))
    assert WORDS not in (await office.types("bo", "team", "/desk team who", person="ana")).words


async def test_whom_a_note_is_about_never_reads_it(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk team person-note", person="ana", text=WORDS)
    for command, options in (
        ("/ticket list", {}),
        ("/ticket show", {"ticket": "IT-1"}),
        ("/ticket search", {"query": "porto"}),
    ):
        assert WORDS not in (await office.types("ana", "requests", command, **options)).words, command
    assert all(WORDS not in each.words for each in office.reads_directly("ana"))


async def test_a_code_in_direct_messages_links_two_accounts_and_either_sees_what_the_other_asked(
    office: Office,
) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await office.types("ana", "requests", "/ticket link")
    *_, told = office.reads_directly("ana")
    (code,) = set(re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", told.words))
    asked = await office.types("cleo", "requests", "/ticket link", code=code)
    assert office.called("ana") in asked.words
    await office.presses("cleo", asked, said("people.button_link"))
    assert "IT-1" in (await office.types("cleo", "requests", "/ticket list")).words
    *_, warned = office.reads_directly("ana")
    assert office.called("cleo") in warned.words
    await office.types("cleo", "requests", "/ticket unlink")
    assert "IT-1" not in (await office.types("cleo", "requests", "/ticket list")).words

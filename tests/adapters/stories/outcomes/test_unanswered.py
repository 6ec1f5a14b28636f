"""What a requester is owed is asked for: a form where the words were left out, a question before closing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.says("ana", "requests", "My VPN is dead")
        yield office


async def test_resolving_without_words_opens_the_form_that_asks_for_them(office: Office) -> None:
    label = said("commands.desk_resolve_resolution_label")
    await office.types_and_fills("bo", "team", "/desk resolve", {label: "A new cable"}, ticket="IT-1")
    assert "A new cable" in (await office.types("bo", "team", "/ticket show", ticket="IT-1")).words


async def test_closing_what_nobody_answered_asks_and_then_closes(office: Office) -> None:
    asked = await office.types("bo", "team", "/desk close", ticket="IT-1")
    assert said("answers.button_resolve_with_reply") in asked.buttons
    await office.presses("bo", asked, said("answers.button_close_anyway"))
    history = await office.types("bo", "team", "/ticket show", ticket="IT-1")
    assert "closed" in history.words

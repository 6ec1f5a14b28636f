"""An agent works one ticket after the other, and is told each time what became of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

RESOLVE, NEXT = said("team.button_resolve"), said("lists.next_button")
HOW = said("commands.desk_resolve_resolution_label")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_who_resolves_from_the_answer_of_next_is_told_so_with_the_way_to_the_one_after(
    office: Office,
) -> None:
    await office.says("ana", "requests", "My mouse is dead, and so is the one beside it")
    await office.says("ana", "requests", "The printer on floor two jams again")
    first = await office.types("bo", "team", "/desk next")
    assert "IT-1" in first.words

    await office.fills("bo", first, RESOLVE, {HOW: "A new one is on your desk."})
    told = office.reads_privately("bo", "team")[-1]
    assert "A new one is on your desk." in told.words

    await office.presses("bo", told, NEXT)
    assert "IT-2" in office.reads_privately("bo", "team")[-1].words

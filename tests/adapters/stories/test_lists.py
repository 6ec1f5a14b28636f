"""Lists turn their pages by buttons, and each of their numbers leads to a ticket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

NEXT, PREVIOUS = said("commands.next_page"), said("commands.previous_page")

MANY = 23
LONG = "nobody knows which of them was first, and it does not matter"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_the_queue_is_turned_forth_and_back_in_place(office: Office) -> None:
    for number in range(1, MANY + 1):
        await office.says("ana", "requests", f"Mouse {number} is dead, and so is the one beside it: {LONG}")
    await office.types("bo", "team", "/desk queue")
    (first,) = office.reads_privately("bo", "team")
    assert "1–20 of 23" in first.words
    assert PREVIOUS not in first.buttons

    await office.presses("bo", first, NEXT)
    (last,) = office.reads_privately("bo", "team")
    assert "21–23 of 23" in last.words
    assert "1–20 of 23" not in last.words
    for number in (21, 22, 23):
        assert f"Mouse {number} is dead" in last.words

    await office.presses("bo", last, PREVIOUS)
    (again,) = office.reads_privately("bo", "team")
    assert "1–20 of 23" in again.words


async def test_the_number_links_to_the_card(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk queue")
    (answer,) = office.reads_privately("bo", "team")
    assert answer.buttons == ()
    assert "IT-1" in answer.words
    assert "http" in str(answer.seen)

"""Lists turn their pages by buttons, and each of their numbers leads to a ticket."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, Read
from tests.said import said

NEXT, PREVIOUS = said("commands.next_page"), said("commands.previous_page")

MANY = 23


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


def words(parts: Sequence[Read]) -> str:
    return "\n".join(part.words for part in parts)


def with_button(parts: Sequence[Read], button: str) -> Read:
    return next(part for part in parts if button in part.buttons)


async def test_the_queue_is_turned_forth_and_back(office: Office) -> None:
    for number in range(1, MANY + 1):
        await office.says("ana", "requests", f"Mouse {number} is dead")
    await office.types("bo", "team", "/desk queue")
    first = office.reads_privately("bo", "team")
    assert "1–20 of 23" in words(first)
    assert PREVIOUS not in [each for part in first for each in part.buttons]

    await office.presses("bo", with_button(first, NEXT), NEXT)
    last = office.reads_privately("bo", "team")[len(first) :]
    assert "21–23 of 23" in words(last)
    for number in (21, 22, 23):
        assert f"Mouse {number} is dead" in words(last)

    await office.presses("bo", with_button(last, PREVIOUS), PREVIOUS)
    again = office.reads_privately("bo", "team")[len(first) + len(last) :]
    assert "1–20 of 23" in words(again)


async def test_the_number_links_to_the_card(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk queue")
    (answer,) = office.reads_privately("bo", "team")
    assert answer.buttons == ()
    assert "IT-1" in answer.words
    assert "http" in str(answer.seen)

"""A lead sees what comes again, and the tickets behind it are one press away."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said

SCANNER = ("Scanner lid breaks every hour", "the scanner lid breaks again", "Scanner: its lid breaks")


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_three_requests_that_say_the_same_are_one_problem(office: Office) -> None:
    for text in (*SCANNER, "New laptop for the intern in room four"):
        await office.says("ana", "requests", text)
    await office.types("bo", "team", "/desk team problems")
    (told,) = office.reads_privately("bo", "team")
    assert "Scanner lid breaks" in told.words
    assert "laptop" not in told.words

    await office.presses("bo", told, said("reports.button_problem", number=1, count=3))
    shown = office.reads_privately("bo", "team")[-1].words
    assert all(f"IT-{number}" in shown for number in (1, 2, 3))
    assert "IT-4" not in shown

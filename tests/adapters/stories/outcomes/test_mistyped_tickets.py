"""A reply to a number that is no ticket's goes to nobody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_a_reply_to_a_mistyped_number_offers_no_other_ticket(office: Office) -> None:
    asked = await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk claim", ticket="IT-1")
    answer = await office.types("bo", "team", "/desk reply", ticket="T-1", text="Send me the serial number")
    assert said("commands.not_a_ticket", text="T-1") in answer.words
    assert "Which ticket" not in answer.words
    assert not any("serial" in each.words for each in office.reads_thread("ana", asked))

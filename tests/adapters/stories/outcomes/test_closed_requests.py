"""A ticket is closed with a reason: its requester reads it, and nobody is troubled."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform

REASON = "Not for us, ask the bank"


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_closings_with_a_reason_are_read_and_no_operator_hears_of_them(office: Office) -> None:
    for number in range(1, 7):
        asked = await office.says(
            "ana", "requests", f"Bank card {number} was refused, and so was the one after it"
        )
        await office.types("bo", "team", "/desk close", ticket=f"IT-{number}", reason=REASON)
        assert any(REASON in each.words for each in office.reads_thread("ana", asked))
    assert office.reads("lee", "operators") == []

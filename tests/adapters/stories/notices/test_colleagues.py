"""Cleo resolves what Bo has: she hears whose it is, and he is mentioned in the team's thread."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_a_colleague_is_told_who_resolved_their_ticket(office: Office) -> None:
    for agent in ("bo", "cleo"):
        await office.types(agent, "team", "/desk mine")
    await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    done = await office.types("cleo", "team", "/desk resolve", ticket="IT-1", resolution="A new cable")
    named = [said("answers.owner_told", reference="IT-1", name=each) for each in ("Bo Berg", "Bo")]
    assert any(each in done.words for each in named)
    thread = office.reads_thread("bo", await office.card("IT-1"))
    assert [name for each in thread for name in each.pings] == [office.called("bo")]

"""Who asks for news in their ticket's thread is told how it stands, alone and each time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        yield office


async def test_who_asks_for_news_is_told_alone_how_it_stands_and_the_team_reads_it(
    office: Office, platform: Platform
) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    received = said("requester.received", reference="IT-1", team=platform.team_title)
    await office.answers("ana", request, "any news?")
    await office.answers("ana", request, "Is there any progress?")
    told = office.hears_alone("ana", request)
    assert [received in each.words.replace("*", "") for each in told] == [True, True]
    assert any("any news?" in each.words for each in office.reads_thread("bo", await office.card("IT-1")))

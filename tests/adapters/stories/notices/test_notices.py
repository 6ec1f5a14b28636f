"""Who is told: the assignee once for a burst, directly where they chose that, and at night whoever is on call."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, with_rota
from tests.adapters.stories.weekend import CALENDARS, stand_at
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    """The team works by day in Berlin, where it is Monday noon, and Lee is on call."""
    desk = with_rota(platform, on_call="lee", more="\n    calendar: berlin") + CALENDARS
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        stand_at(office.clock, 0, 12, 0)
        for agent in ("bo", "lee"):
            await office.types(agent, "team", "/desk mine")
        yield office


async def pings(office: Office) -> list[str]:
    """Whom the messages of the team's thread mention, in their order."""
    thread = office.reads_thread("bo", await office.card("IT-1"))
    return [name for each in thread for name in each.pings]


async def test_the_assignee_is_told_once_for_a_burst(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    for text in ("Since Monday", "In Norway", "Help!"):
        await office.answers("ana", request, text)
    assert await pings(office) == [office.called("bo")]


async def test_at_night_it_is_quiet_for_the_assignee_and_whoever_is_on_call_is_told(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    stand_at(office.clock, 0, 22, 0)
    await office.answers("ana", request, "It is still dead")
    assert await pings(office) == [office.called("lee")]


async def test_who_chose_direct_messages_gets_one(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    chosen = await office.types("bo", "team", "/desk team notify", how="direct")
    assert said("answers.notify_direct") in chosen.words
    await office.answers("ana", request, "It is still dead")
    assert "It is still dead" in office.reads_directly("bo")[-1].words
    assert await pings(office) == []

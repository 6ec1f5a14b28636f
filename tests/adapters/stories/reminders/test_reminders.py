"""Nothing rests forgotten: a reminder, a snoozed ticket and the message in the morning, on each platform."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=platform.desk_file) as office:
        await office.types("bo", "team", "/desk mine")
        yield office


async def passes(office: Office, minutes: int) -> None:
    """And whatever goes by desk time looks."""
    await office.passes(minutes=minutes)
    await office.desk.tick_clocks()
    await office.settle()


async def test_a_reminder_is_told_in_the_teams_thread_moved_and_done(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    answer = await office.types(
        "bo", "team", "/desk ticket remind", ticket="IT-1", when="1h, call the vendor"
    )
    assert "IT-1" in answer.words
    await passes(office, 61)
    told = office.reads_thread("bo", await office.card("IT-1"))[-1]
    assert "call the vendor" in told.words
    assert told.pings == (office.called("bo"),)
    assert told.buttons == (said("team.button_reminder_done"), said("team.button_reminder_later"))
    later = {said("commands.desk_reminder_move_when_label"): "2h"}
    await office.fills("bo", told, said("team.button_reminder_later"), later)
    await passes(office, 121)
    again = office.reads_thread("bo", await office.card("IT-1"))[-1]
    assert "call the vendor" in again.words
    await office.presses("bo", again, said("team.button_reminder_done"))
    done = office.reads_thread("bo", await office.card("IT-1"))[-1]
    assert said("team.reminder_done", reference="IT-1") in done.words
    assert done.buttons == ()
    assert not any("vendor" in each.words for each in office.reads_thread("ana", request))


async def test_a_snoozed_ticket_shows_its_time_and_comes_back_by_itself(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await office.types("bo", "team", "/desk ticket snooze", ticket="IT-1", until="2h")
    card = await office.card("IT-1")
    assert said("team.snoozed_until") in card.words
    assert said("team.button_unsnooze") in card.buttons
    assert "IT-1" not in (await office.types("bo", "team", "/desk queue")).words
    await passes(office, 121)
    card = await office.card("IT-1")
    assert said("team.snoozed_until") not in card.words
    told = office.reads_thread("bo", card)[-1]
    assert told.pings == (office.called("bo"),)
    assert "IT-1" in (await office.types("bo", "team", "/desk queue")).words


async def test_the_requester_brings_a_snoozed_ticket_back(office: Office) -> None:
    request = await office.says("ana", "requests", "My VPN is dead")
    await office.types("bo", "team", "/desk ticket snooze", ticket="IT-1", until="2h")
    await office.answers("ana", request, "It smokes now")
    assert said("team.snoozed_until") not in (await office.card("IT-1")).words
    assert any(
        office.called("bo") in each.pings for each in office.reads_thread("bo", await office.card("IT-1"))
    )
    assert not any("snooze" in each.words for each in office.reads_thread("ana", request))


async def test_the_morning_is_told_directly(office: Office) -> None:
    await office.says("ana", "requests", "My VPN is dead")
    await office.presses("bo", await office.card("IT-1"), "Claim")
    await office.types("bo", "team", "/desk team morning", when="on")
    for _ in range(25):
        await passes(office, 60)
    told = [each.words for each in office.reads_directly("bo") if "IT-1" in each.words]
    assert any(each.startswith(said("team.morning", what="")) for each in told)

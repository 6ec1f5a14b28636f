"""Targets over a weekend: staffed hours alone count, and everybody can read why."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform
from tests.adapters.stories.weekend import stand_at, two_offices
from tests.said import said

FRIDAY, MONDAY = 4, 0


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with platform.open(tmp_path, sqlite_template, desk=two_offices(platform)) as office:
        stand_at(office.clock, FRIDAY, 16, 50)
        yield office


async def goes_on(office: Office, weekday: int, hour: int, minute: int) -> None:
    stand_at(office.clock, weekday, hour, minute)
    await office.desk.workers["sla_clock"].tick()
    await office.settle()


async def account(office: Office, who: str, room: str) -> str:
    """What `/desk sla` tells about the ticket; `ticket` is its group in menus."""
    return (await office.types(who, room, "/desk ticket sla", ticket="IT-1")).words


async def test_friday_evenings_request_has_its_ten_minutes_and_the_rest_on_monday(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await goes_on(office, MONDAY, 11, 0)
    told = await account(office, "bo", "team")
    assert said("sla.sum", counted="2 h 10 min", target="4 h") in told
    assert said("sla.reason_day_off") in told
    assert office.reads("lee", "escalations") == [], "nobody is pinged at night, and there is time yet"
    await goes_on(office, MONDAY, 12, 10)
    (warning,) = office.reads("lee", "escalations")
    assert "first response due " in warning.words


async def test_while_the_requester_is_silent_over_the_weekend_nothing_counts(office: Office) -> None:
    request = await office.says("ana", "requests", "My mouse is dead")
    await office.types("bo", "team", "/desk wait", ticket="IT-1", question="Which one?")
    await goes_on(office, MONDAY, 10, 0)
    await office.answers("ana", request, "The red one")
    await goes_on(office, MONDAY, 10, 30)
    told = await account(office, "bo", "team")
    assert said("sla.reason_waiting") in told
    assert said("sla.sum", counted="30 min", target="8 h") in told


async def test_a_priority_raised_mid_way_moves_the_promise(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await goes_on(office, MONDAY, 9, 30)
    await office.types("bo", "team", "/desk priority", ticket="IT-1", priority="urgent")
    told = await account(office, "bo", "team")
    raised = {"earlier": "40 min", "later": "3 h"}
    assert said("sla.sum_raised", counted="40 min", target="3 h 40 min", **raised) in told


async def test_moved_to_new_york_the_clock_waits_for_its_morning(office: Office) -> None:
    await office.says("ana", "requests", "My mouse is dead")
    await goes_on(office, MONDAY, 10, 0)
    await office.types("bo", "team", "/desk transfer", ticket="IT-1", team="network")
    await goes_on(office, MONDAY, 13, 0)
    assert said("sla.sum", counted="1 h 10 min", target="4 h") in await account(office, "lee", "operators")

"""Nudges rest while their ticket is snoozed, and go on when it is back: at its time, or when somebody ends it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.nudges.desk_that_nudges import nudging
from tests.stories.nudges.test_claims import claimed, owner, warnings
from tests.stories.nudges.test_pending_tickets import asked, nudge_of, thread
from tests.stories.office import Office, open_office, words


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=nudging(tmp_path)) as office:
        yield office


async def dues(office: Office) -> dict[str, Any]:
    card = await office.card("bo", "team-it", "IT-1")
    return {each["label"]: each["at"] for each in card["content"]["dues"]}


async def test_a_claim_has_its_full_time_once_the_snooze_is_over(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=2)
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel="team-it")
    assert "2026-03-04T12:00:00.000Z" in (await dues(office)).values(), "the card says so: Wednesday at one"
    await office.passes(hours=47 - 2 + 2, minutes=59)
    assert await owner(office) == "Bo Berg"
    assert await warnings(office) == [], "it is Wednesday, a minute to twelve in Berlin"
    await office.passes(minutes=1)
    assert len(await warnings(office)) == 1
    await office.passes(hours=1)
    assert await owner(office) is None


async def test_a_claim_whose_snooze_somebody_ends_counts_from_then(office: Office) -> None:
    await claimed(office)
    await office.types("bo", "/desk snooze IT-1 until Friday", channel="team-it")
    await office.passes(days=1)
    await office.types("cleo", "/desk unsnooze IT-1", channel="team-it")
    await office.passes(hours=2, minutes=59)
    assert await warnings(office) == []
    await office.passes(minutes=1)
    assert len(await warnings(office)) == 1, "it is Tuesday at one"


async def test_a_claim_that_was_warned_before_the_snooze_does_not_lapse_with_its_end(office: Office) -> None:
    await claimed(office)
    await office.passes(hours=3, minutes=30)
    assert len(await warnings(office)) == 1
    await office.types("bo", "/desk snooze IT-1 until Wednesday", channel="team-it")
    await office.passes(hours=47 - 3 + 3)
    assert await owner(office) == "Bo Berg"
    await office.passes(minutes=30)
    assert await owner(office) is None, "it is Wednesday at one"


async def test_a_requester_is_not_nudged_before_the_snooze_is_over(office: Office) -> None:
    root = await asked(office)
    await office.types("bo", "/desk snooze IT-1 until Thursday", channel="team-it")
    before = len(await thread(office, root, since=0))
    await office.passes(days=2, hours=22, minutes=59)
    assert await thread(office, root, since=before) == []
    await office.passes(minutes=1)
    (nudge,) = await thread(office, root, since=before)
    assert words(nudge).split()[:6] == nudge_of("").split()[:6]


async def test_a_requester_is_nudged_at_once_when_the_snooze_is_ended_after_its_day(office: Office) -> None:
    root = await asked(office)
    await office.types("bo", "/desk snooze IT-1 until Friday", channel="team-it")
    before = len(await thread(office, root, since=0))
    await office.passes(days=2)
    await office.types("bo", "/desk unsnooze IT-1", channel="team-it")
    await office.passes(minutes=1)
    assert len(await thread(office, root, since=before)) == 1


async def test_a_snoozed_ticket_is_not_resolved_before_its_requester_was_nudged(office: Office) -> None:
    await asked(office)
    await office.types("bo", "/desk snooze IT-1 until 2026-03-16", channel="team-it")
    await office.passes(days=14)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.resolved_no_reply") not in history

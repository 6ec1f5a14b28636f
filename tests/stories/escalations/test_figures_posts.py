"""Figures that a team reads each day, week or month: once, in the morning, of days that are over."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

THURSDAY = datetime(2026, 2, 26, 8, 30, tzinfo=UTC)


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    """The people's desk keeps office hours in Berlin, and has no SLA policy to be told of."""
    path = folder / "desk.yaml"
    team, channel, rest = DESK.read_text().partition("    escalation_channel: web:escalations-people\n")
    kinds = "[figures_daily, figures_weekly, figures_monthly]"
    path.write_text(team + channel + rest.replace("[]", kinds, 1))
    async with open_office(folder, config=path, at=THURSDAY) as office:
        yield office


async def posts(office: Office) -> list[str]:
    """The days that each was of."""
    read = await office.reads("lee", "escalations-people")
    heading = said("figures.heading", teams="People")
    return [text.splitlines()[1].partition(",")[0] for text in read if text.startswith(heading)]


async def test_each_period_is_told_once_on_the_first_working_morning_after_it(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.says("dan", "help-hr", "My payslip is wrong")
    await office.passes(hours=1)
    await office.types("bo", "/desk reply IT-1 We look")
    assert await posts(office) == [], "nothing from before the desk was there"
    await office.passes(hours=23)
    assert await posts(office) == ["26 Feb 2026"]
    await office.passes(days=2)
    assert await posts(office) == ["26 Feb 2026"], "nothing on a day off"
    await office.passes(days=1)
    assert sorted(await posts(office)) == [
        "1 – 28 Feb 2026",
        "23 Feb – 1 Mar 2026",
        "26 Feb 2026",
        "27 Feb – 1 Mar 2026",
    ]
    await office.passes(hours=3)
    assert len(await posts(office)) == 4, "each once"
    told = "\n".join(await office.reads("lee", "escalations-people"))
    for period, compared in (
        ("1 – 28 Feb 2026", "1 – 31 Jan 2026"),
        ("23 Feb – 1 Mar 2026", "16 – 22 Feb 2026"),
    ):
        assert said("figures.subtitle", period=period, compared=compared) in told


async def test_a_post_tells_numbers_of_private_requests_and_not_their_words(office: Office) -> None:
    await office.says("ana", "help-hr", "My contract is unclear")
    await office.passes(days=1)
    (told,) = [each for each in await office.reads("lee", "escalations-people") if "26 Feb 2026" in each]
    assert ["new", "1", "0"] in [line.split() for line in told.splitlines()]
    assert "contract" not in told

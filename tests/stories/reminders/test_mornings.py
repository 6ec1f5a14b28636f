"""An agent who wants it reads in the morning what the day holds; others, and empty days, have no message."""

from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

TEAM = "team-people"
"""Bo's team works from nine to five in Berlin, eight to four here; it is his first."""


@pytest.fixture
def config(folder: Path) -> Path:
    """Bo is of the people team alone, which has a holiday on Thursday."""
    text = DESK.read_text(encoding="utf-8")
    text = text.replace("agents: [web:bo, web:cleo]", "agents: [web:cleo]")
    week = '    week: {mon-fri: "9:00-17:00"}\n'
    assert week in text
    path = folder / "mornings.yaml"
    path.write_text(
        text.replace(week, f"{week}    holidays: {{dates: {{2026-03-05: closed}}}}\n"), encoding="utf-8"
    )
    return path


async def asks(office: Office, *texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        await office.says("ana", "help-hr", text)
        await office.types("bo", f"/desk claim IT-{number}", channel=TEAM)


async def messages(office: Office) -> list[str]:
    today = said("team.morning", what="")
    return [each for each in await office.reads("bo", "@bo") if each.startswith(today)]


async def test_it_counts_and_names_what_the_day_holds(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await asks(office, "First", "Second", "Third", "Fourth")
        await office.types("bo", "/desk morning on", channel=TEAM)
        await office.types("bo", "/desk reply IT-2 Soon", channel=TEAM)
        await office.types("bo", "/desk wait IT-3 Which one?", channel=TEAM)
        await office.types("bo", "/desk snooze IT-3 until tomorrow 14:00", channel=TEAM)
        await office.types("bo", "/desk remind IT-2 tomorrow 15:00, call the bank", channel=TEAM)
        await office.passes(hours=22, minutes=59)
        assert await messages(office) == []
        await office.passes(minutes=1)
        (told,) = await messages(office)
        head = told.partition("\n")[0]
        for part in (
            said("team.morning_snoozes", count=1),
            said("team.morning_reminders", count=1),
        ):
            assert part in head
        assert "call the bank" in told
        for reference in ("IT-1", "IT-2", "IT-3", "IT-4"):
            assert reference in told
        await office.passes(hours=12)
        assert len(await messages(office)) == 1, "once a day"


async def test_what_is_due_today_and_snoozed_for_longer_is_said_to_be(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1", channel="team-it")
        await office.types("bo", "/desk reply IT-1 On its way", channel="team-it")
        await office.types("bo", "/desk snooze IT-1 until Thursday, the vendor", channel="team-it")
        await office.types("bo", "/desk remind IT-1 tomorrow 15:00, call the vendor", channel="team-it")
        await office.types("bo", "/desk time IT-1 25m", channel="team-it")
        await office.types("bo", "/desk morning 8:30", channel="team-it")
        await office.passes(days=1)
        (told,) = await messages(office)
        until = said("commands.snoozed_until", until="2026-03-05T08:00:00.000Z")
        head, due, reminder = told.splitlines()
        assert said("team.morning_overdue", count=1) in head
        assert due.endswith(until)
        assert "call the vendor" in reminder
        who = await office.types("bo", "/desk who @ana", channel="team-it")
        (line,) = [each for each in who.splitlines() if each.startswith("IT-1")]
        assert line.endswith(until)
        for list_ in ("mine", "show IT-1", "view snoozed"):
            assert until in await office.types("bo", f"/desk {list_}", channel="team-it")


async def test_what_is_overdue_is_not_counted_as_due_today(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk claim IT-1", channel="team-it")
        await office.types("bo", "/desk morning 8:30", channel="team-it")
        await office.passes(days=1)
        (told,) = await messages(office)
        head = told.partition("\n")[0]
        assert said("team.morning_overdue", count=1) in head
        assert said("team.morning_due", count=1) not in head


async def test_nobody_has_one_who_did_not_ask_for_it_and_empty_days_have_none(
    folder: Path, config: Path
) -> None:
    async with open_office(folder, config=config) as office:
        await office.types("bo", "/desk morning on", channel=TEAM)
        await office.passes(days=1)
        assert await office.reads("bo", "@bo") == []
        await asks(office, "First")
        await office.types("bo", "/desk morning off", channel=TEAM)
        await office.passes(days=1)
        assert await messages(office) == []


async def test_days_off_holidays_and_absences_have_none(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.types("bo", "/desk morning 10:00", channel=TEAM)
        await asks(office, "First")
        await office.types("bo", "/desk away until Wednesday 12:00", channel=TEAM)
        await office.passes(days=1, hours=12)  # Tuesday evening
        assert await messages(office) == [], "away"
        await office.passes(hours=18)  # Wednesday afternoon
        assert len(await messages(office)) == 1, "back, with what the day still holds"
        await office.passes(days=1)
        assert len(await messages(office)) == 1, "a holiday"
        await office.passes(days=1)
        assert len(await messages(office)) == 2, "Friday"
        await office.passes(days=2)
        assert len(await messages(office)) == 2, "a weekend"


async def test_a_restart_tells_no_day_twice(folder: Path, config: Path) -> None:
    async with open_office(folder, config=config) as office:
        await office.types("bo", "/desk morning 11:00", channel=TEAM)
        await asks(office, "First")
        await office.passes(hours=2)
        assert len(await messages(office)) == 1
        now = office.clock.now()
    async with open_office(folder, config=config, at=now) as office:
        await office.passes(hours=4)
        assert len(await messages(office)) == 1

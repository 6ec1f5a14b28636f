"""Hours over midnight: a night shift is meant, most other hours that close before they open are not."""

from pathlib import Path

import pytest

from tests.config.checks.test_checks import remarks
from tests.config.desk_files import SMALL

TEAM = "    agents: [web:bo]\n"


def with_calendar(calendar: str) -> str:
    text = SMALL.replace(TEAM, f"{TEAM}    calendar: office\n")
    return text.replace("teams:\n", f"calendars:\n  office:\n    zone: UTC\n{calendar}teams:\n")


def about_hours(folder: Path, calendar: str) -> list[str]:
    return [each for each in remarks(folder, with_calendar(calendar)) if "hours_over_midnight" in each]


@pytest.mark.parametrize(("hours", "length"), [("17:00-9:00", "16:00:00"), ("9:00-5:00", "20:00:00")])
def test_hours_that_close_before_they_open_are_pointed_at_with_their_line(
    tmp_path: Path, hours: str, length: str
) -> None:
    opens, closes = hours.split("-")
    [found] = about_hours(tmp_path, f"    week:\n      mon: 9:00-17:00\n      tue: {hours}\n")
    assert found.startswith("11 warning: hours_over_midnight(")
    assert f"opens={opens}, closes={closes}, length={length}" in found


def test_such_hours_of_a_single_date_are_pointed_at_too(tmp_path: Path) -> None:
    week = "    week: {mon-fri: '9:00-17:00'}\n    holidays:\n      dates:\n"
    [found] = about_hours(tmp_path, f"{week}        2026-12-24: closed\n        2026-12-31: 17:00-9:00\n")
    assert found.startswith("13 warning: ")


@pytest.mark.parametrize("hours", ["22:00-6:00", "20:00-8:00", "17:00-24:00", "0:00-24:00"])
def test_a_night_shift_and_hours_until_midnight_are_left_alone(tmp_path: Path, hours: str) -> None:
    assert about_hours(tmp_path, f"    week:\n      mon: {hours}\n") == []

"""`worked_time` of a team: how timers end that nobody stops; and each mistake with its sentence."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.config.desk_files import SMALL, complaints, load


def with_it(more: str) -> str:
    return SMALL.replace("  it:\n", f"  it:\n    {more}\n")


def test_a_team_says_how_long_a_timer_runs_and_eight_hours_where_it_does_not(tmp_path: Path) -> None:
    desk = load(tmp_path, with_it("worked_time: {longest_timer: 2h 30m}")).desk
    assert desk.teams["it"].longest_timer == timedelta(hours=2, minutes=30)
    assert load(tmp_path, SMALL).desk.teams["it"].longest_timer == timedelta(hours=8)
    assert load(tmp_path, with_it("worked_time: {}")).desk.teams["it"].longest_timer == timedelta(hours=8)


def test_time_may_be_needed_to_resolve(tmp_path: Path) -> None:
    fields = load(tmp_path, with_it("required_to_resolve: [time]")).desk.custom_fields
    assert fields.required_by_team["it"] == ("time",)


@pytest.mark.parametrize("length", ["5m", "25h", "2d"])
def test_a_limit_that_helps_nobody_is_refused_at_its_line(tmp_path: Path, length: str) -> None:
    ((line, found),) = complaints(tmp_path, with_it(f"worked_time: {{longest_timer: {length}}}"))
    assert "timer_limit(" in str(found)
    assert with_it("worked_time").splitlines()[int(line) - 1].strip() == "worked_time"


def test_what_is_no_length_is_refused(tmp_path: Path) -> None:
    ((_, found),) = complaints(tmp_path, with_it("worked_time: {longest_timer: long}"))
    assert "not_a_length(" in str(found)

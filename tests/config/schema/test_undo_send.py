"""`undo_send` of a team: seconds, within bounds."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.config.desk_files import SMALL, complaints, load


def with_it(value: str) -> str:
    return SMALL.replace("  it:\n", f"  it:\n    undo_send: {value}\n")


@pytest.mark.parametrize(("value", "seconds"), [("10 s", 10), ("5s", 5), ("60 s", 60)])
def test_it_is_written_in_seconds(tmp_path: Path, value: str, seconds: int) -> None:
    team = load(tmp_path, with_it(value)).desk.teams["it"]
    assert team.undo_send == timedelta(seconds=seconds)


def test_without_it_nothing_is_held_back(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).desk.teams["it"].undo_send is None


@pytest.mark.parametrize("value", ["4 s", "61 s", "1m", "soon", "0 s", "99999 s", "10"])
def test_anything_else_is_told_at_its_line(tmp_path: Path, value: str) -> None:
    ((_, found),) = complaints(tmp_path, with_it(value))
    assert found == f"not_an_undo_time(text={value}, least=5, most=60)"

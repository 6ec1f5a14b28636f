"""`was` of a team: what teams were called whose tickets it has."""

from pathlib import Path

from tests.config.desk_files import SMALL, complaints, load


def with_it(value: str) -> str:
    return SMALL.replace("  it:\n", f"  it:\n    was: {value}\n")


def test_one_or_several_names_are_written(tmp_path: Path) -> None:
    assert load(tmp_path, with_it("helpers")).desk.teams["it"].was == {"helpers"}
    assert load(tmp_path, with_it("[helpers, old]")).desk.teams["it"].was == {"helpers", "old"}


def test_a_team_that_is_still_there_is_nobodys_former_name(tmp_path: Path) -> None:
    ((_, found),) = complaints(tmp_path, with_it("[it]"))
    assert found == "was_there(team=it)"

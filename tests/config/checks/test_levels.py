"""`check` points at levels that go in circles."""

from pathlib import Path

import pytest

from tests.config.checks.test_checks import remarks
from tests.config.desk_files import SMALL, complaints

IT, NETWORK = "    agents: [web:bo]\n", "    agents: [web:cleo]\n"


def with_teams(it: str, network: str = "") -> str:
    text = SMALL.replace(IT, IT + "".join(f"    {line}\n" for line in it.splitlines()))
    return text.replace(NETWORK, NETWORK + "".join(f"    {line}\n" for line in network.splitlines()))


def test_levels_in_a_circle_are_an_error_once(tmp_path: Path) -> None:
    text = with_teams("escalates: {to: network}", "escalates: {to: it, tried: required}")
    found = [each for each in remarks(tmp_path, text) if "levels_circle" in each]
    assert [each.partition("(")[0] for each in found] == ["14 error: levels_circle"]


def test_a_team_that_escalates_to_itself_is_an_error(tmp_path: Path) -> None:
    assert "10 error: escalates_to_itself(team=it)" in remarks(tmp_path, with_teams("escalates: {to: it}"))


def test_one_level_after_another_is_fine(tmp_path: Path) -> None:
    text = with_teams("escalates: {to: network, tried: required}")
    assert [each for each in remarks(tmp_path, text) if "level" in each or "escalates" in each] == []


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("escalates: {to: netwrk}", "unknown_team(name=netwrk, hint=did_you_mean(word=network))"),
        ("escalates: {tried: required}", "missing(option=to"),
        ("escalates: {to: network, tried: maybe}", "not_a_choice(option="),
    ],
)
def test_what_a_level_cannot_be_is_said_with_its_line(tmp_path: Path, more: str, problem: str) -> None:
    ((line, said),) = complaints(tmp_path, with_teams(more))
    assert line == 10
    assert said.startswith(problem)

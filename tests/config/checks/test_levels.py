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


def test_a_region_that_hands_over_to_itself_is_an_error(tmp_path: Path) -> None:
    text = with_teams("hands_over: {to: it, at: '18:00'}")
    assert "10 error: hands_over_to_itself(team=it)" in remarks(tmp_path, text)


@pytest.mark.parametrize(
    ("hour", "is_told"), [("17:30", True), ("18:30", True), ("19:00", False), ("6:00", False)]
)
def test_regions_that_hand_back_within_the_hour_are_pointed_at_once(
    tmp_path: Path, hour: str, *, is_told: bool
) -> None:
    text = with_teams("hands_over: {to: network, at: '18:00'}", f"hands_over: {{to: it, at: '{hour}'}}")
    found = [each for each in remarks(tmp_path, text) if "hands_over" in each]
    assert found == ["10 warning: hands_over_back(team=it, other=network)"] * is_told


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("hands_over: {to: network}", "missing(option=at"),
        ("hands_over: {to: network, at: '26:00'}", "not_a_time_of_day(text=26:00"),
        ("hands_over: {to: network, at: '18:00', statuses: [closed]}", "not_a_choice(option="),
        ("hands_over: {to: network, at: '18:00', statuses: []}", "empty(option=statuses)"),
        ("hands_over: {to: network, at: '18:00', priorities: [huge]}", "not_a_choice(option="),
        ("hands_over: {to: apac, at: '18:00'}", "unknown_team(name=apac"),
    ],
)
def test_what_a_hand_over_cannot_be_is_said_with_its_line(tmp_path: Path, more: str, problem: str) -> None:
    ((line, said),) = complaints(tmp_path, with_teams(more))
    assert line == 10
    assert said.startswith(problem), said

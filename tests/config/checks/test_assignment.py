"""`check` points at ways, skills and capacities that come to nothing."""

from pathlib import Path

import pytest

from tests.config.checks.test_checks import remarks
from tests.config.desk_files import SMALL, complaints

TEAM = "    channel: web:team-it\n    agents: [web:bo]\n"


def with_team(more: str) -> str:
    assert TEAM in SMALL
    return SMALL.replace(TEAM, TEAM + "".join(f"    {line}\n" for line in more.splitlines()))


@pytest.mark.parametrize(
    ("more", "remark"),
    [
        ("assignment: [last_agent, skill]", "10 warning: skills_missing(team=it)"),
        ("skills: [{agents: web:bo, languages: de}]", "10 warning: skills_unused(team=it)"),
        ("workload: {capacity: 3}", "10 warning: capacity_unused(team=it)"),
        ("assignment: [least_busy, on_call]", "10 warning: on_call_without_rota(team=it)"),
        (
            "assignment: least_busy\nworkload: {capacity: 3, per_agent: {web:cleo: 2}}",
            "11 warning: assigned_stranger(person=web:cleo, team=it)",
        ),
        (
            "assignment: skill\nskills: [{agents: [web:bo, web:cleo], tags: vpn}]",
            "11 warning: assigned_stranger(person=web:cleo, team=it)",
        ),
        (
            "assignment: least_busy\nworkload: {capacity: 3, weights: {urgent: 4}}",
            "11 warning: weight_over_capacity(team=it, priority=urgent, weight=4, capacity=3)",
        ),
    ],
)
def test_what_comes_to_nothing_is_pointed_at(tmp_path: Path, more: str, remark: str) -> None:
    assert remark in remarks(tmp_path, with_team(more))


def test_what_fits_together_is_not_remarked_on(tmp_path: Path) -> None:
    text = with_team(
        "assignment: [last_agent, skill, least_busy]\n"
        "workload: {capacity: 10, per_agent: {web:bo: 5}, weights: {urgent: 3, low: 0}, in_hours: true}\n"
        "skills: [{agents: web:bo, languages: [de], tags: vpn}]"
    )
    words = ("skills", "capacity", "stranger", "weight")
    assert [each for each in remarks(tmp_path, text) if any(word in each for word in words)] == []


@pytest.mark.parametrize(
    ("more", "line", "problem"),
    [
        ("assignment: [least_busy, often]", 10, "not_a_choice(option="),
        ("workload: {capacity: 0}", 10, "must_be_at_least(option=capacity"),
        ("workload: {weights: {huge: 3}}", 10, "key_not_a_choice(value=huge"),
        ("skills: [{agents: web:bo}]", 10, "skill_of_nothing"),
        ("skills: [{languages: de}]", 10, "missing(option=agents"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, more: str, line: int, problem: str) -> None:
    ((found_line, found),) = complaints(tmp_path, with_team(more))
    assert (found_line, found[: len(problem)]) == (line, problem)

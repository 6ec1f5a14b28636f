"""Stages that are listed in another order than they are reached in: one of their times may be mistyped."""

from pathlib import Path

import pytest

from tests.config.checks.test_checks import remarks
from tests.config.desk_files import SMALL


def about_order(folder: Path, *times: str) -> list[str]:
    stages = "".join(f"    - {{{time}, notify: assignee}}\n" for time in times)
    policy = "sla_policies:\n  standard:\n    first_response: 1h\n    escalation: loud\n"
    text = f"{SMALL}{policy}escalation_policies:\n  loud:\n{stages}"
    return [each for each in remarks(folder, text) if "stage_out_of_order" in each]


FIRST = len(SMALL.splitlines()) + 7


@pytest.mark.parametrize(
    ("times", "stage", "later"),
    [
        (("at: 80%", "at: 50%"), "50%", "80%"),
        (("at: 100%", "at: 80%"), "80%", "100%"),
        (("at: 100%", "left: 30m"), "terms.stage_left(left=0:30:00)", "100%"),
        (("left: 10m", "left: 30m"), "terms.stage_left(left=0:30:00)", "terms.stage_left(left=0:10:00)"),
    ],
)
def test_a_stage_listed_after_one_that_is_reached_later_is_pointed_at(
    tmp_path: Path, times: tuple[str, ...], stage: str, later: str
) -> None:
    [found] = about_order(tmp_path, *times)
    assert found == f"{FIRST + 1} warning: stage_out_of_order(stage={stage}, later={later})"


@pytest.mark.parametrize(
    "times",
    [
        ("at: 50%", "at: 80%", "at: 100%"),
        ("at: 80%", "left: 30m"),
        ("left: 1h", "at: 90%", "left: 10m", "at: 100%", "at: 150%"),
    ],
)
def test_stages_in_their_order_are_left_alone(tmp_path: Path, times: tuple[str, ...]) -> None:
    assert about_order(tmp_path, *times) == []

"""How long people stay signed in, as `desk.yaml` says it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.sentence import Sentence, sentence
from bot.domain.sessions.policy import USUAL_POLICY, SignInPolicy
from tests.config.desk_files import SMALL, complaints, in_short, load

NEXT = len(SMALL.splitlines()) + 1
A_YEAR = timedelta(days=365)
RANGE = sentence("configuration.sign_in_range", least=timedelta(minutes=5), most=A_YEAR)


def test_twelve_hours_idle_and_thirty_days_are_usual_and_each_can_be_set(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).desk.sign_in == USUAL_POLICY
    desk = load(tmp_path, f"{SMALL}sign_in: {{idle: 30m, longest: 1d}}\n").desk
    assert desk.sign_in == SignInPolicy(idle=timedelta(minutes=30), longest=timedelta(days=1))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("idle: 1m", RANGE),
        ("longest: 400d", RANGE),
        ("{idle: 2d, longest: 1d}", sentence("configuration.sign_in_idle", longest=timedelta(days=1))),
    ],
)
def test_lengths_that_make_no_sense_are_refused_with_their_line(
    tmp_path: Path, written: str, problem: Sentence
) -> None:
    (line, told), *_ = complaints(tmp_path, f"{SMALL}sign_in:\n  {written}\n")
    assert line == NEXT + 1
    assert told == in_short(problem)

"""`inside_hours_of` and `outside_hours_of`: whether a team is at work."""

from datetime import datetime
from pathlib import Path

from bot.domain.sentence import Sentence
from tests.config.conditions.one_rule import MONDAY_NOON, desk_of, found, hides, missed, request_of
from tests.config.desk_files import load

NIGHT = MONDAY_NOON.replace(hour=3)
CALENDAR = """\
calendars:
  office:
    zone: UTC
    week: {mon-fri: "9:00-17:00"}
"""


def taken(folder: Path, condition: str, at: datetime) -> tuple[bool, Sentence]:
    text = desk_of(condition).replace(
        "channel: web:team-it\n", "channel: web:team-it\n    calendar: office\n"
    )
    (report,) = load(folder, text + CALENDAR).desk.router.explain(request_of(at=at))
    return report.matched, report.why


def test_a_team_at_work_is_told_from_one_that_is_not(tmp_path: Path) -> None:
    assert taken(tmp_path, "{inside_hours_of: it}", MONDAY_NOON) == found("inside_hours", team="it")
    assert taken(tmp_path, "{inside_hours_of: it}", NIGHT) == missed("outside_hours", team="it")
    assert taken(tmp_path, "{outside_hours_of: it}", NIGHT) == found("outside_hours", team="it")
    assert taken(tmp_path, "{outside_hours_of: it}", MONDAY_NOON) == missed("inside_hours", team="it")


def test_the_same_hours_again_never_decide(tmp_path: Path) -> None:
    assert hides(tmp_path, "{inside_hours_of: it}", "{inside_hours_of: it, words: vpn}")
    assert not hides(tmp_path, "{inside_hours_of: it}", "{outside_hours_of: it}")
    assert not hides(tmp_path, "{inside_hours_of: it}", "{inside_hours_of: network}")

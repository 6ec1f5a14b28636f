"""When a team's hour comes, until when it can still be kept, and who is there to take over."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.levels.hand_over import HandOverRule, due_day, hour_of, takes_over
from bot.domain.levels.next_step import next_step_of
from bot.domain.tickets.status import Priority, Status

BERLIN, SYDNEY = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Sydney")
NINE_TO_FIVE = dict.fromkeys(range(5), ((540, 1020),))
EMEA = Calendar(name="emea", zone=BERLIN, week=NINE_TO_FIVE, special={date(2026, 4, 3): ()})
APAC = Calendar(name="apac", zone=SYDNEY, week=NINE_TO_FIVE, special={date(2026, 3, 9): ()})
ALWAYS = Calendar(name="24x7", zone=BERLIN, week=dict.fromkeys(range(7), ((0, 1440),)))
RULE = HandOverRule(team="apac", minute=18 * 60, statuses=frozenset({Status.NEW, Status.OPEN}))
MONDAY = date(2026, 3, 2)


def berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (berlin(3, 2, 17, 59), None),
        (berlin(3, 2, 18), MONDAY),
        (berlin(3, 3, 8, 59), MONDAY),
        (berlin(3, 3, 9), None),
        (berlin(3, 6, 18), date(2026, 3, 6)),
        (berlin(3, 8, 12), date(2026, 3, 6)),
        (berlin(4, 3, 19), date(2026, 4, 2)),
        (berlin(4, 6, 8), date(2026, 4, 2)),
    ],
)
def test_it_is_due_from_its_hour_until_the_team_is_there_again(now: datetime, day: date | None) -> None:
    assert due_day(EMEA, RULE, now=now) == day


def test_a_day_off_has_no_hour_and_summer_time_moves_it() -> None:
    assert hour_of(EMEA, RULE, date(2026, 3, 7)) is None
    assert hour_of(EMEA, RULE, date(2026, 4, 3)) is None
    assert hour_of(EMEA, RULE, MONDAY) == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert hour_of(EMEA, RULE, date(2026, 3, 30)) == datetime(2026, 3, 30, 16, tzinfo=UTC)


def test_a_team_around_the_clock_hands_over_every_day_until_midnight() -> None:
    assert due_day(ALWAYS, RULE, now=berlin(3, 7, 18)) == date(2026, 3, 7)
    assert due_day(ALWAYS, RULE, now=berlin(3, 8, 0)) is None


@pytest.mark.parametrize(("day", "takes"), [(2, True), (5, True), (6, False), (9, True)])
def test_a_team_takes_over_if_it_is_there_before_the_other_is_again(day: int, *, takes: bool) -> None:
    """On Friday the 6th Sydney goes into a long weekend, and Berlin begins on Monday before it."""
    assert takes_over(APAC, EMEA, date(2026, 3, day), at=berlin(3, day, 18)) is takes


def test_what_fits_is_told_by_status_and_priority() -> None:
    urgent = HandOverRule(
        team="apac", minute=0, statuses=frozenset({Status.NEW}), priorities=frozenset({Priority.URGENT})
    )
    assert RULE.fits(Status.OPEN, Priority.LOW)
    assert not RULE.fits(Status.PENDING, Priority.LOW)
    assert urgent.fits(Status.NEW, Priority.URGENT)
    assert not urgent.fits(Status.NEW, Priority.HIGH)


@pytest.mark.parametrize(
    ("note", "step"),
    [
        ("next: call the vendor", "call the vendor"),
        ("  Next step : call\nthem ", "call\nthem"),
        ("Als Nächstes: anrufen", "anrufen"),
        ("Ensuite : appeler", "appeler"),
        ("The next: one", ""),
        ("next:", ""),
        ("nextcloud is down", ""),
    ],
)
def test_a_note_may_say_what_is_next(note: str, step: str) -> None:
    assert next_step_of(note) == step

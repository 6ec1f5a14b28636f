"""Quiet hours: a team's, none, or one's own, which may reach past midnight."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.notices.choice import NoticeChoice, Quiet

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(name="office", zone=BERLIN, week=dict.fromkeys(range(5), ((9 * 60, 17 * 60),)))


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def quiet(choice: NoticeChoice, when: datetime) -> bool:
    return choice.is_quiet(when, business_hours=OFFICE, zone=BERLIN)


@pytest.mark.parametrize(
    ("when", "expected"), [(at(9), False), (at(16, 59), False), (at(17), True), (at(12, day=7), True)]
)
def test_who_chose_nothing_is_left_alone_outside_business_hours(when: datetime, expected: bool) -> None:
    assert quiet(NoticeChoice(person="web:bo"), when) is expected


def test_who_wants_no_quiet_hours_has_none() -> None:
    assert not quiet(NoticeChoice(person="web:bo", quiet=Quiet.NEVER), at(3))


@pytest.mark.parametrize(
    ("when", "expected"),
    [(at(22), True), (at(23, 59), True), (at(0), True), (at(6, 59), True), (at(7), False), (at(12), False)],
)
def test_own_quiet_hours_may_reach_past_midnight(when: datetime, expected: bool) -> None:
    own = NoticeChoice(person="web:bo", quiet=Quiet.OWN, hours=(22 * 60, 31 * 60))
    assert quiet(own, when) is expected


def test_own_quiet_hours_are_read_on_ones_own_clock() -> None:
    own = NoticeChoice(person="web:bo", quiet=Quiet.OWN, hours=(12 * 60, 13 * 60))
    assert own.is_quiet(at(12, 30), business_hours=OFFICE, zone=BERLIN)
    assert not own.is_quiet(at(12, 30), business_hours=OFFICE, zone=ZoneInfo("America/New_York"))

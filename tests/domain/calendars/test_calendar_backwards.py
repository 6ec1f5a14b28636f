"""Counting back: when there is still so much open time left, worked by hand and as the inverse of adding."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from tests.domain.calendars.test_calendar import (
    APIA_DAILY,
    BERLIN,
    BERLIN_FRIDAY_NIGHT,
    BERLIN_NIGHTS,
    CLOSED,
    HALF_DAY,
    KOLKATA,
    LEAP_DAY_OFF,
    LORD_HOWE,
    NEW_YORK_SUNDAY,
    PARIS,
    christmas,
    instant,
    weekdays,
)
from tests.domain.calendars.wall_clock import calendars, instants, unions

patiently = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
some_time = st.timedeltas(timedelta(microseconds=1), timedelta(days=30))

SUBTRACTED = [
    # (what happens, calendar, until, hours of work, from), times as the team's wall clock shows them
    ("due on Monday 9:15, half an hour is left on Friday", BERLIN, "2026-11-23 09:15", 0.5, "2026-11-20 16:45"),
    ("due on Monday 9:15, a quarter is left at the opening", BERLIN, "2026-11-23 09:15", 0.25, "2026-11-23 09:00"),
    ("due on a Sunday", BERLIN, "2026-11-22 03:00", 1, "2026-11-20 16:00"),
    ("due after Christmas", christmas(), "2026-12-28 09:30", 1, "2026-12-24 12:30"),
    ("over lunch", PARIS, "2026-06-02 13:15", 0.5, "2026-06-02 11:45"),
    ("until the end of lunch", PARIS, "2026-06-02 13:00", 0.5, "2026-06-02 11:30"),
    ("Kolkata, on the day before", KOLKATA, "2026-06-02 03:45 +0000", 0.5, "2026-06-01 11:15 +0000"),
    ("Lord Howe skips half an hour", LORD_HOWE, "2026-10-04 03:30", 3, "2026-10-04 00:00"),
    ("Lord Howe repeats half an hour", LORD_HOWE, "2026-04-05 02:30", 3, "2026-04-05 00:00"),
    ("Apia worked on the day before the one that never was", APIA_DAILY, "2011-12-31 10:00", 2, "2011-12-29 16:00"),
    ("29 February is a day of work", BERLIN, "2028-03-01 10:00", 10, "2028-02-28 16:00"),
    ("29 February off", LEAP_DAY_OFF, "2028-03-01 10:00", 2, "2028-02-28 16:00"),
    ("Berlin's night of seven hours", BERLIN_NIGHTS, "2026-03-29 06:00", 7, "2026-03-28 22:00"),
    ("Berlin's night of nine hours", BERLIN_NIGHTS, "2026-10-25 06:00", 9, "2026-10-24 22:00"),
    ("from the second 2:30 of that night", BERLIN_NIGHTS, "2026-10-25 02:30 +0100", 1, "2026-10-25 02:30 +0200"),
    ("a shift past midnight", BERLIN_FRIDAY_NIGHT, "2026-11-21 05:00", 4, "2026-11-21 01:00"),
    ("back to last week's night", BERLIN_FRIDAY_NIGHT, "2026-11-27 23:00", 6, "2026-11-21 01:00"),
    ("New York in spring", NEW_YORK_SUNDAY, "2026-03-08 04:00", 3, "2026-03-08 00:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "end", "hours", "start"),
    [each[1:] for each in SUBTRACTED],
    ids=[each[0] for each in SUBTRACTED],
)
def test_so_much_time_is_left_when_a_person_would_say(
    calendar: Calendar, end: str, hours: float, start: str
) -> None:
    until, business = instant(end, calendar), timedelta(hours=hours)

    assert calendar.subtract(until, business) == instant(start, calendar)
    assert calendar.between(instant(start, calendar), until) == business


def test_subtracting_nothing_stays_where_it_is_even_when_closed() -> None:
    night = instant("2026-11-21 03:00", BERLIN)

    assert BERLIN.subtract(night, timedelta()) == night


def test_around_the_clock_an_hour_before_is_an_hour_before() -> None:
    noon = datetime(2026, 3, 29, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    on_the_evening_before = datetime(2026, 3, 28, 23, tzinfo=ZoneInfo("Europe/Berlin"))

    assert Calendar.around_the_clock().subtract(noon, timedelta(hours=12)) == on_the_evening_before


def test_time_cannot_be_subtracted_backwards() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        BERLIN.subtract(datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=-1))


def test_before_its_single_dates_a_calendar_has_nothing_left_and_says_so() -> None:
    calendar = weekdays("Europe/Berlin", CLOSED, d2026_12_31=HALF_DAY)
    later = instant("2027-06-01 12:00", calendar)

    assert calendar.subtract(later, timedelta(hours=4)) == instant("2026-12-31 09:00", calendar)
    with pytest.raises(ConfigurationError, match=r"before\(calendar=support, length=4:00:01, at=2027"):
        calendar.subtract(later, timedelta(hours=4, seconds=1))


def test_time_before_all_calendars_is_refused_in_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="calendar_no_time_before"):
        BERLIN.subtract(datetime(1, 3, 1, tzinfo=UTC), timedelta(days=300))


@patiently
@given(st.one_of(calendars(), unions()), instants(), some_time)
def test_what_was_subtracted_is_what_is_measured(
    calendar: Calendar, end: datetime, business: timedelta
) -> None:
    assert calendar.between(calendar.subtract(end, business), end) == business


@patiently
@given(st.one_of(calendars(), unions()), instants(), some_time)
def test_subtracting_is_the_inverse_of_adding(
    calendar: Calendar, start: datetime, business: timedelta
) -> None:
    """Where it began open: from a closed instant adding begins at the next opening, to which it comes back."""
    opening = calendar.next_open(start)
    assume(opening is not None)

    assert opening is not None
    assert calendar.subtract(calendar.add(start, business), business) == opening


@patiently
@given(st.one_of(calendars(), unions()), instants(), some_time)
def test_it_is_the_last_such_instant(calendar: Calendar, end: datetime, business: timedelta) -> None:
    start = calendar.subtract(end, business)

    assert start <= end
    assert calendar.is_open(start)
    assert calendar.between(start + timedelta(microseconds=1), end) < business

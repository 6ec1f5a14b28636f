"""Weeks on a wall: when they begin, what they are called, and when the clock was put forward or back in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars.iso_weeks import monday_of, offsets, start_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
]


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 3, 8)) == date(2026, 3, 2)
    assert monday_of(date(2026, 3, 9)) == date(2026, 3, 9)


def test_a_day_begins_at_its_own_midnight() -> None:
    assert start_of(date(2026, 3, 2), BERLIN) == datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    assert start_of(date(2026, 7, 1), BERLIN) == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


def test_both_changes_of_a_year_are_found_to_the_second() -> None:
    found = offsets(BERLIN, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    assert [(at, offset // timedelta(hours=1)) for at, offset in found] == [
        (datetime(2026, 1, 1, tzinfo=UTC), 1),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), 1),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 15 * 365 * 24 * 3600),
    st.timedeltas(timedelta(), timedelta(days=700)),
    st.floats(0, 1),
)
def test_at_every_instant_it_is_as_the_clock_says(
    name: str, begins: int, length: timedelta, where: float
) -> None:
    zone, since = ZoneInfo(name), datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=begins)
    at = since + length * where
    found = [offset for change, offset in offsets(zone, since, since + length) if change <= at]
    assert found[-1] == at.astimezone(zone).utcoffset()

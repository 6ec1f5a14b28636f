"""Why nobody was there: told as whoever waited would say it, and with the time that is open around it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar, span
from bot.domain.calendars.closures import Cause, why_closed
from tests.domain.calendars.wall_clock import calendars, instants, unions
from tests.domain.sla.sample_policies import BERLIN, on

LUNCHING = Calendar(
    name="lunching",
    zone=BERLIN,
    week=dict.fromkeys(range(5), (span(540, 720), span(780, 1020))),
    special={date(2026, 11, 23): (), date(2026, 11, 21): ()},
)
NIGHT_SHIFT = Calendar(
    name="nights",
    zone=BERLIN,
    week=dict.fromkeys(range(7), (span(18 * 60, 20 * 60), span(22 * 60, 6 * 60))),
)


def cause(since: str, until: str, calendar: Calendar = LUNCHING) -> Cause:
    return why_closed(calendar, on(since), on(until)).cause


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("thu 12:00", "thu 13:00", Cause.BREAK),
        ("thu 12:10", "thu 12:20", Cause.BREAK),
        ("thu 17:00", "fri 9:00", Cause.OUTSIDE),
        ("thu 6:00", "thu 7:00", Cause.OUTSIDE),
        ("fri 17:00", "fri 20:00", Cause.OUTSIDE),
        ("sat 10:00", "sat 12:00", Cause.DAY_OFF),
        ("fri 17:00", "sun 12:00", Cause.DAY_OFF),
        ("fri 17:00", "tue 9:00", Cause.HOLIDAY),
    ],
)
def test_a_gap_is_called_by_the_most_telling_day_it_touches(since: str, until: str, expected: Cause) -> None:
    assert cause(since, until) is expected


def test_a_holiday_is_named_by_its_date_and_one_on_a_day_off_is_none() -> None:
    assert why_closed(LUNCHING, on("fri 17:00"), on("tue 9:00")).holidays == (date(2026, 11, 23),)


def test_a_night_shift_has_its_break_in_the_evening_and_its_day_closed() -> None:
    assert cause("fri 20:00", "fri 22:00", NIGHT_SHIFT) is Cause.BREAK
    assert cause("fri 6:00", "fri 18:00", NIGHT_SHIFT) is Cause.OUTSIDE


def test_midnight_on_the_calendars_own_wall_counts() -> None:
    tokyo = Calendar(
        name="tokyo", zone=ZoneInfo("Asia/Tokyo"), week=dict.fromkeys(range(5), (span(540, 1020),))
    )
    assert cause("fri 15:30", "fri 23:00", tokyo) is Cause.DAY_OFF, "in Tokyo it is Saturday since 16:00"


def test_teams_that_hand_over_are_closed_for_a_reason_when_it_is_all_of_theirs() -> None:
    both = Calendar.union(name="both", parts=[LUNCHING, LUNCHING])
    other = Calendar.union(name="other", parts=[LUNCHING, NIGHT_SHIFT])
    assert cause("sat 10:00", "sat 12:00", both) is Cause.DAY_OFF
    assert cause("sat 10:00", "sat 12:00", other) is Cause.OUTSIDE


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(calendars(), unions()), instants(), st.timedeltas(timedelta(), timedelta(days=150)))
def test_open_spans_and_gaps_are_all_of_the_time(
    calendar: Calendar, start: datetime, length: timedelta
) -> None:
    end = start + length
    spans = list(calendar.open_spans(start, end))
    assert sum((closes - opens for opens, closes in spans), timedelta()) == calendar.between(start, end)
    edges = [start, *(edge for each in spans for edge in each), end]
    assert edges == sorted(edges)
    for since, until in zip(edges[::2], edges[1::2], strict=True):
        assert calendar.between(since, until) == timedelta()
        if since < until:
            why_closed(calendar, since, until)

"""A timer that nobody stops counts no night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.worked_time.stopwatch import Stopwatch, ends_of

MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WITH_LUNCH = ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
OFFICE = Calendar(name="office", zone=ZoneInfo("UTC"), week=dict.fromkeys(range(5), WITH_LUNCH))


@pytest.mark.parametrize(
    ("started", "counts", "ends"),
    [(0, 8, 8), (2, 8, 9), (5, 8, 9), (7.5, 8, 9), (9, 17, 17), (-3, 5, 5)],
    ids=["at nine", "before lunch", "in the afternoon", "near the end", "in the evening", "before nine"],
)
def test_it_counts_up_to_the_end_of_the_day_or_its_longest_time(
    started: float, counts: float, ends: float
) -> None:
    found = ends_of(OFFICE, started_at=MONDAY_9 + started * HOUR, longest=8 * HOUR)
    assert found == (MONDAY_9 + counts * HOUR, MONDAY_9 + ends * HOUR)


def test_a_team_around_the_clock_has_the_longest_time_alone() -> None:
    at = MONDAY_9 + 12 * HOUR
    found = ends_of(Calendar.around_the_clock(), started_at=at, longest=2 * HOUR)
    assert found == (at + 2 * HOUR, at + 2 * HOUR)


@pytest.mark.parametrize(
    ("passed", "minutes"),
    [
        (timedelta(), 1),
        (-5 * HOUR, 1),
        (timedelta(seconds=89), 1),
        (timedelta(seconds=91), 2),
        (8 * HOUR + 59 * MINUTE, 539),
        (9 * HOUR, 480),
        (63 * HOUR, 480),
    ],
)
def test_it_counts_whole_minutes_and_never_past_its_end(passed: timedelta, minutes: int) -> None:
    timer = Stopwatch(
        id=1,
        agent="web:bo",
        ticket=1,
        started_at=MONDAY_9,
        counts_until=MONDAY_9 + 8 * HOUR,
        ends_at=MONDAY_9 + 9 * HOUR,
    )
    assert timer.counted(MONDAY_9 + passed) == minutes * MINUTE

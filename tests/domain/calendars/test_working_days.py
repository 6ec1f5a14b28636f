"""Working days, as a team counts them: by its own calendar, weekends and holidays left out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.working_days import after_working_days, is_working_day

BERLIN = ZoneInfo("Europe/Berlin")
DAY = ((540, 1020),)
OFFICE = Calendar(
    name="office",
    zone=BERLIN,
    week=dict.fromkeys(range(5), DAY),
    special={date(2026, 4, 3): (), date(2026, 4, 6): (), date(2026, 3, 31): ((540, 720),)},
)
"""Good Friday and Easter Monday are holidays, and on the 31st of March it closes at noon."""
NIGHT = Calendar(name="night", zone=BERLIN, week=dict.fromkeys(range(5), ((1320, 1800),)))


def berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (berlin(3, 2, 15), 2, berlin(3, 4, 15)),
        (berlin(3, 6, 15), 2, berlin(3, 10, 15)),
        (berlin(3, 7, 15), 2, berlin(3, 11, 9)),
        (berlin(3, 2, 7), 1, berlin(3, 3, 9)),
        (berlin(3, 2, 19), 1, berlin(3, 4, 9)),
        (berlin(4, 2, 10), 1, berlin(4, 7, 10)),
        (berlin(3, 30, 15), 1, berlin(4, 1, 9)),
        (berlin(3, 27, 10), 1, berlin(3, 30, 10)),
        (berlin(3, 2, 15), 0, berlin(3, 2, 15)),
    ],
    ids=[
        "the same hour",
        "over a weekend",
        "from a Saturday",
        "from before the team begins",
        "from after it has left",
        "over Easter",
        "into a short day's afternoon",
        "over the change to summer time",
        "none",
    ],
)
def test_days_are_counted_as_the_team_would(start: datetime, days: int, end: datetime) -> None:
    assert after_working_days(OFFICE, start, days) == end


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    friday = berlin(3, 6, 23)
    assert after_working_days(NIGHT, friday, 1) == berlin(3, 9, 23)
    assert not is_working_day(NIGHT, date(2026, 3, 7))


def test_several_calendars_work_on_the_days_of_each() -> None:
    saturdays = Calendar(name="saturdays", zone=BERLIN, week={5: DAY})
    both = Calendar.union(name="both", parts=[OFFICE, saturdays])
    assert after_working_days(both, berlin(3, 6, 10), 1) == berlin(3, 7, 10)


def test_who_never_works_has_no_working_day() -> None:
    assert after_working_days(Calendar(name="never", zone=BERLIN, week={}), berlin(3, 2, 9), 1) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 20))  # noqa: DTZ001
def test_it_ends_in_open_hours_after_so_many_days(start: datetime, days: int) -> None:
    begins = start.replace(tzinfo=UTC)
    end = after_working_days(OFFICE, begins, days)
    assert end is not None
    assert OFFICE.is_open(end)
    first = OFFICE.next_open(begins)
    assert first is not None
    day, counted = first.astimezone(BERLIN).date(), 0
    while day < end.astimezone(BERLIN).date():
        day += timedelta(days=1)
        counted += is_working_day(OFFICE, day)
    assert counted in (days, days + 1), "one more where that day was over by this hour"

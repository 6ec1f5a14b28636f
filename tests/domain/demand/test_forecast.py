"""What is forecast of weeks like those before, of holidays, and of too little."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.demand.forecast import LEAST_WEEKS, Forecast, forecast

MONDAY = date(2026, 3, 2)
WEEK = (12, 10, 9, 8, 6, 1, 0)


def no_holiday(_: date) -> bool:
    return False


def days(weeks: int, *, times: Callable[[int], float] = lambda _: 1.0) -> dict[date, int]:
    return {
        MONDAY + timedelta(weeks=week, days=day): round(many * times(week))
        for week in range(weeks)
        for day, many in enumerate(WEEK)
    }


def after(
    weeks: int, known: dict[date, int], *, is_holiday: Callable[[date], bool] = no_holiday
) -> Forecast | None:
    return forecast(known, since=MONDAY, today=MONDAY + timedelta(weeks=weeks, days=2), is_holiday=is_holiday)


def test_weeks_that_are_all_alike_go_on_like_that() -> None:
    found = after(12, days(12))
    assert found is not None
    assert [each.monday for each in found.weeks] == [
        MONDAY + timedelta(weeks=13 + number) for number in range(4)
    ]
    assert [round(each.requests) for each in found.weeks] == [sum(WEEK)] * 4
    assert (found.error.forecast, found.error.naive, found.last_week) == (0, 0, sum(WEEK))


def test_a_holiday_takes_its_day_out_of_the_week() -> None:
    holiday = MONDAY + timedelta(weeks=13)
    found = after(12, days(12), is_holiday=lambda day: day == holiday)
    assert found is not None
    first, second, *_ = found.weeks
    assert first.holidays == 1
    assert round(first.requests) == sum(WEEK) - WEEK[0]
    assert round(second.requests) == sum(WEEK)


def test_holidays_of_the_past_do_not_make_the_future_quieter() -> None:
    known = days(12)
    quiet = {MONDAY + timedelta(weeks=week) for week in (6, 9)}
    known |= dict.fromkeys(quiet, 0)
    found = after(12, known, is_holiday=lambda day: day in quiet)
    assert found is not None
    assert round(found.weeks[0].requests) == sum(WEEK)


def test_one_loud_week_moves_the_forecast_less_than_as_last_week() -> None:
    """An outage four weeks ago: the naive forecast repeats it, and is shown to be worse."""
    found = after(20, days(20, times=lambda week: 3.0 if week == 15 else 1.0))
    assert found is not None
    assert found.error.forecast < found.error.naive


def test_what_grows_is_followed() -> None:
    found = after(20, days(20, times=lambda week: 1 + week / 10))
    assert found is not None
    assert found.weeks[0].requests > 2.5 * sum(WEEK)


@pytest.mark.parametrize(("weeks", "times"), [(LEAST_WEEKS - 1, 1.0), (12, 0.05)])
def test_too_little_is_no_forecast(weeks: int, times: float) -> None:
    assert after(weeks, days(weeks, times=lambda _: times)) is None


def test_the_weeks_before_the_first_request_are_not_quiet_weeks() -> None:
    start = MONDAY + timedelta(weeks=4)
    known = {day: many for day, many in days(16).items() if day >= start}
    found = forecast(known, since=start, today=MONDAY + timedelta(weeks=16), is_holiday=no_holiday)
    assert found is not None
    assert len(found.past) == 12
    assert round(found.weeks[0].requests) == sum(WEEK)


@given(
    st.dictionaries(st.integers(0, 26 * 7), st.integers(0, 500)), st.sets(st.integers(0, 33 * 7), max_size=40)
)
def test_whatever_came_the_forecast_is_no_less_than_nothing(counts: dict[int, int], closed: set[int]) -> None:
    known = {MONDAY + timedelta(days=day): many for day, many in counts.items()}
    holidays = {MONDAY + timedelta(days=day) for day in closed}
    found = after(26, known, is_holiday=lambda day: day in holidays)
    assert found is None or all(0 <= each.low <= each.requests <= each.high for each in found.weeks)

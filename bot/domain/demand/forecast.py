"""How many requests will come: the present level of a week, spread over its days as weeks usually are.

Each past week gives a level: what came on its working days, over the share that these days usually have. The levels
are smoothed, newer ones counting more (simple exponential smoothing; how much more is what would have done best so
far). Holidays of the team's calendar get the share that holidays had before. The forecast shows its own error: the
last four weeks, forecast from what was known before them, beside the naive "as last week".
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Final

WEEKS_AHEAD: Final = 4
LEAST_WEEKS: Final = 8
"""Complete weeks: four to learn from, four to be tested on."""
LEAST_REQUESTS: Final = 30
MOST_WEEKS: Final = 26
"""What is older says little about next month."""
PATTERN_WEEKS: Final = 12
"""From which the days of a week are learned."""
SMOOTHINGS: Final = (0.1, 0.3, 0.5, 0.8)
LEAST_SHARE: Final = 0.3
"""A week with less of its usual days than this, such as the one between the years, says nothing about the level."""
ENOUGH_HOLIDAYS: Final = 2
"""From so many on their own share is used."""
EIGHT_IN_TEN: Final = 1.2816
"""Standard deviations to each side of a normal distribution's mean that hold eight values in ten."""

IsHoliday = Callable[[date], bool]
Days = Mapping[date, int]
"""Requests by local day; a day that is missing had none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekForecast:
    """Requests in the week from this Monday on; eight weeks in ten are between `low` and `high`."""

    monday: date
    requests: float
    low: float
    high: float
    holidays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastError:
    """By how many requests a week the forecast of the last four weeks was off on average, and the naive one.

    `share` is that of the requests that came; None where none came.
    """

    forecast: float
    naive: float
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`past` are the complete weeks that it was learned from, by their Mondays, the last one at the end."""

    past: tuple[tuple[date, int], ...]
    weeks: tuple[WeekForecast, ...]
    error: ForecastError

    @property
    def last_week(self) -> int:
        return self.past[-1][1]


def forecast(days: Days, *, since: date, today: date, is_holiday: IsHoliday) -> Forecast | None:
    """Of the four weeks that follow the present one; `since` is the first day that was counted.

    None where there are too few weeks or requests to say anything.
    """
    this_monday = _monday(today)
    mondays = _complete_weeks(since, this_monday)
    if len(mondays) < LEAST_WEEKS or sum(_total(days, each) for each in mondays) < LEAST_REQUESTS:
        return None
    learned = _learn(days, mondays, is_holiday)
    spread = EIGHT_IN_TEN * learned.deviation
    ahead = [this_monday + timedelta(weeks=number) for number in range(1, WEEKS_AHEAD + 1)]
    return Forecast(
        past=tuple((each, _total(days, each)) for each in mondays),
        weeks=tuple(_week(learned, each, spread, is_holiday) for each in ahead),
        error=_tried(days, mondays, is_holiday),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _LearnedPattern:
    """`shares` are those of the seven days in a week without holidays, Monday first, and add up to 1."""

    level: float
    shares: tuple[float, ...]
    holidays_share: float
    """What comes on a holiday, of what comes on that day of the week otherwise."""
    deviation: float
    """Standard deviation of a week's requests from what was forecast a week before."""

    def day(self, day: date, is_holiday: IsHoliday) -> float:
        usual = self.level * self.shares[day.weekday()]
        return usual * self.holidays_share if is_holiday(day) else usual

    def week(self, monday: date, is_holiday: IsHoliday) -> float:
        return sum(self.day(each, is_holiday) for each in _days_of(monday))


def _learn(days: Days, mondays: Sequence[date], is_holiday: IsHoliday) -> _LearnedPattern:
    shares = _shares(days, mondays[-PATTERN_WEEKS:], is_holiday)
    levels = list(_levels(days, mondays, shares, is_holiday)) or [
        fmean(_total(days, each) for each in mondays)
    ]
    tried = {alpha: _smoothed(levels, alpha) for alpha in SMOOTHINGS}
    best = min(SMOOTHINGS, key=lambda alpha: (_squares(levels, tried[alpha]), alpha))
    deviation = math.sqrt(_squares(levels, tried[best]) / max(len(levels) - 1, 1))
    return _LearnedPattern(
        level=tried[best][-1],
        shares=shares,
        holidays_share=_holidays_share(days, mondays, shares, is_holiday),
        deviation=deviation,
    )


def _shares(days: Days, mondays: Sequence[date], is_holiday: IsHoliday) -> tuple[float, ...]:
    """Nothing at all in these weeks makes every day alike."""
    usual = []
    for weekday in range(7):
        same = [monday + timedelta(days=weekday) for monday in mondays]
        open_days = [days.get(each, 0) for each in same if not is_holiday(each)]
        usual.append(fmean(open_days) if open_days else 0.0)
    total = sum(usual)
    return tuple(each / total for each in usual) if total else (1 / 7,) * 7


def _levels(
    days: Days, mondays: Sequence[date], shares: Sequence[float], is_holiday: IsHoliday
) -> Iterable[float]:
    for monday in mondays:
        open_days = [each for each in _days_of(monday) if not is_holiday(each)]
        share = sum(shares[each.weekday()] for each in open_days)
        if share >= LEAST_SHARE:
            yield sum(days.get(each, 0) for each in open_days) / share


def _smoothed(levels: Sequence[float], alpha: float) -> list[float]:
    """After each week; the first is where it begins."""
    found = [levels[0]]
    for level in levels[1:]:
        found.append(alpha * level + (1 - alpha) * found[-1])
    return found


def _squares(levels: Sequence[float], smoothed: Sequence[float]) -> float:
    """The sum of what each week was off from what was smoothed before it, squared."""
    return sum((after - before) ** 2 for before, after in zip(smoothed, levels[1:], strict=False))


def _holidays_share(
    days: Days, mondays: Sequence[date], shares: Sequence[float], is_holiday: IsHoliday
) -> float:
    """From the holidays there were, if there were enough; otherwise a holiday is like the quietest day of a week."""
    mean = fmean(_total(days, each) for each in mondays)
    holidays = [day for monday in mondays for day in _days_of(monday) if is_holiday(day)]
    expected = sum(mean * shares[day.weekday()] for day in holidays)
    if len(holidays) >= ENOUGH_HOLIDAYS and expected:
        return min(1.0, sum(days.get(day, 0) for day in holidays) / expected)
    return min(shares) / max(shares)


def _week(learned: _LearnedPattern, monday: date, spread: float, is_holiday: IsHoliday) -> WeekForecast:
    expected = learned.week(monday, is_holiday)
    return WeekForecast(
        monday=monday,
        requests=expected,
        low=max(0.0, expected - spread),
        high=expected + spread,
        holidays=sum(is_holiday(each) for each in _days_of(monday)),
    )


def _tried(days: Days, mondays: Sequence[date], is_holiday: IsHoliday) -> ForecastError:
    """The last four weeks, from what was known before them."""
    known, tested = mondays[:-WEEKS_AHEAD], mondays[-WEEKS_AHEAD:]
    learned = _learn(days, known, is_holiday)
    came = [_total(days, each) for each in tested]
    as_last_week = _total(days, known[-1])
    off = fmean(
        abs(learned.week(monday, is_holiday) - many) for monday, many in zip(tested, came, strict=True)
    )
    return ForecastError(
        forecast=off,
        naive=fmean(abs(as_last_week - many) for many in came),
        share=off * len(came) / sum(came) if sum(came) else None,
    )


def _complete_weeks(since: date, this_monday: date) -> list[date]:
    """Their Mondays, oldest first; the present week is not over."""
    first = _monday(since + timedelta(days=6))
    first = max(first, this_monday - timedelta(weeks=MOST_WEEKS))
    return [first + timedelta(weeks=number) for number in range((this_monday - first).days // 7)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days_of(monday: date) -> Sequence[date]:
    return [monday + timedelta(days=number) for number in range(7)]


def _total(days: Days, monday: date) -> int:
    return sum(days.get(each, 0) for each in _days_of(monday))

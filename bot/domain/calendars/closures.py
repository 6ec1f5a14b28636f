"""Why a calendar is closed, as people who wait would say it: a break, the night, a day off, a holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from bot.domain.calendars.calendar import Calendar, Span

_MICROSECOND = timedelta(microseconds=1)


class Cause(Enum):
    """The break between two spans of one day, outside a working day's hours, a day that has none, a special one."""

    BREAK = auto()
    OUTSIDE = auto()
    DAY_OFF = auto()
    HOLIDAY = auto()


@dataclass(frozen=True, slots=True)
class Closure:
    """`holidays` are the closed dates within that would have been worked in another week, in order."""

    cause: Cause
    holidays: tuple[date, ...] = ()


_OUTSIDE = Closure(Cause.OUTSIDE)


def why_closed(calendar: Calendar, since: datetime, until: datetime) -> Closure:
    """Why nobody was there all the time from `since` to a later `until`.

    A gap is called by the most telling day it touches: the one from Friday evening to Tuesday morning by the
    holiday on Monday. Several calendars together are closed for a reason only where all have the same.
    """
    if calendar.parts:
        first, *others = (why_closed(part, since, until) for part in calendar.parts)
        return first if all(other == first for other in others) else _OUTSIDE
    if _is_break(calendar, since, until):
        return Closure(Cause.BREAK)
    days = list(_days(calendar, since, until))
    holidays = tuple(day for day in days if _is_holiday(calendar, day))
    if holidays:
        return Closure(Cause.HOLIDAY, holidays)
    return Closure(Cause.DAY_OFF) if any(not _spans(calendar, day) for day in days) else _OUTSIDE


def _days(calendar: Calendar, since: datetime, until: datetime) -> Iterator[date]:
    """The dates on the calendar's wall that the time touches."""
    day = since.astimezone(calendar.zone).date()
    last = (until - _MICROSECOND).astimezone(calendar.zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    return calendar.special.get(day, calendar.week.get(day.weekday(), ()))


def _is_holiday(calendar: Calendar, day: date) -> bool:
    return day in calendar.special and not calendar.special[day] and bool(calendar.week.get(day.weekday()))


def _is_break(calendar: Calendar, since: datetime, until: datetime) -> bool:
    """Whether it lies between two spans of one day."""
    begins, ends = since.astimezone(calendar.zone), until.astimezone(calendar.zone)
    if begins.date() != ends.date():
        return False
    spans = _spans(calendar, begins.date())
    closed_before = any(closes <= _minute(begins) for _, closes in spans)
    return closed_before and any(opens >= _minute(ends) for opens, _ in spans)


def _minute(local: datetime) -> float:
    """The minute of the day that the wall reads."""
    return local.hour * 60 + local.minute + (local.second + local.microsecond / 1e6) / 60

"""Why a calendar is closed, as people who wait would say it: a break, the night, a day off, a holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from bot.domain.calendar import MIDNIGHT, Calendar, Span

_MICROSECOND = timedelta(microseconds=1)


class Cause(Enum):
    """The break between two spans of one day, outside a working day's hours, a day that has none, a special one."""

    BREAK = auto()
    OUTSIDE = auto()
    DAY_OFF = auto()
    HOLIDAY = auto()


@dataclass(frozen=True, slots=True)
class Closed:
    """`holidays` are the closed dates within that would have been worked in another week, in order."""

    cause: Cause
    holidays: tuple[date, ...] = ()


_OUTSIDE = Closed(Cause.OUTSIDE)


def why_closed(calendar: Calendar, since: datetime, until: datetime) -> Closed:
    """Why nobody was there all the time from `since` to a later `until`.

    A gap is called by the most telling day it touches: the one from Friday evening to Tuesday morning by the
    holiday on Monday. Several calendars together are closed for a reason only where all have the same.
    """
    if calendar.parts:
        first, *others = (why_closed(part, since, until) for part in calendar.parts)
        return first if all(other == first for other in others) else _OUTSIDE
    if _is_break(calendar, since, until):
        return Closed(Cause.BREAK)
    days = list(_days(calendar, since, until))
    holidays = tuple(day for day in days if _is_holiday(calendar, day))
    if holidays:
        return Closed(Cause.HOLIDAY, holidays)
    return Closed(Cause.DAY_OFF) if any(not _spans(calendar, day) for day in days) else _OUTSIDE


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
    """Whether it lies between two spans of one day, which a night shift's day is still after midnight."""
    day = since.astimezone(calendar.zone).date()
    return any(
        _lies_between(_spans(calendar, each), _minute(calendar, since, each), _minute(calendar, until, each))
        for each in (day, day - timedelta(days=1))
    )


def _minute(calendar: Calendar, at: datetime, day: date) -> float:
    """The minute of that day that the wall reads, after its midnight counted on."""
    local = at.astimezone(calendar.zone)
    seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return (local.date() - day).days * MIDNIGHT + seconds / 60


def _lies_between(spans: tuple[Span, ...], begins: float, ends: float) -> bool:
    closed_before = any(closes <= begins for _, closes in spans)
    return closed_before and any(opens >= ends for opens, _ in spans)

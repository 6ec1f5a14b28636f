"""Of which days the figures are that a team reads each day, week or month: whole ones in its own zone, all over."""

from datetime import date, datetime, timedelta

from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.day_boundaries import begins
from bot.domain.calendars.iso_weeks import monday_of, start_of
from bot.domain.directory import Digest

_DAY = timedelta(days=1)
_WEEK = 7
_DAYS_BACK = 31
"""So far back the working day before is looked for."""


def period_begun(kind: Digest, today: date) -> date:
    """The first day after the newest period that is over today."""
    match kind:
        case Digest.FIGURES_WEEKLY:
            return monday_of(today)
        case Digest.FIGURES_MONTHLY:
            return today.replace(day=1)
        case _:
            return today


def figures_period(calendar: Calendar, kind: Digest, day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, UTC; `day` is the first one after. Daily ones begin with the working day before."""
    match kind:
        case Digest.FIGURES_WEEKLY:
            first = day - _WEEK * _DAY
        case Digest.FIGURES_MONTHLY:
            first = (day - _DAY).replace(day=1)
        case _:
            days = (day - back * _DAY for back in range(1, _DAYS_BACK))
            first = next((each for each in days if begins(calendar, each) is not None), day - _DAY)
    return start_of(first, calendar.zone), start_of(day, calendar.zone)

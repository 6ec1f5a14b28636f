"""When a team's day begins and when its week ends, for what is told once a day and once a week.

A day's spans belong to the day they open on, so a night shift's day begins in the evening. Whoever works around the
clock begins at nine and ends at five, on weekdays: somebody reads it then.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendars.calendar import MIDNIGHT, Calendar, Span

NINE, FIVE = 9 * 60, 17 * 60
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_WEEK = 7
_WEEKEND = (5, 6)
_WEEKS_BACK = 8
"""So far back is looked for the week's end before: nobody rests longer."""


def begins(calendar: Calendar, day: date) -> datetime | None:
    """The first staffed minute of this day in the calendar's zone, UTC; None on a day off."""
    return min((opens for opens, _ in _shifts(calendar, day)), default=None)


def is_staffed_all_day(calendar: Calendar, day: date) -> bool:
    """Whether the team, or a part of it, is there from midnight to midnight, so that no opening begins the day."""
    if calendar.parts:
        return any(is_staffed_all_day(part, day) for part in calendar.parts)
    return (0, MIDNIGHT) in calendar.special.get(day, calendar.week.get(day.weekday(), ()))


def ends(calendar: Calendar, day: date) -> datetime | None:
    """The last closing of this day's spans, UTC, perhaps after midnight; None on a day off."""
    return max((closes for _, closes in _shifts(calendar, day)), default=None)


def day_is_over(calendar: Calendar, day: date) -> datetime:
    """When nothing is due on this day any more, UTC: at midnight, or at the last closing where that is later."""
    midnight = _instant(calendar, day + _DAY, 0)
    return max(ends(calendar, day) or midnight, midnight)


def week_ends(calendar: Calendar, day: date) -> datetime | None:
    """When the team's last hour of the week begins, UTC, if that is on this day; None on any other day.

    The week ends before its longest rest: on Friday for most, on Thursday where Friday and Saturday are free. A
    holiday moves the end to the working day before; a week off has none.
    """
    last = _last_weekday(calendar)
    if last is None:
        return None
    ahead = [day + offset * _DAY for offset in range((last - day.weekday()) % _WEEK + 1)]
    if not _shifts(calendar, day) or any(_shifts(calendar, later) for later in ahead[1:]):
        return None
    opens, closes = max(_shifts(calendar, day), key=lambda shift: shift[1])
    return max(opens, closes - _HOUR)


def week_ended_before(calendar: Calendar, day: date) -> datetime:
    """The end of the week before the one that ends on this day; after a very long rest a week before its midnight."""
    for back in range(1, _WEEKS_BACK * _WEEK):
        ended = week_ends(calendar, day - back * _DAY)
        if ended is not None:
            return ended
    return _instant(calendar, day - _WEEK * _DAY, 0)


def _shifts(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    """The staffed spans that belong to this day, as instants."""
    if calendar.parts:
        return [shift for part in calendar.parts for shift in _shifts(part, day)]
    return [
        (_instant(calendar, day, opens), _instant(calendar, day, closes))
        for opens, closes in _spans(calendar, day)
    ]


def _spans(calendar: Calendar, day: date) -> Iterator[Span]:
    spans = calendar.special.get(day, calendar.week.get(day.weekday(), ()))
    for opens, closes in spans:
        if (opens, closes) != (0, MIDNIGHT):
            yield opens, closes
        elif day.weekday() not in _WEEKEND:
            yield NINE, FIVE


def _instant(calendar: Calendar, day: date, minute: int) -> datetime:
    """By the clock on the team's wall."""
    days, minute = divmod(minute, MIDNIGHT)
    wall = datetime.combine(day + days * _DAY, time(minute // 60, minute % 60), calendar.zone)
    return wall.astimezone(UTC)


def _last_weekday(calendar: Calendar) -> int | None:
    """The working weekday before the longest rest; the later one of two that are alike."""
    works = _working_weekdays(calendar)
    if not works:
        return None

    def rest_after(weekday: int) -> int:
        return next(days for days in range(1, _WEEK + 1) if (weekday + days) % _WEEK in works)

    return max(works, key=lambda weekday: (rest_after(weekday), weekday))


def _working_weekdays(calendar: Calendar) -> set[int]:
    if calendar.parts:
        return set().union(*map(_working_weekdays, calendar.parts))
    return {
        weekday
        for weekday, spans in calendar.week.items()
        if spans and not (spans == ((0, MIDNIGHT),) and weekday in _WEEKEND)
    }

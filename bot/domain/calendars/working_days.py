"""Working days: days of a calendar's own zone on which it opens, so no weekend and no holiday."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.calendars.calendar import Calendar

LONGEST = 366
"""Days in a row on which a calendar may be closed before it counts as never open."""


def after_working_days(calendar: Calendar, start: datetime, days: int) -> datetime | None:
    """The same time of the day so many working days later, or the next opening after it; None where none comes.

    Counted from the first open instant, `start` at the earliest: two days from Friday 15:00 end on Tuesday at
    15:00, and two days from Saturday on Wednesday when the team begins.
    """
    begins = calendar.next_open(start)
    if begins is None:
        return None
    there = begins.astimezone(calendar.zone)
    day, left, closed = there.date(), days, 0
    while left:
        day += timedelta(days=1)
        is_working = is_working_day(calendar, day)
        left, closed = (left - 1, 0) if is_working else (left, closed + 1)
        if closed > LONGEST:
            return None
    return calendar.next_open(datetime.combine(day, there.time(), there.tzinfo).astimezone(UTC))


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether hours begin on this local day; those of a night shift belong to the day on which it begins."""
    if calendar.parts:
        return any(is_working_day(part, day) for part in calendar.parts)
    return bool(calendar.special.get(day, calendar.week.get(day.weekday(), ())))

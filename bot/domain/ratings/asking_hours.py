"""When people may be asked something that can wait: not at night where they are, nor in quiet hours of their own."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar
from bot.domain.notices.choice import NoticeChoice, Quiet

MORNING: Final = 8
EVENING: Final = 21
"""Hours of the day between which people are asked, in their time zone."""
_STEP: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)


def next_asking_time(now: datetime, *, choice: NoticeChoice, hours: Calendar, zone: ZoneInfo) -> datetime:
    """`now` where they may be asked now, else the first full quarter of an hour at which they may.

    Somebody whose quiet hours leave no time of the day is asked by day all the same.
    """
    if _may_ask(now, choice, hours, zone):
        return now
    first = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) + _STEP
    quarters = [first + number * _STEP for number in range(_DAY // _STEP)]
    allowed = (each for each in quarters if _may_ask(each, choice, hours, zone))
    by_day = (each for each in quarters if _is_day(each, zone))
    return next(allowed, None) or (now if _is_day(now, zone) else next(by_day))


def _may_ask(at: datetime, choice: NoticeChoice, hours: Calendar, zone: ZoneInfo) -> bool:
    """Only hours of their own are quiet for a requester: a team's are those of its agents."""
    is_quiet = choice.quiet is Quiet.OWN and choice.is_quiet(at, business_hours=hours, zone=zone)
    return _is_day(at, zone) and not is_quiet


def _is_day(at: datetime, zone: ZoneInfo) -> bool:
    return MORNING <= at.astimezone(zone).hour < EVENING

"""Weeks from Monday to Sunday by a clock on a wall, and when that clock was put forward or back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def monday_of(day: date) -> date:
    """The first day of the week that this day is in."""
    return day - timedelta(days=day.weekday())


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Midnight there, in UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def offsets(zone: ZoneInfo, since: datetime, until: datetime) -> Sequence[tuple[datetime, timedelta]]:
    """From when on the clock there was how far ahead of UTC; the first entry is for `since`. To the second."""
    found = [(since, _offset(zone, since))]
    at = since
    while at < until:
        following = min(at + _DAY, until)
        if _offset(zone, following) != found[-1][1]:
            at = _change(zone, at, following)
            found.append((at, _offset(zone, at)))
        else:
            at = following
    return found


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with another offset than `before` has."""
    old = _offset(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after.replace(microsecond=0)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()

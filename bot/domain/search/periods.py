"""Times in a search: `>2w` longer ago than two weeks, `<1d` within the last day, `2026-11`, `2026-11-01..2026-11-15`.

A period may end within a day: `2026-11-01..2026-11-15T14:30`. Days, months and years are those of whoever asks.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendars.iso_weeks import start_of
from bot.domain.calendars.written_dates import days_of
from bot.domain.search.query import TimeWindow

_AGO = re.compile(r"(?P<sign>[<>]?)=?(?P<many>\d{1,4})(?P<unit>h|d|w|m|y)")
_DAY = r"\d{4}(?:-\d{1,2}){0,2}"
_DATE = re.compile(rf"(?P<sign>[<>]?)(?P<equal>=?)(?P<day>{_DAY})")
_TIME = r"t\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
_BETWEEN = re.compile(rf"(?P<first>{_DAY})(?P<since>{_TIME})?\.\.(?P<last>{_DAY})(?P<until>{_TIME})?")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def read_period(text: str, *, now: datetime, zone: ZoneInfo) -> TimeWindow | None:
    """The window that is meant; None for words that mean none, such as 31 February, and for one that is empty."""
    words = text.casefold()
    for read in (_ago, _named, _between, _dated):
        try:
            window = read(words, now, zone)
        except (ValueError, OverflowError):
            return None
        if window is not None:
            return None if window.is_empty else window
    return None


def read_due_period(text: str, *, now: datetime, zone: ZoneInfo) -> TimeWindow | None:
    """The same of times to come: `<4h` is due within four hours or overdue, `>1d` later than a day from now."""
    words = text.casefold()
    found = _AGO.fullmatch(words)
    if found is None:
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        return read_period(tomorrow.isoformat() if words == "tomorrow" else text, now=now, zone=zone)
    try:
        at = now + _length(found)
    except OverflowError:
        return None
    return TimeWindow(since=at) if found["sign"] == ">" else TimeWindow(until=at)


def _ago(words: str, now: datetime, _zone: ZoneInfo) -> TimeWindow | None:
    found = _AGO.fullmatch(words)
    if found is None:
        return None
    at = now - _length(found)
    return TimeWindow(until=at) if found["sign"] == ">" else TimeWindow(since=at)


def _length(found: re.Match[str]) -> timedelta:
    many, unit = int(found["many"]), found["unit"]
    return timedelta(hours=many) if unit == "h" else timedelta(days=many * _DAYS[unit])


def _named(words: str, now: datetime, zone: ZoneInfo) -> TimeWindow | None:
    ago = {"today": 0, "yesterday": 1}.get(words)
    if ago is None:
        return None
    day = now.astimezone(zone).date() - timedelta(days=ago)
    return _days(day, day + timedelta(days=1), zone)


def _between(words: str, _now: datetime, zone: ZoneInfo) -> TimeWindow | None:
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return None
    first, _ = days_of(found["first"])
    last, after = days_of(found["last"])
    window = _days(first, after, zone)
    if found["since"]:
        window = replace(window, since=_at(first, found["since"], zone))
    if found["until"]:
        window = replace(window, until=_at(last, found["until"], zone))
    return window


def _at(day: date, typed: str, zone: ZoneInfo) -> datetime:
    """Raises ValueError."""
    return datetime.combine(day, time.fromisoformat(typed[1:]), tzinfo=zone).astimezone(UTC)


def _dated(words: str, _now: datetime, zone: ZoneInfo) -> TimeWindow | None:
    """`>2026-11` begins behind that month, `>=2026-11` with it."""
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    first, after = days_of(found["day"])
    match found["sign"], bool(found["equal"]):
        case ">", is_included:
            return TimeWindow(since=start_of(first if is_included else after, zone))
        case "<", is_included:
            return TimeWindow(until=start_of(after if is_included else first, zone))
        case _:
            return _days(first, after, zone)


def _days(first: date, after: date, zone: ZoneInfo) -> TimeWindow:
    return TimeWindow(since=start_of(first, zone), until=start_of(after, zone))

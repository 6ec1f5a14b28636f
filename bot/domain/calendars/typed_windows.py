"""Windows of time as people type them: `12 weeks`, `last month`, `2026-01-01`, `2026-01-01 until 2026-02-01`.

Read in the zone of whose time it is. So many days or weeks end with today, which counts as one of them: `1 week` is
the last seven days. `this week` begins on Monday; a month or a year that is not over counts as one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendars.iso_weeks import monday_of, start_of
from bot.domain.calendars.written_dates import days_of, months_before
from bot.domain.errors import Refused
from bot.domain.sentence import sentence

EXAMPLES = sentence("commands.period_examples")
USUAL = "4 weeks"
LONGEST = timedelta(days=367)
"""What is answered at once in chat; the terminal looks back as far as there is something."""

_LAST_OF = re.compile(
    r"(?:last |past )?(?P<many>\d{1,4}) ?(?P<unit>d|w|m|y|days?|weeks?|months?|quarters?|years?)"
)
_NAMED = re.compile(r"(?P<which>this|last) (?P<unit>week|month|quarter|year)")
_DAYS = re.compile(
    r"(?:(?:since|from) )?(?P<since>[\d-]+)(?: (?:until|till|to|-|–) (?P<until>[\d-]+))?"
    r"(?: against (?P<first>[\d-]+) until (?P<last>[\d-]+))?"
)
_INSTANT = timedelta(microseconds=1)
"""What happens at this very instant has happened."""
AHEAD = ("tomorrow", "next", "coming", "upcoming")
"""Words that begin a time to come."""
_DAYS_IN = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "q": 3, "y": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `since` (included) to `until` (excluded), UTC; `before` is the same part of the time before."""

    since: datetime
    until: datetime
    before: tuple[datetime, datetime]


def read_window(text: str, *, now: datetime, zone: ZoneInfo) -> Window:
    """What these words mean in this zone; nothing means the last four weeks, 28 days with today.

    Raises Refused, with examples, for words that mean no time, and for a time that has not come.
    """
    words = " ".join(text.lower().split()).removeprefix("the ") or USUAL
    today = now.astimezone(zone).date()
    try:
        days = _one_day(words, today) or _last_of(words, today) or _named(words, today) or _days(words)
    except (ValueError, OverflowError):  # 31 February, the year 99999
        days = None
    if days is None:
        is_ahead = words.split()[0] in AHEAD
        raise Refused("commands.period_to_come" if is_ahead else "commands.not_a_period", EXAMPLES, text=text)
    first, after = days
    until = now + _INSTANT
    if after is not None:
        until = min(until, start_of(after, zone))
    since = start_of(first, zone)
    if since >= now:
        raise Refused("commands.period_to_come", EXAMPLES, text=text)
    if until <= since:
        raise Refused("commands.period_reversed", EXAMPLES, text=text)
    until = until.astimezone(UTC)
    months = _months_in(words, first, after)
    if after is None and words == "this week":
        after = first + timedelta(weeks=1)
    before = _days_against(words, until, since, zone=zone) or _time_before(
        first, after, until, months=months, zone=zone
    )
    return Window(since=since, until=until, before=before)


def read_short_window(text: str, *, now: datetime, zone: ZoneInfo) -> Window:
    """The same for what is answered at once. Raises Refused for more than about a year, too."""
    window = read_window(text, now=now, zone=zone)
    if now - window.since > LONGEST:
        raise Refused("answers.report_too_long", text=text)
    return window


def whole_days(first: date, after: date, *, zone: ZoneInfo) -> Window:
    """From the first day up to the one `after`, when they are over; whole months are compared with as many."""
    until = start_of(after, zone)
    months = _whole_months(first, after)
    before = _time_before(first, after, until, months=months, zone=zone)
    return Window(since=start_of(first, zone), until=until, before=before)


def _one_day(words: str, today: date) -> tuple[date, date | None] | None:
    match words.removeprefix("since "):
        case "today":
            return today, None
        case "yesterday":
            yesterday = today - timedelta(days=1)
            return yesterday, today if words == "yesterday" else None
        case _:
            return None


def _last_of(words: str, today: date) -> tuple[date, date | None] | None:
    """`4 weeks`: 28 days, today being the last; `4 months`: this one and the three before it."""
    found = _LAST_OF.fullmatch(words.removeprefix("since "))
    if found is None or int(found["many"]) == 0:
        return None
    many, unit = int(found["many"]), found["unit"][0]
    if unit in _DAYS_IN:
        return today - timedelta(days=many * _DAYS_IN[unit] - 1), None
    return months_before(_start(unit, today), (many - 1) * _MONTHS[unit]), None


def _named(words: str, today: date) -> tuple[date, date | None] | None:
    found = _NAMED.fullmatch(words.removeprefix("since "))
    if found is None:
        return None
    unit = found["unit"][0]
    begins = _start(unit, today)
    if found["which"] == "this":
        return begins, None
    if unit == "w":
        return begins - timedelta(weeks=1), begins
    return months_before(begins, _MONTHS[unit]), begins


def _days(words: str) -> tuple[date, date | None] | None:
    """From a day on, or up to another, which is included; a month or a year that stands alone ends with itself."""
    found = _DAYS.fullmatch(words)
    if found is None:
        return None
    since, end = days_of(found["since"])
    if found["until"] is not None:
        return since, days_of(found["until"])[1]
    is_alone = found["since"] == words
    return since, end if is_alone and found["since"].count("-") < 2 else None


def _start(unit: str, day: date) -> date:
    match unit:
        case "w":
            return monday_of(day)
        case "q":
            return day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
        case "y":
            return day.replace(day=1, month=1)
        case _:
            return day.replace(day=1)


def _months_in(words: str, first: date, after: date | None) -> int:
    """How many months the whole time is, when it is named by months; 0 for one of days, or without an end."""
    found = _NAMED.fullmatch(words.removeprefix("since ")) or _LAST_OF.fullmatch(words.removeprefix("since "))
    if found is not None:
        many = found.groupdict().get("many") or 1
        return int(many) * _MONTHS.get(found["unit"][0], 0)
    return 0 if after is None else _whole_months(first, after)


def _whole_months(first: date, after: date) -> int:
    if (first.day, after.day) != (1, 1):
        return 0
    return (after.year - first.year) * 12 + after.month - first.month


def _time_before(
    first: date, after: date | None, until: datetime, *, months: int, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """As many months or named days before; of a time that is not over, up to the same time of the same day of it."""
    since = start_of(first, zone)
    there = until.astimezone(zone)
    is_over = after is not None and until == start_of(after, zone)
    if months:
        earlier = months_before(first, months)
        if is_over:
            return start_of(earlier, zone), since
        begins = months_before(there.date().replace(day=1), months)
        day = begins + timedelta(days=there.day - 1)
        if day >= months_before(begins, -1):  # as 31 March has none in February
            return start_of(earlier, zone), min(start_of(months_before(begins, -1), zone), since)
        end = datetime.combine(day, there.time(), tzinfo=zone).astimezone(UTC)
        return start_of(earlier, zone), min(end, since)
    last = after or there.date() + timedelta(days=1)
    many = last - first
    if is_over:
        return start_of(first - many, zone), since
    end = datetime.combine(there.date() - many, there.time(), tzinfo=zone).astimezone(UTC)
    return start_of(first - many, zone), min(end, since)


def _days_against(
    words: str, until: datetime, since: datetime, *, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    """The days that a button says these are compared with; the last of them up to when they end."""
    found = _DAYS.fullmatch(words)
    if found is None or found["first"] is None:
        return None
    first, last = days_of(found["first"])[0], days_of(found["last"])[0]
    there = until.astimezone(zone)
    is_over = until == start_of(there.date(), zone)
    end = start_of(last + timedelta(days=1), zone)
    if not is_over:
        end = datetime.combine(last, there.time(), tzinfo=zone).astimezone(UTC)
    return start_of(first, zone), min(end, since)

"""Times as people type them: `2h`, `until Tuesday`, `tomorrow 9:00`, `2026-12-01`. Read in the person's own zone."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.commands.framework.mistakes.time_words import in_words_read, parted_at
from bot.commands.framework.mistakes.written_days import WRITTEN, written_day
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.services.context.context import Context
from bot.services.context.reader import zone_of as readers_zone

MORNING = time(9, 0)
"""What a day means where no time is said: when people are back at work."""
Read = TypeVar("Read")
COMMAS: Final = 4
"""Within a time: `from Wed, 2 Dec, 9:00 until Thu, 3 Dec, 9:00` has as many."""
LONGEST = timedelta(days=366)
EXAMPLES = sentence("commands.time_examples")

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = tuple(name[:3] for name in _WEEKDAYS)
_LENGTH = re.compile(
    r"(?:(?:for|in)\s+)?(?:(?P<weeks>\d+)\s*w(?:eeks?)?)?\s*(?:(?P<days>\d+)\s*d(?:ays?)?)?\s*"
    r"(?:(?P<hours>\d+)\s*h(?:ours?)?)?\s*(?:(?P<minutes>\d+)\s*m(?:in(?:utes?)?)?)?"
)
_DAY_AND_TIME = re.compile(
    rf"(?:until\s+|till\s+|from\s+|on\s+|next\s+)*(?P<day>{WRITTEN}|[a-z]+|\d{{4}}-\d{{2}}-\d{{2}})?"
    r"(?:[\sT]*(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?",
    re.IGNORECASE,
)


def read_instant(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, that these words mean to somebody in this zone; a weekday is the next of its name.

    Raises Refused, with examples, for words that mean no time, one that is over, or one more than a year away.
    """
    words = in_words_read(text)
    at = _after(words, now) or _day_and_time(words, now, zone)
    if at is None:
        raise Refused("commands.not_a_time", EXAMPLES, text=text)
    if at <= now:
        raise Refused("commands.time_past", EXAMPLES, text=text)
    if at - now > LONGEST:
        raise Refused("commands.time_too_far", EXAMPLES, text=text)
    return at.astimezone(UTC)


def read_span(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when: `from Monday until Friday`; from now where only an end is said: `until Friday`, `2h`.

    A weekday that ends it is the next of its name after the beginning. Raises Refused like `read_instant`, for a
    beginning without an end, and for a span that ends before or when it begins.
    """
    typed = " ".join(text.split())
    begin, end = _parted(typed)
    if end == typed and in_words_read(typed).startswith("from "):
        raise Refused("commands.until_when", EXAMPLES, command=f"{typed} until Friday")
    begins = read_instant(begin, now=now, zone=zone) if begin.lower() not in ("", "now") else now
    ends = read_instant(end, now=now, zone=zone)
    if (ends < begins or end.lower() == begin.lower()) and in_words_read(end)[:3] in _SHORT:
        ends = read_instant(end, now=begins, zone=zone)
    if ends <= begins:
        raise Refused("commands.span_reversed")
    return begins, ends


def read_day(text: str, *, now: datetime, zone: ZoneInfo) -> date:
    """The day that these words name to somebody in this zone; by its date also today. Raises Refused as above."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        written = written_day(in_words_read(text), now.astimezone(zone).date())
        if written is not None:
            return written
        return read_instant(text, now=now, zone=zone).astimezone(zone).date()


def read_absence(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when somebody is away: like `read_span`, but a day alone is that whole day.

    `tomorrow`, `Friday` and `from Friday until Friday` begin at midnight, or now where it is that day, and end at
    midnight.
    """
    local = now.astimezone(zone)
    days = _only_day(text, local)
    if days is None or days < 0:
        return read_span(text, now=now, zone=zone)
    day = local.date() + timedelta(days=days)
    midnight = datetime.combine(day, time(), tzinfo=zone)
    next_midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    return max(midnight.astimezone(UTC), now), next_midnight.astimezone(UTC)


def _only_day(text: str, local: datetime) -> int | None:
    """How many days from today the day is that these words name alone, or as beginning and end."""
    typed = " ".join(text.split())
    begin, end = _parted(typed)
    named = {in_words_read(each).removeprefix("on ") for each in ([end] if end == typed else [begin, end])}
    days = {_days_ahead(each, local) if each else None for each in named}
    return days.pop() if len(days) == 1 else None


def _parted(typed: str) -> tuple[str, str]:
    """The words of the beginning, "" where only an end is said, and those of the end."""
    begin, end = parted_at("until", typed) or ("", "")
    if not end:
        return "", typed
    _, begin = parted_at("from", begin) or ("", begin)
    return begin, end


def before_comma(typed: str, read: Callable[[str], Read]) -> tuple[Read, str]:
    """What is read, and the words behind the comma after it: the longest time counts, which may have commas itself.

    Raises Refused where what stands before the first comma is no time.
    """
    first, *others = typed.split(",")
    for length in range(min(len(others), COMMAS), 0, -1):
        with suppress(Refused):
            return read(",".join([first, *others[:length]])), ",".join(others[length:]).strip()
    return read(first), ",".join(others).strip()


def zone_of(context: Context) -> ZoneInfo:
    """Where the actor's clock hangs."""
    return readers_zone(context)


def _after(words: str, now: datetime) -> datetime | None:
    found = _LENGTH.fullmatch(words)
    if found is None or not any(found.groups()):
        return None
    amounts = {unit: int(amount) for unit, amount in found.groupdict().items() if amount}
    if any(amount > 100_000 for amount in amounts.values()):
        return None
    return now + timedelta(**amounts)


def _day_and_time(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _DAY_AND_TIME.fullmatch(words)
    if found is None or not (found["day"] or found["hour"]):
        return None
    local = now.astimezone(zone)
    days = _days_ahead(found["day"] or "", local)
    if days is None:
        return None
    clock = MORNING
    if found["hour"]:
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > 23 or minute > 59:
            return None
        clock = time(hour, minute)
    at = datetime.combine(local.date() + timedelta(days=days), clock, tzinfo=zone)
    if not found["day"] and at <= now:
        at = datetime.combine(local.date() + timedelta(days=1), clock, tzinfo=zone)
    return _on_the_clock(at)


def _on_the_clock(at: datetime) -> datetime:
    """The end of the hour that the change to summer time skips, for a time within it."""
    while at.astimezone(UTC).astimezone(at.tzinfo).time() != at.time():
        at += timedelta(minutes=1)
    return at


def _days_ahead(day: str, local: datetime) -> int | None:
    """How many days from today; a weekday's own name means a week from now."""
    if day in ("", "today"):
        return 0
    if day in ("tomorrow", "yesterday"):
        return 1 if day == "tomorrow" else -1
    weekday = next((number for number, name in enumerate(_WEEKDAYS) if day in (name, name[:3])), None)
    if weekday is not None:
        return (weekday - local.weekday() - 1) % 7 + 1
    try:
        return (datetime.strptime(day, "%Y-%m-%d").date() - local.date()).days  # noqa: DTZ007  a day, not an instant
    except ValueError:
        written = written_day(day, local.date())
        return (written - local.date()).days if written is not None else None

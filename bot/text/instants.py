"""An instant as a person says it inside a sentence, in their language and time zone: `Tuesday 3 March, 10:30`.

For what the requester reads; platforms that show instants in each reader's own zone do so, and use this where they
cannot. Messages stay, so the day goes by its date: `tomorrow` is wrong the day after. No seconds, and never later
than the instant itself. The patterns are CLDR's and stand in the catalogue; names of days and months are Babel's.
"""

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import (
    format_date,
    format_datetime,
    format_interval,
    format_skeleton,
    format_time,
    get_datetime_format,
)

from bot.messages.outbound import Moment
from bot.text.catalogue import entry
from bot.text.cldr import locale_of


def spoken(at: datetime, *, time_zone: str | None, otherwise: ZoneInfo, language: str) -> Moment:
    """The moment with its words for one person; `otherwise` is the zone, then named, where theirs is not known."""
    zone = known_zone(time_zone)
    words = in_words(at, zone=zone or otherwise, language=language)
    if zone is None:
        words += f" ({at.astimezone(otherwise):%Z})"
    return Moment(at, time_zone, words)


def in_words(at: datetime, *, zone: tzinfo, language: str) -> str:
    """`Tuesday 3 March, 10:30`; in English where the language is not known."""
    return _minute_in_words(at.astimezone(UTC).replace(second=0, microsecond=0), zone, language)


@lru_cache(maxsize=4_096)
def _minute_in_words(minute: datetime, zone: tzinfo, language: str) -> str:
    """What is due to many is due in few minutes."""
    there = minute.astimezone(zone)
    key = "instants.at_one_o_clock" if there.hour == 1 else "instants.at"
    pattern = entry(language, key).forms[0].source
    return format_datetime(there, pattern, locale=locale_of(language))


def known_zone(name: str | None) -> ZoneInfo | None:
    """None where it is not told, or this machine does not know it: a platform may name any."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def day_in_words(day: date, *, language: str) -> str:
    """`Tuesday 3 March`"""
    return format_date(day, entry(language, "instants.day").forms[0].source, locale=locale_of(language))


def day_of_month(day: date, *, language: str) -> str:
    """`3 March`"""
    return format_skeleton("MMMMd", day, locale=locale_of(language))


def short_day(day: date, *, language: str) -> str:
    """`3 Mar`, for tables and charts."""
    return str(format_skeleton("MMMd", day, locale=locale_of(language)))


def short_weekday(day: date, *, language: str) -> str:
    """`Mon`"""
    return str(format_skeleton("EEE", day, locale=locale_of(language)))


def weekday_letter(day: date, *, language: str) -> str:
    """`M`, for heads of narrow columns."""
    return str(format_date(day, "ccccc", locale=locale_of(language)))


def short_month(day: date, *, language: str) -> str:
    """`Mar`"""
    return str(format_date(day, "LLL", locale=locale_of(language)))


def period(first: date, last: date, *, language: str) -> str:
    """`2 Feb – 1 Mar 2026`, both days included; one day stands alone."""
    said = format_interval(first, last, "yMMMd", locale=locale_of(language))
    return str(said).replace("\N{THIN SPACE}", " ")


def time_of_day(at: datetime, *, zone: tzinfo, language: str) -> str:
    """`10:30`"""
    return format_time(at.astimezone(zone), "short", locale=locale_of(language))


def stamp(at: datetime, *, zone: ZoneInfo, language: str, with_weekday: bool = False) -> str:
    """`3 Mar 2026, 10:30`, for protocols; with its weekday `Tue, 3 Mar 2026, 10:30`."""
    locale = locale_of(language)
    there = at.astimezone(zone)
    day = str(format_skeleton("yMMMEd" if with_weekday else "yMMMd", there, locale=locale))
    pattern = str(get_datetime_format("medium", locale=locale))
    return pattern.format(format_time(there, "short", locale=locale), day)

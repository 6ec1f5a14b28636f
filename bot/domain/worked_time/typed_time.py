"""Worked time as people type it: `25m fixed the switch`, `1h 20m`, `1:20`, `0.5h`, `yesterday 2 Std. Umzug`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.errors import Refused
from bot.domain.sentence import sentence

_DAYS_AGO: Final = {
    **dict.fromkeys(("today", "heute", "aujourd'hui", "aujourd’hui", "hoy", "hoje"), 0),
    **dict.fromkeys(("yesterday", "gestern", "hier", "ayer", "ontem"), 1),
    **dict.fromkeys(("tomorrow", "morgen", "demain", "mañana", "amanhã"), -1),
}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_HOUR = r"(?:h|hrs?|hours?|std|stunden?|heures?|horas?)\b\.?"
_MINUTE = r"(?:m|mn|mins?|minutes?|minuten?|minutos?)\b\.?"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_LENGTH = re.compile(
    rf"(?P<minus>[-\u2212\u2013]\s*)?(?:"
    rf"(?P<clock_hours>\d{{1,4}}):(?P<clock_minutes>[0-5]\d)(?:\s*h\b)?"
    rf"|(?P<hours>{_NUMBER})\s*(?:{_HOUR}(?:\s*(?P<minutes>\d{{1,6}})\s*{_MINUTE})?"
    r"|h(?P<after>[0-5]\d)(?:\s*m\b|\b))"
    rf"|(?P<only_minutes>{_NUMBER})\s*{_MINUTE})(?=[\s,;:]|$)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<minus>[-\u2212\u2013]\s*)?(?P<number>\d{1,6})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class TypedTime:
    day: date
    length: timedelta
    text: str


def read_worked_time(text: str, *, today: date, is_minutes: bool = False) -> TypedTime:
    """A day where one is named, a length, and words. `is_minutes`: a number alone is so many minutes.

    A weekday is the last of its name. Raises Refused, with examples, where no length is found.
    """
    day, rest = _day(text.strip(), today)
    length, words = read_worked_length(rest, is_minutes=is_minutes)
    return TypedTime(day=day, length=length, text=words)


def read_worked_length(text: str, *, is_minutes: bool = False) -> tuple[timedelta, str]:
    """The length that the text begins with, perhaps negative, and what follows it. Raises Refused where none does."""
    rest = text.strip()
    found = _LENGTH.match(rest)
    if found is not None:
        return _length(found), rest[found.end() :].lstrip(" \t\n,;:")
    bare = _BARE.match(rest)
    if bare is not None and is_minutes:
        length = timedelta(minutes=int(bare["number"]))
        return (-length if bare["minus"] else length), rest[bare.end() :].strip()
    if bare is not None:
        meant = f"{bare['number']}m"
        raise Refused("time.no_unit", sentence("time.examples"), text=bare["number"], example=meant)
    raise Refused("time.not_a_length", sentence("time.examples"), text=" ".join(rest.split()[:3]) or text)


def read_worked_day(text: str, *, today: date) -> date:
    """`yesterday`, a weekday or a date; today where nothing is said. Raises Refused for anything else."""
    day, rest = _day(text.strip(), today)
    if rest:
        raise Refused("time.not_a_day", sentence("time.examples_of_days"), text=text)
    return day


def _length(found: re.Match[str]) -> timedelta:
    if found["clock_hours"]:
        length = timedelta(hours=int(found["clock_hours"]), minutes=int(found["clock_minutes"]))
    elif found["only_minutes"]:
        length = timedelta(minutes=_number(found["only_minutes"]))
    else:
        minutes = int(found["minutes"] or found["after"] or 0)
        length = timedelta(hours=_number(found["hours"]), minutes=minutes)
    whole = timedelta(minutes=round(length / timedelta(minutes=1)))
    return -whole if found["minus"] else whole


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _day(text: str, today: date) -> tuple[date, str]:
    """The day that the text begins with, and what follows it; today where it begins with none."""
    first, _, rest = text.partition(" ")
    word = first.casefold().rstrip(",:")
    if word in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[word]), rest.strip()
    if _DATE.fullmatch(word):
        try:
            year, month, day = map(int, word.split("-"))
            return date(year, month, day), rest.strip()
        except ValueError:
            raise Refused("time.not_a_day", sentence("time.examples_of_days"), text=first) from None
    weekday = next((at for at, name in enumerate(_WEEKDAYS) if word in (name, name[:3])), None)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7), rest.strip()
    return today, text

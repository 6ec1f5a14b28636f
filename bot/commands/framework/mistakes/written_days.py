"""Days as Deskbell writes them, in all its languages: `Wed, 2 Dec`, `30. Nov. 2026`, `lunes 30 de noviembre`."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Final

from babel.dates import get_day_names, get_month_names

from bot.domain.normalised_text import normalised
from bot.text.catalogue import languages
from bot.text.cldr import locale_of

_NAME: Final = r"[^\W\d]+"
_NUMBER: Final = r"\d{1,2}(?![\d:])"
_TH: Final = r"(?:st|nd|rd|th|er)?"
_YEAR: Final = r"\d{4}(?![\d:])"
WRITTEN: Final = (
    rf"(?:{_NAME}\s)?(?:{_NUMBER}{_TH}\s(?:de\s)?{_NAME}|{_NAME}\s{_NUMBER}{_TH})(?:\s(?:de\s)?{_YEAR})?"
)
_DAY: Final = re.compile(
    rf"(?:(?P<weekday>{_NAME})\s)??"
    rf"(?:(?P<day>{_NUMBER}){_TH}\s(?:de\s)?(?P<month>{_NAME})|(?P<first>{_NAME})\s(?P<second>{_NUMBER}){_TH})"
    rf"(?:\s(?:de\s)?(?P<year>{_YEAR}))?"
)
_LEAP: Final = 8
"""Years within which there is a 29th of February."""


def written_day(words: str, today: date) -> date | None:
    """The day, from today on where no year is said; None for no day, or one that is no such day of the week."""
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    month = _months().get(normalised(found["month"] or found["first"]))
    weekdays = _weekdays().get(normalised(found["weekday"] or ""), frozenset())
    if month is None or (found["weekday"] and not weekdays):
        return None
    years = [int(found["year"])] if found["year"] else range(today.year, today.year + _LEAP + 1)
    days = _days(years, month, int(found["day"] or found["second"]))
    day = next((each for each in days if found["year"] or each >= today), None)
    return day if day is None or not weekdays or day.weekday() in weekdays else None


def _days(years: Iterable[int], month: int, number: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, number)
        except ValueError:
            continue


@cache
def _months() -> dict[str, int]:
    """By their names, long and short, without accents and dots."""
    return dict(_names(get_month_names))


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """What is short in several languages may be several days."""
    found: dict[str, frozenset[int]] = {}
    for name, number in _names(get_day_names):
        found[name] = found.get(name, frozenset()) | {number}
    return found


def _names(named: Callable[..., Any]) -> Iterator[tuple[str, int]]:
    for language, width, context in product(languages(), ("wide", "abbreviated"), ("format", "stand-alone")):
        names = named(width, context, locale_of(language))
        for number, name in names.items():
            yield normalised(name), number

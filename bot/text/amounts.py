"""Numbers, lengths of time and lists as one language writes them, by CLDR."""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta

from babel.dates import TIMEDELTA_UNITS, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.messages.outbound import RichText
from bot.text.catalogue import entry
from bot.text.cldr import locale_of
from bot.text.template import Template

_SIZES = ((2**30, "gibibytes"), (2**20, "mebibytes"), (2**10, "kibibytes"))
"""Bytes of each, the largest first."""
_UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"))
"""Seconds of each, the longest first."""
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def number(value: float, language: str) -> str:
    """`1,200`; in German `1.200`."""
    return format_decimal(value, locale=locale_of(language))


def share(part: float, whole: float, language: str) -> str:
    """The nearest whole per cent, halves up: `67%`; in German `67 %`. `<1%` is not nothing, and `>99%` is not all."""
    nearest = math.floor(100 * part / whole + 0.5)
    if part > 0 and nearest == 0:
        return f"<{_per_cent(1, language)}"
    return f">{_per_cent(99, language)}" if part < whole and nearest == 100 else _per_cent(nearest, language)


def _per_cent(value: int, language: str) -> str:
    return format_percent(value / 100, locale=locale_of(language))


def listed(parts: Iterable[str], language: str, *, choice: bool = False) -> str:
    """`A, B and C`; a choice: `A, B or C`."""
    return format_list(list(parts), style="or" if choice else "standard", locale=locale_of(language))


def listed_texts(parts: Sequence[RichText], language: str, *, choice: bool = False) -> RichText:
    """The same of texts that keep their looks."""
    places = listed((f"{{{at}}}" for at in range(len(parts))), language, choice=choice)
    return Template(places).filled({str(at): part for at, part in enumerate(parts)})


def length(seconds: float, language: str) -> str:
    """A length of time in its two largest units: `2 d 3 h`, `45 min`, `30 s`; in German `2 Tg. 3 Std.`."""
    left = max(int(seconds), 0)
    parts = []
    for size, unit in _UNITS:
        amount, left = divmod(left, size)
        if amount:
            parts.append(_of_unit(unit, amount, language))
    return " ".join(parts[:2]) if parts else _of_unit("seconds", left, language)


def ago(seconds: float, language: str) -> str:
    """`3 weeks ago`, in whole ones of the largest unit alone: 47 hours are `1 day ago`."""
    passed = max(int(seconds), 1)
    size = next(size for _, size in TIMEDELTA_UNITS if size <= passed)
    past = -timedelta(seconds=passed - passed % size)
    return str(format_timedelta(past, add_direction=True, threshold=1, locale=locale_of(language)))


def exact_length(seconds: int, language: str) -> str:
    """In hours, minutes and seconds, nothing left out: `26 h 5 min`, `40 s`."""
    hours, rest = divmod(seconds, 3_600)
    units = (("hours", hours), ("minutes", rest // 60), ("seconds", rest % 60))
    parts = [_of_unit(unit, amount, language) for unit, amount in units if amount]
    return " ".join(parts) if parts else _of_unit("seconds", 0, language)


def working_time(worked: timedelta, language: str) -> str:
    """Time of somebody's business hours, where a day is none of 24 hours: `35 min`, `2 h 10 min`, `51 h 8 min`.

    Whole minutes that have passed, so that a length reads the same wherever it is told; below one, its seconds.
    """
    seconds = worked // _SECOND
    return exact_length(seconds - seconds % 60 if seconds >= 60 else seconds, language)


def hours_and_minutes(length: timedelta) -> tuple[int, int]:
    """Whole minutes that have passed."""
    return divmod(length // _MINUTE, 60)


def size(of_bytes: int, language: str) -> str:
    """`1.4 MiB`, in powers of 1024 as limits are; in German `1,4 MiB`."""
    for unit, name in _SIZES:
        if of_bytes >= unit:
            return _of_unit(name, round(of_bytes / unit, 1), language)
    return _of_unit("bytes", of_bytes, language)


def _of_unit(unit: str, amount: float, language: str) -> str:
    form = entry(language, f"units.{unit}").form(math.ceil(amount))
    return "".join(str(span) for span in form.filled({"count": number(amount, language)}))

"""What happened to tickets, as a search asks for it: `resolved:2026-11`, `missed:first-response,<1w`, `hour:mon-09`.

A period and what tells one from another (`EventDetail`, a measure of targets) stand side by side, parted by a comma.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.search.periods import read_period
from bot.domain.search.query import Criterion, FilterName, Query, TimeWindow
from bot.domain.search.vocabulary import EVENTS, THEN, Vocabulary
from bot.domain.sentence import OneOf, sentence

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = 24
_NOBODYS: Final = (FilterName.MISSED, FilterName.MET, FilterName.WAS_OPEN, FilterName.SHOWN)
"""Whose fault a missed target is, nobody writes down; what is shown, Deskbell shows."""
_HOUR = re.compile(r"(?P<day>[a-z]{3})(?:-(?P<hour>\d{1,2}))?")


def hour_words(hour: int) -> str:
    """How an hour of the week is typed, 0 for Monday's first: `mon-00`."""
    return f"{DAYS[hour // _HOURS]}-{hour % _HOURS:02}"


def read_event(
    name: FilterName, typed: str, vocabulary: Vocabulary, *, now: datetime, zone: ZoneInfo
) -> Criterion:
    """At any time, where no period is typed. Raises Refused for what is neither a period nor a value."""
    window: TimeWindow | None = None
    values = list[str]()
    parts = [each for each in typed.split(",") if each.strip()]
    for part in parts:
        value = vocabulary.value(name, part)
        if value is not None:
            values.append(value)
            continue
        read = read_period(part, now=now, zone=zone) if window is None else None
        if read is None or (name is FilterName.WAS_OPEN and read.until is None):
            raise _not_understood(name, part)
        window = read
    if not parts:
        raise _not_understood(name, typed)
    if name is FilterName.WORKED:  # logged for a day, by somebody's calendar
        values.append(zone.key)
    return Criterion(name=name, values=tuple(dict.fromkeys(values)), window=window)


def _not_understood(name: FilterName, typed: str) -> Refused:
    known = tuple(each.replace("_", "-") for each in EVENTS[name])
    hint = (sentence("search.values", values=OneOf(known)),) if known else ()
    if not typed.strip():
        return Refused("search.value_missing", *hint, sentence("search.periods"), filter=f"{name}:")
    return Refused("search.not_a_period", *hint, sentence("search.periods"), text=typed, filter=f"{name}:")


def read_hours(typed: str, zone: ZoneInfo) -> tuple[str, ...]:
    """The zone, and hours of the week: one for `mon-09`, all of a day for `mon`. Raises Refused."""
    hours = list[int]()
    for part in typed.casefold().split(","):
        found = _HOUR.fullmatch(part.strip())
        if found is None or found["day"] not in DAYS or int(found["hour"] or 0) >= _HOURS:
            raise Refused("search.not_an_hour", text=typed, filter=f"{FilterName.HOUR}:")
        first = DAYS.index(found["day"]) * _HOURS
        hours += range(first, first + _HOURS) if found["hour"] is None else [first + int(found["hour"])]
    return (zone.key, *map(str, dict.fromkeys(hours)))


def read_zone(typed: Iterable[str], usual: ZoneInfo) -> ZoneInfo:
    """The last one typed, else the usual one. Raises Refused for one that there is not."""
    for each in typed:
        try:
            usual = ZoneInfo(each)
        except (KeyError, ValueError, OSError):
            raise Refused("search.unknown_value", text=each, filter=f"{FilterName.ZONE}:") from None
    return usual


def check_then(query: Query) -> None:
    """Raises Refused where it is asked whose something was, and not what happened that can be somebody's."""
    names = {each.name for each in query.criteria}
    for name in FilterName:
        if name in names & THEN:
            events = tuple(each for each in EVENTS if name is not FilterName.BY or each not in _NOBODYS)
            if not names & {*events, *(() if name is FilterName.BY else (FilterName.OPENED,))}:
                listed = OneOf(tuple(f"{each}:" for each in events))
                raise Refused("search.then_alone", filter=f"{name}:", filters=listed)

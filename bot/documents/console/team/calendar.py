"""Who is on call and who is away in the next weeks, by quarters of days: a row a person, a bar for each time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = 28
QUARTERS: Final = 4
"""Of a day."""
_QUARTER: Final = timedelta(days=1) / QUARTERS


class BarKind(StrEnum):
    """What somebody is at that time."""

    ON_CALL = "on_call"
    COVER = "cover"
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What its reader may move a stay by: `form` is cover or away; times are those of their clock, to the minute.

    `instead` is how the command knows it. What has begun keeps its beginning.
    """

    form: str
    since: str
    until: str
    instead: str
    has_begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """From when to when somebody is what; None where that lies further ahead than is looked."""

    person: str
    """Their key."""
    name: str
    kind: BarKind
    begins: datetime
    ends: datetime | None
    handle: Handle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    day: date
    is_weekend: bool
    is_first: bool
    """Of a month, or of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """So many quarters of days in a row; `stays` say what they are, none where nothing is known of the person."""

    quarters: int
    stays: tuple[Stay, ...] = ()

    @property
    def kind(self) -> BarKind | None:
        return self.stays[0].kind if self.stays else None

    @property
    def handle(self) -> Handle | None:
        return self.stays[0].handle if self.stays else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    person: str
    """Their key."""
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCalendar:
    days: tuple[CalendarDay, ...]
    rows: tuple[CalendarRow, ...]


def calendar_of(stays: Iterable[Stay], *, now: datetime, zone: ZoneInfo) -> TeamCalendar:
    """From today on. A quarter is of whoever has its middle; what is shorter has the quarter that it lies in."""
    first = now.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range(DAYS)]
    by_person: dict[str, list[Stay]] = {}
    for each in stays:
        by_person.setdefault(each.person, []).append(each)
    rows = [
        CalendarRow(person=theirs[0].person, name=theirs[0].name, bars=tuple(_bars(theirs, days, zone)))
        for theirs in sorted(by_person.values(), key=lambda each: each[0].name.casefold())
    ]
    return TeamCalendar(
        days=tuple(
            CalendarDay(day=day, is_weekend=day.weekday() > 4, is_first=day.day == 1 or day == first)
            for day in days
        ),
        rows=tuple(each for each in rows if any(bar.stays for bar in each.bars)),
    )


def _bars(stays: Sequence[Stay], days: Sequence[date], zone: ZoneInfo) -> Iterator[Bar]:
    known = sorted(stays, key=lambda each: (list(BarKind).index(each.kind), each.begins))
    on_each = [tuple(_on(known, day, part, zone)) for day in days for part in range(QUARTERS)]
    for found, alike in groupby(on_each, key=lambda each: each[:1]):
        whole = [*alike]
        every = dict.fromkeys(stay for each in whole for stay in each)
        yield Bar(quarters=len(whole), stays=tuple(every) if found else ())


def _on(stays: Sequence[Stay], day: date, part: int, zone: ZoneInfo) -> Iterator[Stay]:
    """By the clock on the wall: a day on which it is changed has four quarters as well."""
    midnight = datetime.combine(day, time())
    begins, middle, ends = (
        (midnight + _QUARTER * (part + share)).replace(tzinfo=zone) for share in (0, 0.5, 1)
    )
    for each in stays:
        has_middle = each.begins <= middle and (each.ends is None or each.ends > middle)
        if has_middle or (each.ends is not None and begins <= each.begins and each.ends <= ends):
            yield each

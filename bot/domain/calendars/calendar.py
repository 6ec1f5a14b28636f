"""Business hours: when a team is at work, in its own time zone, with holidays and lunch breaks.

All arithmetic is on instants (aware, UTC in and out); only the weekly plan is in local time, so a day
on which the clock is put forward or back is as long as it really is. Several calendars together make one
that follows the sun.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.domain.calendars.open_time import OpenTime, from_micros, to_micros
from bot.domain.calendars.opening_hours import Plan, UnionPlan, WeeklyPlan
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence

Span = tuple[int, int]
"""Opening and closing minute of a local day, the closing one excluded: 9:00 to 17:00 is (540, 1020).

Opening is 0 … 1439. Closing may lie after midnight, at most 24 hours later: 22:00 to 6:00 is (1320, 1800).
"""

MIDNIGHT = 1440
_MICROSECOND = timedelta(microseconds=1)
_LOOK_AHEAD = timedelta(days=366)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def span(opens: int, closes: int) -> Span:
    """A span from two readings of the clock; a closing not later than the opening is on the next day."""
    return (opens, closes) if closes > opens else (opens, closes + MIDNIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """`week` maps weekday (Monday 0) to spans in order; `special` overrides single dates (empty: closed).

    The team is at work whenever the clock on its wall reads an open minute: a time that the change to
    summer time skips is not there to be worked, one that the change back repeats is worked twice. A span
    belongs to the day it opens on: the night shift of the 24th ends on the morning of the 25th, holiday or
    not. Raises ConfigurationError for spans that are out of bounds, out of order or overlap within a day.

    A calendar with `parts` is open whenever one of them is, and has no hours of its own.
    """

    name: str
    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    parts: "tuple[Calendar, ...]" = ()
    _open_time: OpenTime | None = field(init=False, repr=False, compare=False)
    """What has been worked out of the plan so far; None when it is never closed."""

    def __post_init__(self) -> None:
        self._check()
        worked_out = None
        if not _is_always_open(self):
            worked_out = OpenTime(_plan(self))
        object.__setattr__(self, "_open_time", worked_out)

    @classmethod
    def around_the_clock(cls, *, name: str = "24x7", zone: ZoneInfo | None = None) -> Self:
        """Open always, holidays included."""
        whole_day = ((0, MIDNIGHT),)
        return cls(name=name, zone=zone or ZoneInfo("UTC"), week=dict.fromkeys(range(7), whole_day))

    @classmethod
    def union(cls, *, name: str, parts: "Sequence[Calendar]") -> "Calendar":
        """Open whenever a part is; the first part that is open is the one on duty."""
        return cls(name=name, zone=parts[0].zone, week={}, parts=tuple(parts))

    def handed_over(self, *, at: int) -> "Calendar":
        """These hours, each day's ending when the clock next reads `at` (a minute of the day) after opening.

        So a night shift from 22:00 is handed over at 4:00 on the next morning.
        """
        return replace(
            self,
            week={day: _until(spans, at) for day, spans in self.week.items()},
            special={day: _until(spans, at) for day, spans in self.special.items()},
        )

    def part_on_duty(self, at: datetime) -> "Calendar | None":
        """The part that is open, the first of several; without parts the calendar itself. None when closed."""
        if not self.parts:
            return self if self.is_open(at) else None
        on_duty = (part.part_on_duty(at) for part in self.parts)
        return next((part for part in on_duty if part is not None), None)

    @property
    def never_closes(self) -> bool:
        """Open always, so that its time is time as it passes."""
        return self._open_time is None

    def is_open(self, at: datetime) -> bool:
        return self._open_time is None or self._open_time.is_open(to_micros(at))

    def next_open(self, at: datetime) -> datetime | None:
        """`at` itself when open, else the next opening; None when there is none within 366 days."""
        if self._open_time is None:
            return at.astimezone(UTC)
        start = to_micros(at)
        opening = self._open_time.next_open(start, until=start + _LOOK_AHEAD // _MICROSECOND)
        return None if opening is None else from_micros(opening)

    def add(self, start: datetime, business: timedelta) -> datetime:
        """The first instant, `start` at the earliest, at which `business` open time has passed since `start`.

        Hence `add(start, 0)` is `start`, open or closed, and eight hours from Friday 9:00 end on Friday at
        17:00, not on Monday at 9:00. `between(start, add(start, business))` is `business`, exactly.
        Raises ValueError for a negative duration, and ConfigurationError when the calendar has not so much
        open time left (in particular none at all).
        """
        wanted = business // _MICROSECOND
        if wanted < 0:
            raise ValueError(f"Business time to add cannot be negative: {business}")
        if wanted == 0 or self._open_time is None:
            return start.astimezone(UTC) + business
        try:
            reached = self._open_time.add(to_micros(start), wanted)
        except (OverflowError, ValueError):  # beyond the year 9999
            reached = None
        if reached is None:
            raise ConfigurationError(
                sentence(
                    "configuration.calendar_no_time_after", calendar=self.name, length=business, at=start
                )
            )
        return from_micros(reached)

    def subtract(self, end: datetime, business: timedelta) -> datetime:
        """The last instant, `end` at the latest, from which `business` open time passes until `end`.

        The inverse of `add`: `between(subtract(end, business), end)` is `business`, exactly. Raises as `add`.
        """
        wanted = business // _MICROSECOND
        if wanted < 0:
            raise ValueError(f"Business time to subtract cannot be negative: {business}")
        if wanted == 0 or self._open_time is None:
            return end.astimezone(UTC) - business
        try:
            reached = self._open_time.subtract(to_micros(end), wanted)
        except (OverflowError, ValueError):  # before the year 1
            reached = None
        if reached is None:
            raise ConfigurationError(
                sentence("configuration.calendar_no_time_before", calendar=self.name, length=business, at=end)
            )
        return from_micros(reached)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Open time from `start` to `end`; zero when `end` is not later."""
        if end <= start:
            return timedelta()
        if self._open_time is None:
            return end - start
        return timedelta(microseconds=self._open_time.before(to_micros(start), to_micros(end)))

    def open_spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is open from `start` to `end`, in order and cut there; no two of them touch."""
        if self._open_time is None:
            joined = [(to_micros(start), to_micros(end))] if start < end else []
        else:
            joined = _joined(self._open_time.intervals(to_micros(start), to_micros(end)))
        return ((from_micros(opens), from_micros(closes)) for opens, closes in joined)

    def to_json(self) -> dict[str, Any]:
        """The whole calendar, always in the same order: equal calendars give equal JSON."""
        parts = {"parts": [part.to_json() for part in self.parts]} if self.parts else {}
        return parts | {
            "name": self.name,
            "zone": self.zone.key,
            "week": {str(day): _to_lists(self.week[day]) for day in sorted(self.week)},
            "special": {day.isoformat(): _to_lists(self.special[day]) for day in sorted(self.special)},
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        return cls(
            name=body["name"],
            zone=ZoneInfo(body["zone"]),
            week={int(day): _to_spans(spans) for day, spans in body["week"].items()},
            special={date.fromisoformat(day): _to_spans(spans) for day, spans in body["special"].items()},
            parts=tuple(cls.from_json(part) for part in body.get("parts", ())),
        )

    def _check(self) -> None:
        if self.parts and (any(self.week.values()) or self.special):
            raise ConfigurationError(sentence("configuration.calendar_of_others", calendar=self.name))
        for weekday, spans in self.week.items():
            if weekday not in range(7):
                raise ConfigurationError(
                    sentence("configuration.calendar_weekday", calendar=self.name, number=weekday)
                )
            self._check_day(_WEEKDAYS[weekday], spans)
        for day, spans in self.special.items():
            self._check_day(day.isoformat(), spans)

    def _check_day(self, day: str, spans: tuple[Span, ...]) -> None:
        free_from = 0
        for opens, closes in spans:
            if not (0 <= opens < MIDNIGHT and opens < closes <= opens + MIDNIGHT):
                raise ConfigurationError(
                    sentence(
                        "configuration.calendar_span",
                        calendar=self.name,
                        since=_clock(opens),
                        until=_clock(closes),
                        day=day,
                    )
                )
            if opens < free_from:
                raise ConfigurationError(
                    sentence(
                        "configuration.calendar_spans_overlap",
                        calendar=self.name,
                        day=day,
                        since=_clock(opens),
                        until=_clock(free_from),
                    )
                )
            free_from = closes


def _plan(calendar: Calendar) -> Plan:
    if calendar.parts:
        return UnionPlan([_plan(part) for part in calendar.parts])
    return WeeklyPlan(zone=calendar.zone, week=calendar.week, special=calendar.special)


def _is_always_open(calendar: Calendar) -> bool:
    if calendar.parts:
        return any(map(_is_always_open, calendar.parts))
    days = [calendar.week.get(day, ()) for day in range(7)] + list(calendar.special.values())
    return all(_fills_the_day(spans) for spans in days)


def _until(spans: tuple[Span, ...], minute: int) -> tuple[Span, ...]:
    if not spans:
        return ()
    opened = spans[0][0]
    handed_over = minute if minute > opened else minute + MIDNIGHT
    return tuple((opens, min(closes, handed_over)) for opens, closes in spans if opens < handed_over)


def _fills_the_day(spans: tuple[Span, ...]) -> bool:
    free_from = 0
    for opens, closes in spans:
        if opens > free_from:
            return False
        free_from = closes
    return free_from >= MIDNIGHT


def _joined(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for opens, closes in intervals:
        if joined and joined[-1][1] == opens:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((opens, closes))
    return joined


def _to_lists(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[opens, closes] for opens, closes in spans]


def _to_spans(body: list[list[int]]) -> tuple[Span, ...]:
    return tuple((opens, closes) for opens, closes in body)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"

"""When a plan is open: a week with its special days in one zone, or several of those together.

A team is at work whenever the clock on its wall reads an open minute. Offsets from UTC cut time into
stretches; within each the plan is only shifted, so days of 23 or 25 hours, and days that never were, need
no cases of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import merge
from typing import Protocol
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]
Interval = tuple[int, int]
"""From and until, in microseconds since 1970 UTC."""

DAY_S = 86_400
SECOND = 1_000_000

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_THURSDAY = 3
"""The weekday of 1 January 1970."""
_PROBE_S = 6 * 3_600
"""No zone has ever changed its offset and back within six hours."""
_SLACK_S = 3 * DAY_S
"""A special day's spans lie within so much of its midnight in UTC, in any zone, past midnight or not."""


class Plan(Protocol):
    """What can be laid out as intervals. Seconds are since 1970 UTC."""

    def intervals(self, begin_s: int, end_s: int) -> Iterator[Interval]:
        """What is open within, by opening; intervals may touch or overlap."""
        ...

    def is_over_at(self, at_s: int) -> bool:
        """Whether nothing is open any more from then on, for sure."""
        ...

    def is_open_only_from(self, at_s: int) -> bool:
        """Whether nothing was open before then, for sure."""
        ...


class WeeklyPlan:
    """A weekly plan in one zone; `special` days have spans of their own."""

    def __init__(self, *, zone: ZoneInfo, week: Mapping[int, Spans], special: Mapping[date, Spans]) -> None:
        self._zone = zone
        self._week = tuple(week.get(weekday, ()) for weekday in range(7))
        self._special = {day.toordinal() - _EPOCH_DAY: spans for day, spans in special.items()}
        self._opens_weekly = any(self._week)
        worked = [day for day, spans in self._special.items() if spans]
        self._first_s = min(worked) * DAY_S - _SLACK_S if worked else None
        self._last_s = max(worked) * DAY_S + _SLACK_S if worked else None

    def intervals(self, begin_s: int, end_s: int) -> Iterator[Interval]:
        for from_s, until_s, offset_s in _stretches(self._zone, begin_s, end_s):
            for opens_s, closes_s in self._wall_spans(from_s + offset_s, until_s + offset_s):
                yield (opens_s - offset_s) * SECOND, (closes_s - offset_s) * SECOND

    def is_over_at(self, at_s: int) -> bool:
        return not self._opens_weekly and (self._last_s is None or at_s > self._last_s)

    def is_open_only_from(self, at_s: int) -> bool:
        return not self._opens_weekly and (self._first_s is None or at_s < self._first_s)

    def _wall_spans(self, begin_s: int, end_s: int) -> Iterator[tuple[int, int]]:
        """Spans between two readings of the wall clock, in seconds since its 1 January 1970, by opening.

        The day before is where a span that closes after midnight opened.
        """
        for day in range(begin_s // DAY_S - 1, (end_s - 1) // DAY_S + 1):
            for opens, closes in self._special.get(day, self._week[(day + _THURSDAY) % 7]):
                opens_s = max(day * DAY_S + opens * 60, begin_s)
                closes_s = min(day * DAY_S + closes * 60, end_s)
                if opens_s < closes_s:
                    yield opens_s, closes_s


class UnionPlan:
    """Open whenever one of the parts is."""

    def __init__(self, parts: Sequence[Plan]) -> None:
        self._parts = parts

    def intervals(self, begin_s: int, end_s: int) -> Iterator[Interval]:
        return merge(*(part.intervals(begin_s, end_s) for part in self._parts))

    def is_over_at(self, at_s: int) -> bool:
        return all(part.is_over_at(at_s) for part in self._parts)

    def is_open_only_from(self, at_s: int) -> bool:
        return all(part.is_open_only_from(at_s) for part in self._parts)


def _stretches(zone: ZoneInfo, start_s: int, end_s: int) -> Iterator[tuple[int, int, int]]:
    """Cut the time between two instants wherever the zone's offset changes: (begin, end, offset)."""
    begin_s, offset_s = start_s, _offset(zone, start_s)
    for probe_s in range(start_s + _PROBE_S, end_s + 1, _PROBE_S):
        if _offset(zone, probe_s) != offset_s:
            change_s = _change(zone, probe_s - _PROBE_S, probe_s)
            yield begin_s, change_s, offset_s
            begin_s, offset_s = change_s, _offset(zone, probe_s)
    if begin_s < end_s:
        yield begin_s, end_s, offset_s


def _change(zone: ZoneInfo, before_s: int, after_s: int) -> int:
    """The first second of the new offset, between two instants whose offsets differ."""
    old = _offset(zone, before_s)
    while after_s - before_s > 1:
        middle_s = (before_s + after_s) // 2
        if _offset(zone, middle_s) == old:
            before_s = middle_s
        else:
            after_s = middle_s
    return after_s


def _offset(zone: ZoneInfo, at_s: int) -> int:
    offset = datetime.fromtimestamp(at_s, zone).utcoffset()
    assert offset is not None
    return offset.days * DAY_S + offset.seconds

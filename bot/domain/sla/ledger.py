"""A timer's ledger: every stretch of its life, counted or not and why, in few enough lines to be read.

Stretches follow one another without gaps; what is counted of them is the timer's time, to the microsecond, however
they are gathered into lines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import assert_never

from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.closures import Cause, why_closed
from bot.domain.sla.replay import Segment, TimerReplay, TimerState
from bot.domain.tickets.ticket import Status

MOST_LINES = 16
"""Of one timer; more than the reasons there are, so that the oldest stretches always fit in one line a reason."""


class Reason(StrEnum):
    """Why time was counted, or why not."""

    COUNTED = "counted"
    BREAK = "break"
    OUTSIDE_HOURS = "outside_hours"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    WAITING = "waiting"
    ON_HOLD = "on_hold"
    PAUSED = "paused"
    DONE = "done"
    NO_TARGET = "no_target"
    BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStretch:
    """From `since` to `until`, UTC, for one reason. `holidays` are those that the calendar was closed on."""

    since: datetime
    until: datetime
    reason: Reason
    holidays: tuple[date, ...] = ()

    @property
    def length(self) -> timedelta:
        return self.until - self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """`times` stretches of one reason, of `length` together, the first from `since` on and the last to `until`.

    Between them lie stretches of other reasons, unless it is a single one.
    """

    since: datetime
    until: datetime
    reason: Reason
    length: timedelta
    times: int = 1
    holidays: tuple[date, ...] = ()


def stretches_of(replayed: TimerReplay) -> list[LedgerStretch]:
    """The timer's life in order, without gaps or overlaps."""
    return [stretch for run in _runs(replayed) for stretch in run.stretches()]


def lines_of(replayed: TimerReplay, *, most: int = MOST_LINES) -> list[LedgerLine]:
    """The same to be read: one line a stretch where that is few enough.

    Else the opening hours of one run are gathered by reason, and where that is still too much, so is all that is old.
    `most` is at least one more than there are reasons. Lines stand in order of their first stretch.
    """
    runs = [[_line(stretch) for stretch in run.stretches()] for run in _runs(replayed)]
    single = [line for run in runs for line in run]
    if len(single) <= most:
        return single
    gathered = [line for run in runs for line in _by_reason(run)]
    if len(gathered) <= most:
        return gathered
    newest = most - len(Reason)
    return [*_by_reason(gathered[:-newest]), *gathered[-newest:]]


def counted(lines: Iterable[LedgerLine | LedgerStretch]) -> timedelta:
    """What they count, together."""
    return sum((line.length for line in lines if line.reason is Reason.COUNTED), timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Legs in a row that mean the same: a night in which the priority changed is one night."""

    since: datetime
    until: datetime
    reason: Reason
    hours: Calendar

    def stretches(self) -> Iterator[LedgerStretch]:
        if self.reason is not Reason.COUNTED:
            yield LedgerStretch(since=self.since, until=self.until, reason=self.reason)
            return
        at = self.since
        for opens, closes in self.hours.open_spans(self.since, self.until):
            if at < opens:
                yield self._closed(at, opens)
            yield LedgerStretch(since=opens, until=closes, reason=Reason.COUNTED)
            at = closes
        if at < self.until:
            yield self._closed(at, self.until)

    def _closed(self, since: datetime, until: datetime) -> LedgerStretch:
        closed = why_closed(self.hours, since, until)
        return LedgerStretch(since=since, until=until, reason=_CLOSED[closed.cause], holidays=closed.holidays)


def _runs(replayed: TimerReplay) -> Iterator[_Run]:
    def hours_of(segment: Segment) -> Calendar:
        return segment.policy.hours_of(replayed.timer.measure)

    def kind(segment: Segment) -> tuple[Reason, Calendar | None]:
        reason = _reason(segment)
        return reason, hours_of(segment) if reason is Reason.COUNTED else None

    for (reason, _), alike in groupby(replayed.segments, key=kind):
        segments = list(alike)
        yield _Run(
            since=segments[0].since, until=segments[-1].until, reason=reason, hours=hours_of(segments[0])
        )


_CLOSED = {
    Cause.BREAK: Reason.BREAK,
    Cause.OUTSIDE: Reason.OUTSIDE_HOURS,
    Cause.DAY_OFF: Reason.DAY_OFF,
    Cause.HOLIDAY: Reason.HOLIDAY,
}


def _reason(segment: Segment) -> Reason:
    match segment.state:
        case TimerState.BEFORE:
            return Reason.BEFORE
        case TimerState.PAUSED:
            return _PAUSES.get(segment.ticket.status, Reason.PAUSED)
        case TimerState.STOPPED:
            return Reason.NO_TARGET if segment.ticket.status.is_live else Reason.DONE
        case TimerState.RUNNING:
            return Reason.COUNTED
        case never:
            assert_never(never)


_PAUSES = {Status.PENDING: Reason.WAITING, Status.ON_HOLD: Reason.ON_HOLD}


def _line(stretch: LedgerStretch) -> LedgerLine:
    return LedgerLine(
        since=stretch.since,
        until=stretch.until,
        reason=stretch.reason,
        length=stretch.length,
        holidays=stretch.holidays,
    )


def _by_reason(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    by_reason: dict[Reason, LedgerLine] = {}
    for line in lines:
        first = by_reason.get(line.reason)
        by_reason[line.reason] = line if first is None else _together(first, line)
    return list(by_reason.values())


def _together(first: LedgerLine, other: LedgerLine) -> LedgerLine:
    return replace(
        first,
        until=other.until,
        length=first.length + other.length,
        times=first.times + other.times,
        holidays=tuple(dict.fromkeys((*first.holidays, *other.holidays))),
    )

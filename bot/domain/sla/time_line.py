"""A clock's life to be drawn: what each stretch of it was, and the instants that matter, told by ledger and log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain import events as happened
from bot.domain.sla.ledger import LedgerStretch, Reason, stretches_of
from bot.domain.sla.replay import TimerReplay
from bot.domain.sla.ticket_history import AuditLine, lines_in_force
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Status


class SegmentKind(StrEnum):
    """What a stretch of time may be drawn as, in the order in which it is explained."""

    COUNTED = "counted"
    LATE = "late"
    """Counted, and after the due time."""
    CLOSED = "closed"
    REQUESTER = "requester"
    HELD = "held"
    OTHER = "other"


COUNTING: Final = (SegmentKind.COUNTED, SegmentKind.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSegment:
    """From `since` to `until`, UTC."""

    since: datetime
    until: datetime
    kind: SegmentKind

    @property
    def length(self) -> timedelta:
        return self.until - self.since


class MarkKind(StrEnum):
    DUE = "due"
    MET = "met"
    MISSED = "missed"
    ALERT = "alert"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMark:
    at: datetime
    kind: MarkKind


def segments_of(replayed: TimerReplay) -> list[TimeSegment]:
    """From the opening, or the word that began it, to now or its end: without gaps or overlaps.

    Those that count are the clock's time together.
    """
    due_at = due_of(replayed.timer)
    return [segment for stretch in stretches_of(replayed) for segment in _parts(stretch, due_at)]


def due_of(timer: SlaTimer) -> datetime | None:
    """When it is or was due, as far as it is known: a clock that rests, or was met, has none."""
    return timer.due_at or timer.breached_at


def _parts(stretch: LedgerStretch, due_at: datetime | None) -> Iterator[TimeSegment]:
    kind = _KINDS.get(stretch.reason, SegmentKind.OTHER)
    if kind is not SegmentKind.COUNTED or due_at is None or stretch.until <= due_at:
        yield TimeSegment(since=stretch.since, until=stretch.until, kind=kind)
        return
    if stretch.since < due_at:
        yield TimeSegment(since=stretch.since, until=due_at, kind=kind)
    yield TimeSegment(since=max(stretch.since, due_at), until=stretch.until, kind=SegmentKind.LATE)


_KINDS: Final = {
    Reason.COUNTED: SegmentKind.COUNTED,
    Reason.BREAK: SegmentKind.CLOSED,
    Reason.OUTSIDE_HOURS: SegmentKind.CLOSED,
    Reason.DAY_OFF: SegmentKind.CLOSED,
    Reason.HOLIDAY: SegmentKind.CLOSED,
    Reason.WAITING: SegmentKind.REQUESTER,
    Reason.ON_HOLD: SegmentKind.HELD,
}


def marks_of(timer: SlaTimer, entries: Sequence[AuditLine]) -> list[TimeMark]:
    """In order; of the log what is in force, from the clock's beginning to its end."""
    found = [*_own_marks(timer), *_logged(timer, (entry for _, entry in lines_in_force(entries)))]
    return sorted(found, key=lambda mark: mark.at)


def _own_marks(timer: SlaTimer) -> Iterator[TimeMark]:
    if (due_at := due_of(timer)) is not None:
        yield TimeMark(at=due_at, kind=MarkKind.MISSED if timer.breached_at is not None else MarkKind.DUE)
    if timer.stopped_at is not None and timer.breached_at is None:
        yield TimeMark(at=timer.stopped_at, kind=MarkKind.MET)


def _logged(timer: SlaTimer, entries: Iterable[AuditLine]) -> Iterator[TimeMark]:
    for entry in entries:
        is_within = (timer.cycle_at is None or entry.at >= timer.cycle_at) and (
            timer.stopped_at is None or entry.at <= timer.stopped_at
        )
        kind = _kind_of(entry) if is_within else None
        if kind is not None and entry.details.get("measure", timer.measure) == timer.measure:
            yield TimeMark(at=entry.at, kind=kind)


def _kind_of(entry: AuditLine) -> MarkKind | None:
    if entry.event == happened.StatusChanged.stored_as:
        before, after = Status(entry.details["before"]), Status(entry.details["after"])
        return MarkKind.REOPENED if after.is_live and not before.is_live else None
    if entry.event == happened.SlaStageReached.stored_as:
        share = entry.details.get("share")
        return None if share is not None and share >= 1 else MarkKind.ALERT
    return _LOGGED.get(entry.event)


_LOGGED: Final = {
    happened.EscalationStepTaken.stored_as: MarkKind.ALERT,
    happened.AlertAcknowledged.stored_as: MarkKind.ACKNOWLEDGED,
    happened.AlertSnoozed.stored_as: MarkKind.SNOOZED,
}

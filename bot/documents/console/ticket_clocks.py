"""A ticket's clocks as bars of one time line: what counted, what did not and why, and the instants that mattered.

Each is drawn as SVG without words, which the style sheet colours; a table below says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.caches.policy_snapshots import PolicyCopies
from bot.documents.console.figures.chart_svg import tag
from bot.documents.sla_timeline import counted_of
from bot.domain.sla.ledger import LedgerLine, lines_of
from bot.domain.sla.time_line import (
    COUNTING,
    MarkKind,
    SegmentKind,
    TimeMark,
    TimeSegment,
    due_of,
    marks_of,
    segments_of,
)
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.sla.explanation import TimerExplanation, explain
from bot.services.sla.explanation_text import Reader, verdict
from bot.text import terms
from bot.text.amounts import exact_length
from bot.text.instants import stamp
from bot.text.sentences import words

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH: Final = 1000
HEIGHT: Final = 20
MOST_CLOCKS: Final = 8
"""The newest ones; `/desk sla` has all."""
_SECOND: Final = timedelta(seconds=1)
_NARROWEST: Final = 2.0
"""Of what is too short to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """A line of the table: from, until (empty for an instant), what it was, and how long."""

    since: str
    until: str
    what: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClock:
    label: str
    verdict: RichText
    counted: str
    bar: "Markup"
    rows: tuple[ClockRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClocks:
    """`begins` and `ends` are those of the axis that all bars share, which goes on to what is due; `ends_now` where
    nothing is. `legend` is of what is drawn: class and word.
    """

    clocks: tuple[ShownClock, ...] = ()
    begins: str = ""
    ends: str = ""
    ends_now: bool = False
    legend: tuple[tuple[str, str], ...] = ()


def ticket_clocks(context: Context, ticket: Ticket) -> TicketClocks:
    """Nothing for a ticket without a policy, for which nothing is read."""
    if ticket.sla_policy_copy is None:
        return TicketClocks()
    found = explain(context.uow, ticket, now=context.now, copies=PolicyCopies())
    told = [each for each in found if each.replayed is not None][-MOST_CLOCKS:]
    drawn = [(each, segments_of(each.replayed)) for each in told if each.replayed is not None]
    drawn = [(each, segments) for each, segments in drawn if segments]
    if not drawn:
        return TicketClocks()
    entries = context.uow.audit_log.of_ticket(ticket.id)
    marks = [marks_of(each.timer, entries) for each, _ in drawn]
    axis = _Axis(ticket.opened_at, _end(drawn), now=context.now)
    zone, language = zone_of(context), context.language
    kinds = {each.kind for _, segments in drawn for each in segments}
    marked = {each.kind for of_one in marks for each in of_one}
    return TicketClocks(
        clocks=tuple(
            _shown(context, ticket, each, segments, of_one, axis)
            for (each, segments), of_one in zip(drawn, marks, strict=True)
        ),
        begins=stamp(axis.since, zone=zone, language=language),
        ends=stamp(axis.until, zone=zone, language=language),
        ends_now=axis.until == context.now,
        legend=(
            *(
                (f"span-{each}", words(language, f"reports.legend_{each}"))
                for each in SegmentKind
                if each in kinds
            ),
            *(
                (f"mark-{each}", words(language, f"console.mark_{each}"))
                for each in MarkKind
                if each in marked
            ),
            *((("mark-now", words(language, "console.time_now")),) if axis.until > context.now else ()),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    since: datetime
    until: datetime
    now: datetime

    def place(self, at: datetime) -> float:
        whole = (self.until - self.since).total_seconds() or 1.0
        return WIDTH * min(max((at - self.since).total_seconds() / whole, 0.0), 1.0)


def _end(drawn: Sequence[tuple[TimerExplanation, Sequence[TimeSegment]]]) -> datetime:
    """Of what was, or of what is due later: only beside it is it seen how much is left."""
    ends = [segments[-1].until for _, segments in drawn]
    dues = [due_of(each.timer) for each, _ in drawn]
    return max([*ends, *(each for each in dues if each is not None)])


def _shown(
    context: Context,
    ticket: Ticket,
    clock: TimerExplanation,
    segments: Sequence[TimeSegment],
    marks: Sequence[TimeMark],
    axis: _Axis,
) -> ShownClock:
    zone, language = zone_of(context), context.language
    reader = Reader(language=language, zone=zone.key, sees_policy=True)
    return ShownClock(
        label=terms.measure_title(clock.timer.measure, language),
        verdict=verdict(clock, ticket, reader),
        counted=counted_of(clock, language),
        bar=_bar(segments, marks, axis, runs=clock.timer.stopped_at is None),
        rows=tuple(_rows(clock, marks, zone, language)),
    )


def _bar(segments: Sequence[TimeSegment], marks: Sequence[TimeMark], axis: _Axis, *, runs: bool) -> "Markup":
    from markupsafe import Markup

    parts = [*_spans(segments, axis), *_marks(marks, axis)]
    if runs and axis.until > axis.now:
        parts.append(_line("now", axis.place(axis.now)))
    box = {
        "class": "clock-bar",
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "preserveAspectRatio": "none",
        "aria-hidden": "true",
        "focusable": "false",
    }
    return Markup(tag("svg", box, "".join(parts)))  # noqa: S704  every part of it is escaped


def _spans(segments: Sequence[TimeSegment], axis: _Axis) -> Iterator[str]:
    for each in segments:
        x, end = axis.place(each.since), axis.place(each.until)
        width = max(end - x, _NARROWEST)
        top, height = (4, 12) if each.kind in COUNTING else (7, 6)
        where = {"x": x, "y": top, "width": width, "height": height}
        yield tag("rect", {"class": f"span-{each.kind}", **where})


def _marks(marks: Sequence[TimeMark], axis: _Axis) -> Iterator[str]:
    for each in marks:
        yield _line(each.kind, axis.place(each.at))


def _line(kind: str, x: float) -> str:
    return tag("line", {"class": f"mark-{kind}", "x1": x, "x2": x, "y1": 0, "y2": HEIGHT})


def _rows(
    clock: TimerExplanation, marks: Sequence[TimeMark], zone: ZoneInfo, language: str
) -> Iterator[ClockRow]:
    """In the order of their beginnings, an instant before what begins at it."""
    assert clock.replayed is not None, "a clock that can be told"
    of_marks = [(each.at, 0, _mark_row(each, zone, language)) for each in marks]
    of_lines = [(each.since, 1, _line_row(each, zone, language)) for each in lines_of(clock.replayed)]
    for _, _, row in sorted([*of_marks, *of_lines], key=lambda each: each[:2]):
        yield row


def _mark_row(mark: TimeMark, zone: ZoneInfo, language: str) -> ClockRow:
    at = stamp(mark.at, zone=zone, language=language)
    return ClockRow(since=at, until="", what=words(language, f"console.mark_{mark.kind}"), length="")


def _line_row(line: LedgerLine, zone: ZoneInfo, language: str) -> ClockRow:
    since, until = (stamp(at, zone=zone, language=language) for at in (line.since, line.until))
    return ClockRow(
        since=since,
        until=until,
        what=words(language, f"console.stretch_{line.reason}"),
        length=exact_length(line.length // _SECOND, language),
    )

"""A ticket's clocks as files for whoever asked: a time line, and beside it the whole account as text.

Both are made of the same ledgers when their turn comes, and go to nobody who may not see the ticket.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.caches.policy_snapshots import PolicyCopies
from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.domain.directory import Person
from bot.domain.sla.time_line import SegmentKind, TimeSegment, due_of, segments_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText, Span
from bot.messages.plain import plain
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.sight import Sight
from bot.services.context.view import View
from bot.services.sla.explanation import TimerExplanation, explain
from bot.services.sla.explanation_text import Reader, clock_in_words
from bot.text import terms
from bot.text.amounts import exact_length
from bot.text.cldr import locale_of
from bot.text.instants import known_zone, stamp
from bot.text.sentences import say, words

CLOCKS = "sla_clocks"
_SECOND = timedelta(seconds=1)
MOST_LANES = 12
"""Clocks that are drawn, the newest ones; the text has all."""


def read_clocks(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    ticket = view.uow.tickets.get(row.subject)
    sight = view.sight(ticket, person.key)
    if sight is Sight.NOTHING:
        return None
    clocks = explain(view.uow, ticket, now=view.now, copies=PolicyCopies())
    zone = (known_zone(person.time_zone) or view.team(ticket).calendar.zone).key
    language = view.language
    account = as_text(clocks, ticket, zone=zone, sees_policy=sight is Sight.TEAMS_SIDE, language=language)
    pages: tuple[TextFile | Picture, ...] = (
        TextFile(name=f"{ticket.reference}-clocks.txt", media_type="text/plain", text=account),
    )
    drawn = time_line(clocks, ticket, zone=zone, language=language)
    if drawn:
        pages = (Picture(name=f"{ticket.reference}-clocks.png", drawn=drawn), *pages)
    key = "reports.timeline" if drawn else "reports.timeline_as_text"
    heading = say(language, key, reference=Bold(ticket.reference))
    return RequestedDocument(heading=heading, pages=pages, language=language)


def as_text(
    clocks: Sequence[TimerExplanation], ticket: Ticket, *, zone: str, sees_policy: bool, language: str
) -> str:
    """All clocks in words, instants by the wall of this zone."""
    reader = Reader(language=language, zone=zone, sees_policy=sees_policy)
    blocks = [_on_the_wall(clock_in_words(clock, ticket, reader), zone, language) for clock in clocks]
    heading = words(
        language, "reports.timeline_text", reference=ticket.reference, subject=ticket.subject, zone=zone
    )
    return "\n\n".join([heading, *blocks]) + "\n"


def _on_the_wall(text: RichText, zone: str, language: str) -> str:
    def spelled(span: Span) -> Span:
        if not isinstance(span, Moment):
            return span
        return stamp(span.at, zone=ZoneInfo(zone), language=language, with_weekday=True)

    return plain(tuple(map(spelled, text)))


def time_line(
    clocks: Sequence[TimerExplanation], ticket: Ticket, *, zone: str, language: str
) -> Mapping[str, Any]:
    """What `bot.charts.timeline` draws; nothing where there is nothing to draw yet."""
    lanes = [lane for clock in clocks[-MOST_LANES:] if (lane := _lane(clock, language))["spans"]]
    if not lanes:
        return {}
    return {
        "kind": "timeline",
        "title": words(language, "reports.timeline_title", reference=ticket.reference),
        "subtitle": words(language, "reports.timeline_subtitle"),
        "zone": zone,
        "axis": words(language, "reports.timeline_axis", zone=zone),
        "locale": str(locale_of(language)),
        "due": words(language, "reports.timeline_due"),
        "legend": {kind.value: words(language, f"reports.legend_{kind}") for kind in SegmentKind},
        "lanes": lanes,
    }


def _lane(clock: TimerExplanation, language: str) -> Mapping[str, Any]:
    timer = clock.timer
    due_at = due_of(timer)
    segments = segments_of(clock.replayed) if clock.replayed is not None else []
    return {
        "label": terms.measure(timer.measure, language),
        "note": counted_of(clock, language),
        "due": due_at.timestamp() if due_at is not None else None,
        "spans": list(map(_span, segments)),
    }


def counted_of(clock: TimerExplanation, language: str) -> str:
    """`1 h of 4 h counted`."""
    return words(
        language,
        "reports.timeline_counted",
        length=exact_length(clock.elapsed // _SECOND, language),
        limit=exact_length(clock.timer.target // _SECOND, language),
    )


def _span(segment: TimeSegment) -> Mapping[str, Any]:
    return {"from": segment.since.timestamp(), "until": segment.until.timestamp(), "kind": segment.kind.value}

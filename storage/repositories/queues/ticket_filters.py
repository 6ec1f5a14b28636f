"""A filter of tickets as statements: those of one queue, or of several put together, in the order of queues.

Live tickets and finished ones, each team's and each requester's, are parts of their own: an index has each in the
order of queues, so that no more of it is read than may be shown.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.domain.tickets.queue_order import first_finished_place, overdue_places
from bot.domain.tickets.ticket import Status
from bot.ports.storage.tickets import TicketFilter
from storage.engine.columns import (
    LIKE_SIGNS,
    clean,
    micros,
)
from storage.tables.desk import is_finished, is_live, is_unfinished, is_warned, tickets

MOST_QUEUES: Final = 50
"""Queues that are put together from the first rows of each; beyond that all rows are sorted."""
MOST_READ: Final = 500
"""Tickets of each queue, from its beginning on, that are looked through for words."""

_LIVE: Final = frozenset(each for each in Status if each.is_live)
_FINISHED: Final = frozenset(Status) - _LIVE
_UNFINISHED: Final = frozenset(Status) - {Status.CLOSED}


def in_queue_order(wanted: TicketFilter, *, limit: int, offset: int = 0) -> Select[Any]:
    """A page of these tickets. Of several queues no more rows are read than may stand on it."""
    parts = parts_of(wanted)
    if len(parts) == 1:
        return _first_of(parts[0], limit).offset(offset)
    found = union_all(*(select(_first_of(each, limit + offset).subquery()) for each in parts)).subquery(
        "found"
    )
    return select(found).order_by(found.c.queue_place, found.c.id).limit(limit).offset(offset)


def parts_of(wanted: TicketFilter) -> list[TicketFilter]:
    """The queues that hold these tickets, none in two of them; the filter itself where they are too many."""
    parts = [wanted]
    if wanted.statuses & _LIVE and wanted.statuses & _FINISHED:
        parts = [replace(wanted, statuses=wanted.statuses & each) for each in (_LIVE, _FINISHED)]
    if wanted.requesters:
        parts = [
            replace(each, requesters=frozenset({one})) for each in parts for one in sorted(wanted.requesters)
        ]
    elif wanted.teams:
        parts = [replace(each, teams=frozenset({one})) for each in parts for one in sorted(wanted.teams)]
    return parts if len(parts) <= MOST_QUEUES else [wanted]


def _first_of(wanted: TicketFilter, limit: int | None) -> Select[Any]:
    order = tickets.c.queue_place, tickets.c.id
    if not wanted.holding:
        return matching(wanted).order_by(*order).limit(limit)
    first = matching(replace(wanted, holding="")).order_by(*order).limit(MOST_READ).subquery("first")
    held = select(first).where(_holds(first.c, wanted.holding))
    return held.order_by(first.c.queue_place, first.c.id).limit(limit)


def count_of(wanted: TicketFilter, *, at_most: int | None = None) -> Select[Any]:
    """How many there are, of which no more than one above `at_most` are counted."""
    most = None if at_most is None else at_most + 1
    parts = [
        select(_first_of(each, most).subquery().c.id)
        if each.holding
        else matching(each).with_only_columns(tickets.c.id).limit(most)
        for each in parts_of(wanted)
    ]
    listed = union_all(*(select(each.subquery()) for each in parts)) if len(parts) > 1 else parts[0]
    return select(func.count().label("many")).select_from(listed.limit(most).subquery("found"))


def matching(wanted: TicketFilter) -> Select[Any]:
    """The tickets a filter means, but for the words that they hold."""
    question = select(tickets).where(*_in_state(wanted.statuses))
    if wanted.requester is not None or wanted.requesters:
        question = question.where(*_on_one_side(wanted.statuses))
    if wanted.teams is not None:
        question = question.where(tickets.c.team.in_(sorted(wanted.teams)))
    question = question.where(*_whose(wanted))
    if wanted.origin is not None:
        question = question.where(
            tickets.c.origin_platform == wanted.origin.platform,
            tickets.c.origin_channel == wanted.origin.channel,
        )
    if wanted.opened_before is not None:
        question = question.where(tickets.c.opened_at <= micros(wanted.opened_before))
    if wanted.opened_since is not None:
        question = question.where(tickets.c.opened_at >= micros(wanted.opened_since))
    question = question.where(*_due(wanted))
    if wanted.among is not None:
        question = question.where(tickets.c.id.in_(sorted(wanted.among)))
    return question


def _on_one_side(statuses: frozenset[Status]) -> Iterator[ColumnElement[bool]]:
    """So that of the index of a requester's tickets no live ones are read for finished ones, nor the other way."""
    if not statuses & _FINISHED:
        yield tickets.c.queue_place < first_finished_place()
    elif not statuses & _LIVE:
        yield tickets.c.queue_place >= first_finished_place()


def _in_state(statuses: frozenset[Status]) -> Iterator[ColumnElement[bool]]:
    """In the words of an index wherever there is one."""
    if statuses == _UNFINISHED:
        yield is_unfinished(tickets.c.status)
        return
    if not statuses & _FINISHED:
        yield is_live(tickets.c.status)
    elif not statuses & _LIVE:
        yield is_finished(tickets.c.status)
    if statuses and statuses not in (_LIVE, _FINISHED, frozenset(Status)):
        yield tickets.c.status.in_(sorted(status.value for status in statuses))


def _whose(wanted: TicketFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.is_warned:
        yield is_warned(tickets)
    if wanted.is_unassigned:
        yield tickets.c.assignee.is_(None)
    if wanted.assignee is not None:
        yield tickets.c.assignee == wanted.assignee
    if wanted.is_duplicate:
        yield tickets.c.merged_into.is_not(None)
    if wanted.requester is not None:
        yield tickets.c.requester == wanted.requester
    if wanted.requesters is not None:
        yield tickets.c.requester.in_(sorted(wanted.requesters))
    if wanted.not_asked_by:
        yield tickets.c.requester.not_in(sorted(wanted.not_asked_by))
    if wanted.awake_at is not None:
        rests = tickets.c.snoozed_until
        yield or_(rests.is_(None), rests <= micros(wanted.awake_at))


def _due(wanted: TicketFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.due_before is not None and wanted.statuses:
        yield tickets.c.due_at <= micros(wanted.due_before)
    elif wanted.due_before is not None:
        places = overdue_places(wanted.due_before)
        yield or_(*(tickets.c.queue_place.between(*each) for each in places))
    if wanted.due_after is not None:
        yield tickets.c.due_at > micros(wanted.due_after)


def _holds(rows: "ReadOnlyColumnCollection[str, Any]", words: str) -> ColumnElement[bool]:
    """SQLite's `lower` knows the letters from a to z alone."""
    pattern = "".join(sign if sign.isascii() else "_" for sign in clean(words).lower().translate(LIKE_SIGNS))
    reference = rows.prefix + "-" + cast(rows.number, Text)
    return or_(*(func.lower(each).like(f"%{pattern}%", escape="\\") for each in (reference, rows.subject)))

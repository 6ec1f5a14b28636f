"""A filter of tickets as statements: those of one queue, or of several put together, in the order of queues."""

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

from bot.domain.tickets.queue_order import overdue_places
from bot.ports.storage.tickets import TicketFilter
from storage.engine.columns import (
    LIKE_SIGNS,
    clean,
    micros,
)
from storage.tables.desk import is_live, is_warned, tickets

MOST_QUEUES: Final = 50
"""Teams whose queues are put together from the first rows of each; beyond that all rows are sorted."""


def in_queue_order(wanted: TicketFilter, *, limit: int, offset: int = 0) -> Select[Any]:
    """A page of these tickets. Of several teams' queues no more rows are read than may stand on it."""
    teams = sorted(wanted.teams or ())
    if wanted.statuses or not 1 < len(teams) <= MOST_QUEUES:
        ordered = matching(wanted).order_by(tickets.c.queue_place, tickets.c.id)
        return ordered.limit(limit).offset(offset)
    queues = [
        in_queue_order(replace(wanted, teams=frozenset({team})), limit=limit + offset) for team in teams
    ]
    found = union_all(*(select(each.subquery()) for each in queues)).subquery("found")
    return select(found).order_by(found.c.queue_place, found.c.id).limit(limit).offset(offset)


def matching(wanted: TicketFilter) -> Select[Any]:
    """The tickets a filter means."""
    question = select(tickets)
    if wanted.statuses:
        question = question.where(tickets.c.status.in_([status.value for status in wanted.statuses]))
    else:
        question = question.where(is_live(tickets.c.status))
    if wanted.teams is not None:
        question = question.where(tickets.c.team.in_(sorted(wanted.teams)))
    question = question.where(*_whose(wanted))
    if wanted.resolved_before is not None:
        question = question.where(tickets.c.resolved_at < micros(wanted.resolved_before))
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
    if wanted.holding:
        question = question.where(_holds(wanted.holding))
    return question


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


def _holds(words: str) -> ColumnElement[bool]:
    """SQLite's `lower` knows the letters from a to z alone."""
    pattern = "".join(sign if sign.isascii() else "_" for sign in clean(words).lower().translate(LIKE_SIGNS))
    reference = tickets.c.prefix + "-" + cast(tickets.c.number, Text)
    return or_(
        *(func.lower(each).like(f"%{pattern}%", escape="\\") for each in (reference, tickets.c.subject))
    )

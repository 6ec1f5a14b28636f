"""In which order a list shows tickets, as one number for each, so that a database keeps them in order by an index.

What is due soonest comes first, then what has no due time, by priority and age; then, in the same order, what waits
for the requester or a third party; then what is finished, the newest change first.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.tickets.ticket import Priority, Ticket


class QueuePart(StrEnum):
    """Part of a queue that can be asked for alone, by the word that people type: `/desk queue network overdue`."""

    UNASSIGNED = "unassigned"
    OVERDUE = "overdue"
    AT_RISK = "at-risk"
    """People were warned of something of it, and nothing of it is overdue."""
    TODAY = "today"
    """Due by the end of the team's day, and not overdue."""


_BAND = 10**18
"""Microseconds since 1970 of any year that people live to see are fewer, also with `_RANK` for each priority."""
_RANK = 10**17
_DUE, _UNDUE, _WAITING_DUE, _WAITING_UNDUE, _FINISHED = range(5)
_URGENT_FIRST = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def queue_place(ticket: Ticket) -> int:
    """Where the ticket stands in a list: lower comes first. It fits into 63 bits."""
    if not ticket.status.is_live:
        return finished_place(_micros(ticket.updated_at))
    is_waiting = ticket.status.is_waiting
    if ticket.due_at is not None:
        return (_WAITING_DUE if is_waiting else _DUE) * _BAND + _micros(ticket.due_at)
    rank = _URGENT_FIRST.index(ticket.priority) * _RANK
    return (_WAITING_UNDUE if is_waiting else _UNDUE) * _BAND + rank + _micros(ticket.opened_at)


def first_finished_place() -> int:
    """Where finished tickets begin: whatever stands before is live."""
    return _FINISHED * _BAND


def finished_place(changed: int) -> int:
    """Where a finished ticket stands whose last change was at this time, in microseconds since 1970.

    It is the other way round as well: when it changed last that stands at this place.
    """
    return (_FINISHED + 1) * _BAND - 1 - changed


def is_overdue(ticket: Ticket, now: datetime) -> bool:
    """Whether something of it is due by now."""
    return ticket.due_at is not None and ticket.due_at <= now


def is_at_risk(ticket: Ticket, now: datetime) -> bool:
    """Whether people were warned of something of it, and nothing of it is overdue."""
    return ticket.is_warned and not is_overdue(ticket, now)


def overdue_places(now: datetime) -> tuple[tuple[int, int], ...]:
    """From where to where, both included, the unfinished tickets stand that are due by this time."""
    return (0, _micros(now)), (_WAITING_DUE * _BAND, _WAITING_DUE * _BAND + _micros(now))


def later_places(now: datetime) -> tuple[tuple[int, int], ...]:
    """The same of those that are due after this time."""
    return tuple((band * _BAND + _micros(now) + 1, (band + 1) * _BAND - 1) for band in (_DUE, _WAITING_DUE))


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)

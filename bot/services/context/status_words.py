"""What was said when a ticket's status changed: no message, and yet the requester was told it.

The audit log keeps it: a resolution, what a ticket on hold waits for, why it was closed.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.nudges.events import RequesterNudged
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import EDITED, RECALLED_BY, AuditEntry
from bot.ports.unit_of_work import UnitOfWork

NUDGE = "nudge"
"""The word of a notice that says which nudge of the ticket's it is."""
PENDING = "pending"
"""The part of a notice's key that says what it tells: that somebody waits for the requester."""
RESOLUTION = "resolution"
"""The option of a Reopen button, and the word of a notice, that says which resolution it is about."""
CHANGE = "change"
"""The word of a notice that says with which change of status its reason was given."""

_ADDED = happened.MessageAdded.stored_as
_CHANGED = happened.StatusChanged.stored_as
_TOLD = frozenset({Status.ON_HOLD, Status.RESOLVED, Status.CLOSED})


def status_words(uow: UnitOfWork, ticket: Ticket) -> Sequence[StatusWords]:
    """What people said with a change of status, oldest first; the requester has read all of it."""
    return words_in(uow.audit_log.of_ticket(ticket.id))


def words_in(entries: Iterable[AuditEntry]) -> list[StatusWords]:
    """The same of a part of an audit log."""
    return [each for each in _all_in(entries) if not each.recalled_by]


def recalled_words(uow: UnitOfWork, ticket: Ticket) -> Sequence[StatusWords]:
    """That there were words which were taken back, for the team."""
    return [each for each in _all_in(uow.audit_log.of_ticket(ticket.id)) if each.recalled_by]


def _all_in(entries: Iterable[AuditEntry]) -> Iterator[StatusWords]:
    changes = (each for each in entries if each.event == _CHANGED)
    told = (_words_of(entry, change=number) for number, entry in enumerate(changes, start=1))
    return (words for words in told if words is not None)


def words_since(uow: UnitOfWork, ticket: Ticket, message: TicketMessage | None) -> list[StatusWords]:
    """What people said with a change of status after that message, oldest first; all of it where there is none.

    The audit log's order decides: clocks of platforms may differ from the desk's. A message that another ticket
    brought is not in it, and goes by when it was said. What the desk put together is nobody's.
    """
    told: list[StatusWords] = []
    was_added = message is None
    change = 0
    for entry in uow.audit_log.of_ticket(ticket.id):
        change += entry.event == _CHANGED
        if message is not None and entry.event == _ADDED and entry.details["message"] == message.id:
            told, was_added = [], True
        elif (words := _words_of(entry, change=change)) and not (words.cause or words.recalled_by):
            told.append(words)
    if was_added or message is None:
        return told
    return [each for each in told if each.at > message.said_at]


def closing_words(uow: UnitOfWork, ticket: Ticket) -> StatusWords | None:
    """What somebody said when they closed the ticket, which is closed since."""
    entries = uow.audit_log.of_ticket(ticket.id)
    told = words_in(entries)
    is_last = bool(told) and told[-1].change == sum(each.event == _CHANGED for each in entries)
    return told[-1] if is_last and told[-1].status is Status.CLOSED and not told[-1].cause else None


def _words_of(entry: AuditEntry, *, change: int) -> StatusWords | None:
    if entry.event != _CHANGED or entry.actor == DESK:
        return None
    reason = str(entry.details.get("reason") or "")
    recalled_by = str(entry.details.get(RECALLED_BY) or "")
    if not (reason or recalled_by) or entry.details["after"] not in _TOLD:
        return None
    return StatusWords(
        at=entry.at,
        actor=entry.actor,
        status=Status(entry.details["after"]),
        text=reason,
        change=change,
        cause=str(entry.details.get("cause") or ""),
        is_edited=bool(entry.details.get(EDITED)),
        recalled_by=recalled_by,
    )


def change_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket's status has changed: tells what was said with a change from what was said before it."""
    return sum(each.event == _CHANGED for each in uow.audit_log.of_ticket(ticket.id))


def resolution_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket has been resolved: tells a resolution from the one before it."""
    return _number(uow, ticket, Status.RESOLVED)


def pending_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket has waited for its requester: tells a wait from the one before it."""
    return _number(uow, ticket, Status.PENDING)


def _number(uow: UnitOfWork, ticket: Ticket, status: Status) -> int:
    entries = uow.audit_log.of_ticket(ticket.id)
    return sum(each.event == _CHANGED and each.details["after"] == status for each in entries)


def nudge_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the requester has been nudged: tells a nudge from the one before it."""
    return sum(each.event == RequesterNudged.stored_as for each in uow.audit_log.of_ticket(ticket.id))

"""What was said when a ticket's status changed: no message, and yet the requester was told it.

The audit log keeps it: a resolution, what a ticket on hold waits for, why it was closed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.nudges.events import RequesterNudged
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork

NUDGE = "nudge"
"""The word of a notice that says which nudge of the ticket's it is."""
PENDING = "pending"
"""The part of a notice's key that says what it tells: that somebody waits for the requester."""
RESOLUTION = "resolution"
"""The option of a Reopen button, and the word of a notice, that says which resolution it is about."""

_ADDED = happened.MessageAdded.stored_as
_TOLD = frozenset({Status.ON_HOLD, Status.RESOLVED, Status.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """Words that came with a change to `status`; `actor` is the key of who said them."""

    at: datetime
    actor: str
    status: Status
    text: str


def status_words(uow: UnitOfWork, ticket: Ticket) -> Sequence[StatusWords]:
    """What people said with a change of status, oldest first; the requester has read all of it."""
    return words_in(uow.audit_log.of_ticket(ticket.id))


def words_in(entries: Iterable[AuditEntry]) -> list[StatusWords]:
    """The same of a part of an audit log."""
    return [words for entry in entries if (words := _words_of(entry))]


def words_since(
    uow: UnitOfWork, ticket: Ticket, message: TicketMessage | None, *, by: str
) -> StatusWords | None:
    """What this person said last with a change of status, unless that message of theirs is newer.

    The audit log's order decides: clocks of platforms may differ from the desk's. A message that another ticket
    brought is not in it, and goes by when it was said.
    """
    last: StatusWords | None = None
    was_added = message is None
    for entry in uow.audit_log.of_ticket(ticket.id):
        if message is not None and entry.event == _ADDED and entry.details["message"] == message.id:
            last, was_added = None, True
        elif entry.actor == by:
            last = _words_of(entry) or last
    if was_added or last is None or message is None:
        return last
    return last if last.at > message.said_at else None


def _words_of(entry: AuditEntry) -> StatusWords | None:
    if entry.event != happened.StatusChanged.stored_as or entry.actor == DESK:
        return None
    reason = str(entry.details.get("reason") or "")
    if not reason or entry.details["after"] not in _TOLD:
        return None
    return StatusWords(at=entry.at, actor=entry.actor, status=Status(entry.details["after"]), text=reason)


def resolution_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket has been resolved: tells a resolution from the one before it."""
    return _number(uow, ticket, Status.RESOLVED)


def pending_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket has waited for its requester: tells a wait from the one before it."""
    return _number(uow, ticket, Status.PENDING)


def _number(uow: UnitOfWork, ticket: Ticket, status: Status) -> int:
    entries = uow.audit_log.of_ticket(ticket.id)
    return sum(each.event == "StatusChanged" and each.details["after"] == status for each in entries)


def nudge_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the requester has been nudged: tells a nudge from the one before it."""
    return sum(each.event == RequesterNudged.stored_as for each in uow.audit_log.of_ticket(ticket.id))

"""What was said when a ticket's status changed: no message, and yet the requester was told it.

The audit log keeps it: a resolution, what a ticket on hold waits for, why it was closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.directory import DESK
from bot.domain.nudges.events import RequesterNudged
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import UnitOfWork

NUDGE = "nudge"
"""The word of a notice that says which nudge of the ticket's it is."""
RESOLUTION = "resolution"
"""The option of a Reopen button, and the word of a notice, that says which resolution it is about."""

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
    return [
        StatusWords(at=entry.at, actor=entry.actor, status=Status(entry.details["after"]), text=reason)
        for entry in uow.audit_log.of_ticket(ticket.id)
        if entry.event == "StatusChanged" and entry.actor != DESK and entry.details["after"] in _TOLD
        if (reason := str(entry.details.get("reason") or ""))
    ]


def resolution_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the ticket has been resolved: tells a resolution from the one before it."""
    entries = uow.audit_log.of_ticket(ticket.id)
    return sum(each.event == "StatusChanged" and each.details["after"] == Status.RESOLVED for each in entries)


def nudge_number(uow: UnitOfWork, ticket: Ticket) -> int:
    """How often the requester has been nudged: tells a nudge from the one before it."""
    return sum(each.event == RequesterNudged.stored_as for each in uow.audit_log.of_ticket(ticket.id))

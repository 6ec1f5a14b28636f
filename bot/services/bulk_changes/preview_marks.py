"""What somebody saw of the tickets before they said yes, and what others did to them since.

A preview may stand there for long: what changed meanwhile was not agreed to.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.bulk_changes.bulk_change import BulkChange
from bot.domain.errors import Refused
from bot.domain.events import MessageAdded, StatusChanged, TicketAssigned, TicketReleased
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context

SEEN: Final = "preview.seen"
"""Among the details of a change: how many lines the audit log of each ticket had when it was previewed."""
SINCE: Final = frozenset(
    {"bulk.since_wrote", "bulk.since_assigned", "bulk.since_released", "bulk.since_status"}
)
"""Keys of why a ticket was left because of others."""
_HOLDERS: Final = frozenset({TicketAssigned.stored_as, TicketReleased.stored_as})


class ChangedSincePreview(Refused):
    """Somebody else changed the ticket after it was previewed."""


def mark_seen(context: Context, change: BulkChange, tickets: Iterable[Ticket]) -> None:
    """Keep what the actor is shown now."""
    logs = context.uow.audit_log.of_tickets([each.id for each in tickets])
    lines = " ".join(f"{ticket}:{len(entries)}" for ticket, entries in logs.items())
    change.keep(**{SEEN: lines})
    context.uow.bulk_changes.save(change)


def without_marks(details: Mapping[str, str]) -> Mapping[str, str]:
    """What the change is to do, alone."""
    return {name: value for name, value in details.items() if name != SEEN}


def require_as_seen(context: Context, change: BulkChange, ticket: Ticket) -> None:
    """Raises ChangedSincePreview where its requester wrote meanwhile, or others changed its assignee or status."""
    seen = dict(each.split(":") for each in change.details.get(SEEN, "").split())
    if str(ticket.id) not in seen:
        return
    log = context.uow.audit_log.of_ticket(ticket.id)
    news = [each for each in log[int(seen[str(ticket.id)]) :] if each.actor != change.actor]
    reference = ticket.reference
    if any(
        each.event == MessageAdded.stored_as and each.details["kind"] == MessageKind.REQUEST for each in news
    ):
        raise ChangedSincePreview("bulk.since_wrote", reference=reference)
    if any(each.event in _HOLDERS for each in news):
        if ticket.assignee is None:
            raise ChangedSincePreview("bulk.since_released", reference=reference)
        holder = context.uow.people.find(ticket.assignee)
        name = holder.name if holder is not None else ticket.assignee
        raise ChangedSincePreview("bulk.since_assigned", reference=reference, name=name)
    if any(each.event == StatusChanged.stored_as for each in news):
        raise ChangedSincePreview("bulk.since_status", reference=reference, status=ticket.status.term)

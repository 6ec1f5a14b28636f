"""A ticket rests until a time, until its requester writes, or until an agent wakes it. Its SLA targets go on."""

from datetime import datetime

from bot.domain.errors import AlreadySo
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.change_recorder import record_changes


def snooze_ticket(context: Context, ticket: Ticket, *, until: datetime, reason: str = "") -> None:
    """A locked ticket; until then instead where it is snoozed already. Raises Refused for one that is finished."""
    events = ticket.snooze(until=until, actor=context.actor.key, at=context.now, reason=reason)
    record_changes(context, ticket, events)


def unsnooze_ticket(context: Context, ticket: Ticket) -> None:
    """Raises AlreadySo for a ticket that is not snoozed."""
    events = ticket.end_snooze(actor=context.actor.key, at=context.now)
    if not events:
        raise AlreadySo("refusals.not_snoozed", reference=ticket.reference)
    record_changes(context, ticket, events)


def end_snooze_in_time(context: Context, ticket: Ticket) -> bool:
    """Bring back a locked ticket whose time is over; false where somebody was faster, or moved the time."""
    if ticket.snoozed_until is None or ticket.is_snoozed(context.now):
        return False
    record_changes(context, ticket, ticket.end_snooze(actor=context.actor.key, at=context.now))
    return True

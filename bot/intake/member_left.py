"""Somebody left the server that their request came from: whoever works on it is told, once."""

from bot.domain import events as happened
from bot.domain.tickets.ticket import Ticket
from bot.intake.thread_messages import NotForTheDesk
from bot.messages.inbound import PersonLeft
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.change_recorder import record_changes

MOST_TICKETS = 100


def note_departure(context: Context, event: PersonLeft) -> None:
    """Each live ticket of theirs from there says so. Coming back is no news: the team sees them write.

    Raises NotForTheDesk for one who asked for nothing: nobody is remembered for having left.
    """
    tickets = context.uow.tickets.search(TicketFilter(requester=event.actor.key), limit=MOST_TICKETS)
    if not tickets:
        raise NotForTheDesk
    for each in sorted(tickets, key=lambda ticket: ticket.id):
        ticket = context.uow.tickets.lock(each.id)
        if ticket.status.is_live and _is_from(context, ticket, event) and not _is_known(context, ticket):
            left = happened.RequesterLeft(
                actor=event.actor.key, at=context.now, community=event.location.community or ""
            )
            record_changes(context, ticket, [left])


def _is_from(context: Context, ticket: Ticket, event: PersonLeft) -> bool:
    """Where the desk serves one server, everything from that platform is from there."""
    if ticket.origin.platform != event.location.channel.platform:
        return False
    left = context.desk.community_called(event.location.community or "")
    return left is None or context.desk.community_of(ticket) in (None, left.name)


def _is_known(context: Context, ticket: Ticket) -> bool:
    return any(entry.event == "RequesterLeft" for entry in context.uow.audit_log.of_ticket(ticket.id))

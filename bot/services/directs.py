"""Direct messages on platforms that have no threads there: what somebody writes goes on with their open ticket."""

from bot.domain.conversation import Conversation, Side
from bot.domain.directory import ChannelRef
from bot.domain.ticket import Status
from bot.ports.unit_of_work import TicketFilter
from bot.services.work import Work

UNFINISHED = frozenset(Status) - {Status.CLOSED}
TICKETS_LOOKED_AT = 50


def goes_on_here(work: Work, channel: ChannelRef) -> Conversation | None:
    """The conversation that a message without a thread belongs to; None for one that begins something new.

    The newest of the person's tickets there that is being worked on, else the newest that is resolved.
    """
    if not channel.is_direct or work.has_threads_in_directs(channel.platform):
        return None
    tickets = work.uow.tickets.search(
        TicketFilter(requester=work.actor.key, statuses=UNFINISHED), limit=TICKETS_LOOKED_AT
    )
    for ticket in sorted(tickets, key=lambda each: (each.status.is_live, each.number or 0), reverse=True):
        for conversation in work.uow.conversations.of_ticket(ticket.id):
            is_here = conversation.channel == channel and conversation.side is Side.REQUESTER
            if is_here and not conversation.is_retired:
                return conversation
    return None

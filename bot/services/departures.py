"""Somebody left the server that their request came from: whoever works on it is told, once."""

from bot.domain.conversation import Side
from bot.domain.ticket import Status
from bot.messages.inbound import PersonLeft
from bot.ports.outbox import RowKind
from bot.ports.unit_of_work import TicketFilter
from bot.services.communities import community_of_ticket
from bot.services.work import Work

LIVE = frozenset(status for status in Status if status.is_live)
MOST_TICKETS = 100


def note_departure(work: Work, event: PersonLeft) -> None:
    """Coming back is no news: the team sees them write."""
    tickets = work.uow.tickets.search(
        TicketFilter(requester=event.actor.key, statuses=LIVE), limit=MOST_TICKETS
    )
    left = work.desk.community_called(event.spot.community or "")
    for ticket in tickets:
        if left is not None and community_of_ticket(work.desk, ticket) not in (None, left.name):
            continue
        for conversation in work.uow.conversations.of_ticket(ticket.id):
            if conversation.side is Side.TEAM and not conversation.is_retired:
                work.uow.outbox.tell(
                    RowKind.NOTICE,
                    conversation=conversation.id,
                    key=f"left:{ticket.id}:{event.key}",
                    payload={"sentence": "requester_left", "words": {"name": event.actor.name}},
                    subject=ticket.id,
                    now=work.now,
                )

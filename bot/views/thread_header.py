"""The head of a ticket's thread, on platforms whose threads have one: its title, its tags, and whether it is over."""

from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import ThreadHeader
from bot.services.context.membership import people_meant
from bot.services.context.view import View

MOST_MEMBERS = 100


def thread_header(view: View, ticket: Ticket, conversation: Conversation) -> ThreadHeader:
    """As it should be now. A private ticket's subject stands only where nobody else can read it."""
    is_private = conversation.is_private
    is_told = (
        is_private
        or conversation.channel.is_direct
        or not ticket.is_private
        or conversation.side is Side.TEAM
    )
    return ThreadHeader(
        title=f"{ticket.reference} · {ticket.subject}" if is_told else ticket.reference,
        is_finished=ticket.status is Status.CLOSED,
        tags=(view.team(ticket).title, ticket.priority, ticket.status.label),
        is_private=is_private,
        members=_members(view, ticket, platform=conversation.channel.platform) if is_private else (),
    )


def _members(view: View, ticket: Ticket, *, platform: str) -> tuple[str, ...]:
    """The requester and, unless they are anonymous, those who work for them, on this platform: members are seen."""
    team = view.team(ticket)
    staff = [] if team.is_anonymous else people_meant(view.uow, team.staff)
    keys = dict.fromkeys([ticket.requester, *(person.key for person in staff)])
    return tuple(key for key in keys if key.startswith(f"{platform}:"))[:MOST_MEMBERS]

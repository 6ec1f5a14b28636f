"""The head of a ticket's thread, on platforms whose threads have one: its title, its tags, and whether it is over."""

from typing import TYPE_CHECKING

from bot.domain.conversation import Conversation, Side
from bot.domain.ticket import Status, Ticket
from bot.messages.outbound import Topic
from bot.services.membership import people_meant

if TYPE_CHECKING:
    from bot.services.rendering import View

MOST_MEMBERS = 100


def topic(view: "View", ticket: Ticket, conversation: Conversation) -> Topic:
    """As it should be now. A private ticket's subject stands only where nobody else can read it."""
    is_private = is_private_thread(view, conversation)
    is_told = is_private or not ticket.is_private or conversation.side is Side.TEAM
    return Topic(
        title=f"{ticket.reference} · {ticket.subject}" if is_told else ticket.reference,
        is_finished=ticket.status is Status.CLOSED,
        tags=(view.team(ticket).title, ticket.priority, ticket.status.label),
        is_private=is_private,
        members=_members(view, ticket) if is_private else (),
    )


def is_private_thread(view: "View", conversation: Conversation) -> bool:
    """Whether the requester's thread is for them and the team alone."""
    place = view.desk.place_at(conversation.channel)
    return conversation.side is Side.REQUESTER and place is not None and place.has_private_threads


def _members(view: "View", ticket: Ticket) -> tuple[str, ...]:
    """The requester and those who work for them; an anonymous team stays outside, for a thread shows who is in it."""
    team = view.team(ticket)
    staff = [] if team.is_anonymous else people_meant(view.uow, team.agents | team.leads)
    keys = dict.fromkeys([ticket.requester, *(person.key for person in staff)])
    return tuple(keys)[:MOST_MEMBERS]

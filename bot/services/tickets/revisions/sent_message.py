"""Which message somebody means who edits or recalls what they sent, and whether it is theirs to change."""

from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


def own_message(context: Context, ticket: Ticket, *, named: str = "") -> TicketMessage:
    """The actor's message with the id `named`, else what they said last on the ticket.

    Raises Refused where there is none, where it is taken back already, or where it is a message of their own on the
    platform, which they change there. Others' words are none, so that nobody learns of a note by its id.
    """
    own = _said_by(context, ticket, context.actor.key)
    if named:
        return _changeable(ticket, next((each for each in own if str(each.id) == named), None))
    return _changeable(ticket, next((each for each in own if not each.is_deleted), None))


def message_by(context: Context, ticket: Ticket, author: Person) -> TicketMessage:
    """What this person sent last on the ticket, for a lead of its team to recall. Raises NotAllowed for others."""
    if author.key == context.actor.key:
        return own_message(context, ticket)
    team = context.team_of(ticket)
    if not team.has_lead(context.actor) or not context.is_agent_of(ticket):
        raise NotAllowed("refusals.recall_leads_only", name=author.name, team=team.title)
    said = _said_by(context, ticket, author.key)
    last = next((each for each in said if not each.is_deleted), None)
    if last is None or author.key == ticket.requester:
        raise Refused("refusals.nothing_sent_by", reference=ticket.reference, name=author.name)
    if not last.is_sent:
        raise Refused("refusals.deleted_where_written", name=author.name)
    return last


def _said_by(context: Context, ticket: Ticket, author: str) -> list[TicketMessage]:
    """Newest first, by when the desk took it: clocks of platforms may differ from the desk's."""
    said = (each for each in context.uow.messages.of_ticket(ticket.id) if each.author == author)
    return sorted(said, key=lambda each: each.id, reverse=True)


def _changeable(ticket: Ticket, message: TicketMessage | None) -> TicketMessage:
    if message is None:
        raise Refused("refusals.nothing_sent", reference=ticket.reference)
    if message.is_deleted:
        raise Refused("refusals.sent_recalled", reference=ticket.reference)
    if not message.is_sent:
        raise Refused("refusals.changed_where_written", reference=ticket.reference)
    return message

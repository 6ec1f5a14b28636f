"""What somebody means who edits or recalls what they sent, and whether it is theirs to change.

That is a message, or words that went with a change of status.
"""

from collections.abc import Sequence

from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import status_words, words_since

Sent = TicketMessage | StatusWords


def own_sent(context: Context, ticket: Ticket, *, named: str = "") -> Sent:
    """What the actor sent that a button calls by this name, else what they said last on the ticket.

    Raises Refused where there is none, where it is taken back already, or where it is a message of their own on the
    platform, which they change there. Others' words are none, so that nobody learns of a note by its id.
    """
    own = _said_by(context, ticket, context.actor.key)
    if named:
        return _named(context, ticket, own, named, by=context.actor.key)
    last = _last_of(own)
    return _said_since(context, ticket, last, by=context.actor.key) or _changeable(ticket, last)


def sent_by(context: Context, ticket: Ticket, author: Person, *, named: str = "") -> Sent:
    """As `own_sent`, of this person, for a lead of the ticket's team to recall. Raises NotAllowed for others."""
    if author.key == context.actor.key:
        return own_sent(context, ticket, named=named)
    team = context.team_of(ticket)
    if not team.has_lead(context.actor) or not context.is_agent_of(ticket):
        raise NotAllowed("refusals.recall_leads_only", name=author.name, team=team.title)
    if author.key == ticket.requester:
        raise Refused("refusals.nothing_sent_by", reference=ticket.reference, name=author.name)
    said = _said_by(context, ticket, author.key)
    if named:
        return _named(context, ticket, said, named, by=author.key)
    last = _last_of(said)
    if told := _said_since(context, ticket, last, by=author.key):
        return told
    if last is None:
        raise Refused("refusals.nothing_sent_by", reference=ticket.reference, name=author.name)
    if not last.is_sent:
        raise Refused("refusals.deleted_where_written", name=author.name)
    return last


def sent_name(sent: Sent) -> str:
    """What a button calls it by."""
    return str(sent.id) if isinstance(sent, TicketMessage) else sent.name


def _said_since(
    context: Context, ticket: Ticket, last: TicketMessage | None, *, by: str
) -> StatusWords | None:
    told = [each for each in words_since(context.uow, ticket, last) if each.actor == by]
    return told[-1] if told else None


def _named(context: Context, ticket: Ticket, said: Sequence[TicketMessage], named: str, *, by: str) -> Sent:
    if named.isdecimal():
        return _changeable(ticket, next((each for each in said if str(each.id) == named), None))
    told = (each for each in status_words(context.uow, ticket) if each.actor == by and not each.cause)
    found = next((each for each in told if each.name == named), None)
    if found is None:
        raise Refused("refusals.sent_recalled", reference=ticket.reference)
    return found


def _last_of(said: Sequence[TicketMessage]) -> TicketMessage | None:
    return next((each for each in said if not each.is_deleted), None)


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
        raise Refused("refusals.changed_where_written", text=_beginning(message))
    return message


def _beginning(message: TicketMessage) -> str:
    """Of a message without words, the names of its files."""
    return subject_of(message.text) or ", ".join(each.name for each in message.files)

"""Which message somebody means who edits or recalls what they sent, and whether it is theirs to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import StatusWords, words_since


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWithStatus:
    """Somebody's newest words went with a change of status: they are no message, so they stay as they are.

    `before` is what the same person sent before, which can still be changed; None where there is nothing.
    """

    words: StatusWords
    before: TicketMessage | None


def own_message(context: Context, ticket: Ticket, *, named: str = "") -> TicketMessage | SaidWithStatus:
    """The actor's message with the id `named`, else what they said last on the ticket.

    Raises Refused where there is none, where it is taken back already, or where it is a message of their own on the
    platform, which they change there. Others' words are none, so that nobody learns of a note by its id.
    """
    own = _said_by(context, ticket, context.actor.key)
    if named:
        return _changeable(ticket, _of_id(own, named))
    last = _last_of(own)
    return _said_with_status(context, ticket, last, by=context.actor.key) or _changeable(ticket, last)


def message_by(
    context: Context, ticket: Ticket, author: Person, *, named: str = ""
) -> TicketMessage | SaidWithStatus:
    """As `own_message`, of this person, for a lead of the ticket's team to recall. Raises NotAllowed for others."""
    if author.key == context.actor.key:
        return own_message(context, ticket, named=named)
    team = context.team_of(ticket)
    if not team.has_lead(context.actor) or not context.is_agent_of(ticket):
        raise NotAllowed("refusals.recall_leads_only", name=author.name, team=team.title)
    if author.key == ticket.requester:
        raise Refused("refusals.nothing_sent_by", reference=ticket.reference, name=author.name)
    said = _said_by(context, ticket, author.key)
    if named:
        return _changeable(ticket, _of_id(said, named))
    last = _last_of(said)
    if in_status := _said_with_status(context, ticket, last, by=author.key):
        return in_status
    if last is None:
        raise Refused("refusals.nothing_sent_by", reference=ticket.reference, name=author.name)
    if not last.is_sent:
        raise Refused("refusals.deleted_where_written", name=author.name)
    return last


def _said_with_status(
    context: Context, ticket: Ticket, last: TicketMessage | None, *, by: str
) -> SaidWithStatus | None:
    """A closed ticket's words stay, whichever they are: that is refused as such."""
    if ticket.status is Status.CLOSED:
        return None
    words = words_since(context.uow, ticket, last, by=by)
    if words is None:
        return None
    return SaidWithStatus(words=words, before=last if last is not None and last.is_sent else None)


def _of_id(said: Sequence[TicketMessage], named: str) -> TicketMessage | None:
    return next((each for each in said if str(each.id) == named), None)


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
        raise Refused("refusals.changed_where_written")
    return message

"""Who else wrote below a request that goes on in private: they are told, since all that they said there is gone."""

from collections.abc import Sequence

from bot.domain.credentials import hide_credentials
from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.context.sight import Sight, sight_of
from bot.services.tickets.copy_rules import is_left_in_public

LEFT_OUTSIDE = "requester.left_outside"
_MOST_QUOTED = 300
"""Characters of what they wrote last."""


def tell_bystanders(context: Context, ticket: Ticket) -> Sequence[Person]:
    """Those who read nothing of it any more, each told once by direct message; not whom the desk can't write to."""
    uow = context.uow
    last = _last_words(context, ticket)
    people = uow.people.find_many(last)
    told = [each for each in people.values() if _is_left_outside(context, ticket, each)]
    for person in told:
        uow.outbox.put_once(
            RowKind.NOTICE,
            conversation=uow.conversations.of_channel(ChannelRef.direct(person.key)).id,
            key=f"left_outside:{ticket.id}:{person.key}",
            payload={"sentence": LEFT_OUTSIDE, "words": {"text": quoted_words(last[person.key].text)}},
            subject=ticket.id,
            now=context.now,
        )
    return told


def quoted_words(text: str) -> str:
    words = hide_credentials(text)
    return words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED]}…"


def _last_words(context: Context, ticket: Ticket) -> dict[str, TicketMessage]:
    """By who wrote them, where others read."""
    uow = context.uow
    left = {each.id for each in uow.conversations.of_ticket(ticket.id) if is_left_in_public(ticket, each)}
    return {
        each.author: each
        for each in uow.messages.of_ticket(ticket.id)
        if each.said_in in left and each.kind is MessageKind.REQUEST and not each.is_deleted
    }


def _is_left_outside(context: Context, ticket: Ticket, person: Person) -> bool:
    return context.reaches(person) and sight_of(context.uow, context.desk, ticket, person) is Sight.NOTHING

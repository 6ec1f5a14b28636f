"""A requester is asked once, by direct message, whether their new ticket is about the same as another."""

from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.demand.similar_requests import may_be_offered
from bot.services.tickets import actions
from bot.services.tickets.announcements.duplicates import similar_key
from bot.services.tickets.merges.merges import merge_tickets, shows_too_much
from bot.services.tickets.merges.readers import is_of_one_requester

ADD: Final = "add"
KEEP: Final = "keep"
"""What may be chosen."""


def ask_whether_same(context: Context, ticket: Ticket, other: Ticket) -> None:
    """Nothing where they cannot be reached alone, go on with an earlier ticket, or were answered meanwhile."""
    person = context.uow.people.find(ticket.requester)
    if person is None or not context.reaches(person) or not person.is_active:
        return
    if ticket.follows is not None or not is_still_asked(context.uow, context.desk, ticket, other):
        return
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(person.key)).id,
        key=similar_key(ticket),
        payload={
            "similar": ticket.id,
            "other": other.id,
            "person": person.key,
            "is_own": is_of_one_requester(context.uow, ticket, other),
        },
        now=context.now,
    )


def is_still_asked(uow: UnitOfWork, desk: Desk, ticket: Ticket, other: Ticket) -> bool:
    """Whether both are open and may be merged, nobody has answered, and the requester may know of the other one."""
    if not ticket.status.is_live or ticket.first_replied_at is not None:
        return False
    if shows_too_much(desk, ticket, other):
        return False
    if not other.status.is_live or other.merged_into is not None or uow.messages.opening_of(other).is_deleted:
        return False
    return is_of_one_requester(uow, ticket, other) or may_be_offered(desk, ticket, other)


def add_to_same(context: Context, ticket: Ticket) -> None:
    """Merge the actor's ticket into the one that was offered. Raises Refused once it is too late.

    What they asked goes on with their own earlier ticket as a message there; somebody else's never shows it.
    """
    original = _offered(context, ticket)
    if not is_still_asked(context.uow, context.desk, ticket, original):
        raise Refused("refusals.similar_over", reference=ticket.reference)
    opening = context.uow.messages.opening_of(ticket)
    is_own = is_of_one_requester(context.uow, ticket, original)
    merge_tickets(context, ticket, original)
    if is_own and not opening.is_deleted:
        actions.write_as_requester(context, original, text=opening.text, files=opening.files)


def keep_apart(context: Context, ticket: Ticket) -> None:
    """They said that it is something else; the question says so instead of asking."""
    _offered(context, ticket)
    key = similar_key(ticket)
    payload = context.uow.outbox.payload_of(key) or {}
    context.uow.outbox.revise(key, {**payload, "answer": KEEP})


def _offered(context: Context, ticket: Ticket) -> Ticket:
    """Raises Refused for who was not asked."""
    payload = context.uow.outbox.payload_of(similar_key(ticket))
    if payload is None or not context.is_requester_of(ticket):
        raise Refused("refusals.similar_over", reference=ticket.reference)
    return context.uow.tickets.lock(int(payload["other"]))

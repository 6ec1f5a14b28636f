"""What became of a reply that was held back, for its author alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import status_words


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOutcome:
    """`is_returned`: it could not leave, and its author has it back. `sent`: the name of what it became."""

    is_returned: bool = False
    sent: str = ""


def outcome_of_held(
    context: Context, ticket: Ticket, *, held_id: int, leaves_at: datetime, is_with_status: bool
) -> HeldOutcome | None:
    """Of the actor's reply that was to leave then; None while it waits, and where it was taken back.

    `is_with_status`: it came with a change of status.
    """
    if context.uow.held_replies.get(held_id) is not None or context.now < leaves_at:
        return None
    if any(
        each.event == happened.HeldReplyRefused.stored_as and each.details.get("held") == held_id
        for each in context.uow.audit_log.of_ticket(ticket.id)
    ):
        return HeldOutcome(is_returned=True)
    return HeldOutcome(sent=next(_sent_since(context, ticket, leaves_at, is_with_status=is_with_status), ""))


def _sent_since(context: Context, ticket: Ticket, at: datetime, *, is_with_status: bool) -> Iterator[str]:
    """Words of the actor's: with a change of status first where the reply came with one."""
    own = context.actor.key
    for words in status_words(context.uow, ticket) if is_with_status else ():
        if words.actor == own and words.at >= at:
            yield words.name
    for each in context.uow.messages.of_ticket(ticket.id):
        is_reply = each.kind is MessageKind.REPLY and not each.is_deleted
        if is_reply and each.author == own and each.said_at >= at:
            yield str(each.id)

"""What became of a reply that was held back, for its author alone."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOutcome:
    """`is_returned`: it could not leave, and its author has it back. `message`: the id of what it became."""

    is_returned: bool = False
    message: int | None = None


def outcome_of_held(
    context: Context, ticket: Ticket, *, held_id: int, leaves_at: datetime
) -> HeldOutcome | None:
    """Of the actor's reply that was to leave then; None while it waits, and where it was taken back."""
    if context.uow.held_replies.get(held_id) is not None or context.now < leaves_at:
        return None
    if any(
        each.event == happened.HeldReplyRefused.stored_as and each.details.get("held") == held_id
        for each in context.uow.audit_log.of_ticket(ticket.id)
    ):
        return HeldOutcome(is_returned=True)
    said = context.uow.messages.of_ticket(ticket.id)
    sent = (
        each.id
        for each in said
        if each.kind is MessageKind.REPLY
        and each.author == context.actor.key
        and each.said_at >= leaves_at
        and not each.is_deleted
    )
    return HeldOutcome(message=next(sent, None))

"""A first response that nobody read meets no target: its ticket is owed one again, as if it had not been given."""

from bot.domain import events as happened
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

_GIVEN = happened.FirstResponseGiven.stored_as
_NEXT = happened.NextResponseGiven.stored_as
_SAID = happened.MessageAdded.stored_as


def undo_unread(context: Context, ticket: Ticket, message: TicketMessage) -> list[happened.Event]:
    """What it does to the ticket that this reply is gone or undeliverable; nothing where it may have been read."""
    if message.kind is not MessageKind.REPLY or not _is_only_response(context.uow, ticket, message):
        return []
    threads = [each for each in context.uow.conversations.of_ticket(ticket.id) if each.side is Side.REQUESTER]
    if any(_may_be_read(context.uow, each, message) for each in threads):
        return []
    return ticket.response_undone(message=message.id, actor=context.actor.key, at=context.now)


def _is_only_response(uow: UnitOfWork, ticket: Ticket, message: TicketMessage) -> bool:
    """Whether the first response came with it, and none after it."""
    if ticket.first_replied_at is None:
        return False
    said, gave = None, None
    for entry in uow.audit_log.of_ticket(ticket.id):
        if entry.event == _SAID:
            said = entry.details["message"]
        elif entry.event == _GIVEN:
            gave = said
        elif entry.event == _NEXT:
            return False
    return gave == message.id


def _may_be_read(uow: UnitOfWork, thread: Conversation, message: TicketMessage) -> bool:
    """Where it was said, or its copy was posted, or may be on its way."""
    return message.said_in == thread.id or uow.outbox.may_be_shown(
        RowKind.COPY, conversation=thread.id, subject=message.id
    )

"""What tickets that were merged show of one another, and to whom."""

from collections.abc import Iterator

from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.tickets.merges.readers import stays_apart
from bot.text.sentences import words

_OF_ORIGINAL = frozenset(
    {
        "requester.merged",
        "requester.duplicate_reopened",
        "requester.duplicate_resolved",
        "requester.duplicate_resolved_because",
        "requester.duplicate_closed",
        "requester.duplicate_closed_because",
    }
)
"""What a duplicate's requester is told of its original."""


def is_shared(view: View, message: TicketMessage, conversation: Conversation) -> bool:
    """Whether a message of another ticket is shown here.

    A duplicate's requester reads the team's replies on its original; the original's team reads what that requester
    wrote once the tickets were merged. Nothing goes from one requester to another, nor from a private original to
    where its own requester asked in public.
    """
    if conversation.ticket_id is None:
        return False
    here, there = view.uow.tickets.get(conversation.ticket_id), view.uow.tickets.get(message.ticket_id)
    if conversation.side is Side.REQUESTER:
        is_heard = here.merged_into == there.id and not stays_apart(view.uow, there, here)
        return is_heard and message.kind is MessageKind.REPLY
    return message.kind is MessageKind.REQUEST and there.merged_into == here.id


def is_told_of_other(view: View, row: OutboxRow) -> bool:
    """Whether a duplicate's thread was told of its original what is kept from there by now."""
    thread, sentence = row.conversation, str(row.payload.get("sentence"))
    if sentence not in _OF_ORIGINAL or thread.side is not Side.REQUESTER or thread.ticket_id is None:
        return False
    ticket = view.uow.tickets.get(thread.ticket_id)
    return ticket.merged_into is not None and stays_apart(
        view.uow, view.uow.tickets.get(ticket.merged_into), ticket
    )


def merge_lines(view: View, ticket: Ticket) -> Iterator[tuple[str, str]]:
    """For the team: what it is a duplicate of, and its own duplicates with who asked."""
    if ticket.merged_into is not None:
        original = view.uow.tickets.get(ticket.merged_into)
        yield words(view.language, "team.label_original"), original.reference
    if ticket.has_duplicates:
        duplicates = view.uow.tickets.duplicates_of(ticket.id)
        named = [f"{each.reference} {view.person(each.requester).name}" for each in duplicates]
        if named:
            yield words(view.language, "team.label_duplicates"), ", ".join(named)

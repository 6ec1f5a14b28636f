"""What tickets that were merged show of one another, and to whom."""

from collections.abc import Iterator

from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.services.context.view import View
from bot.text.sentences import words


def is_shared(view: View, message: TicketMessage, conversation: Conversation) -> bool:
    """Whether a message of another ticket is shown here.

    A duplicate's requester reads the team's replies on its original; the original's team reads what that requester
    wrote once the tickets were merged. Nothing goes from one requester to another.
    """
    if conversation.ticket_id is None:
        return False
    here, there = view.uow.tickets.get(conversation.ticket_id), view.uow.tickets.get(message.ticket_id)
    if conversation.side is Side.REQUESTER:
        return message.kind is MessageKind.REPLY and here.merged_into == there.id
    return message.kind is MessageKind.REQUEST and there.merged_into == here.id


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

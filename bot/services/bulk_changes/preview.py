"""What a change would do to each ticket, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.bulk_changes.bulk_change import BulkChange
from bot.domain.errors import Refused
from bot.domain.sentence import Sentence
from bot.domain.tickets.ticket import Ticket
from bot.services.bulk_changes.preview_marks import mark_seen
from bot.services.bulk_changes.selection import chosen_tickets
from bot.services.bulk_changes.ticket_actions import action_of, check_action
from bot.services.context.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreview:
    """`left` are those that stay as they are, each with why."""

    changed: Sequence[Ticket]
    left: Sequence[tuple[Ticket, Sentence]]


def preview(context: Context, change: BulkChange) -> ChangePreview:
    """Of the tickets that are chosen and that the actor may see, kept as what they saw.

    Raises Refused for an action that is impossible.
    """
    action, tickets = action_of(context, change), chosen_tickets(context, change)
    context.uow.conversations.read_ahead(each.id for each in tickets)
    changed: list[Ticket] = []
    left: list[tuple[Ticket, Sentence]] = []
    for ticket in tickets:
        try:
            check_action(context, action, ticket)
        except Refused as refusal:
            left.append((ticket, refusal.sentences[0]))
        else:
            changed.append(ticket)
    mark_seen(context, change, changed)
    return ChangePreview(changed=changed, left=left)

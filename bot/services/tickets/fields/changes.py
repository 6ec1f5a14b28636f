"""A ticket's custom fields and its subject, set by an agent."""

from collections.abc import Sequence

from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.change_recorder import record_changes


def set_fields(context: Context, ticket: Ticket, values: Sequence[tuple[CustomField, str]]) -> None:
    """Values are in canonical form; an empty one clears its field. Raises AlreadySo where nothing changes."""
    record_changes(context, ticket, ticket.set_fields(values, actor=context.actor.key, at=context.now))


def rename_ticket(context: Context, ticket: Ticket, subject: str) -> None:
    record_changes(context, ticket, ticket.rename(subject, actor=context.actor.key, at=context.now))

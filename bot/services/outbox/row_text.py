"""Outbox rows in words for the operator: what each would show and why it is not delivered."""

from bot.messages.outbound import RichText
from bot.ports.storage.outbox import OutboxRow
from bot.text.error_text import tell


def describe_row(row: OutboxRow, language: str) -> RichText:
    """One line for an operator."""
    what = f"#{row.id} {row.state} {row.kind} → {row.conversation.channel}"
    return (what,) if row.last_error is None else (f"{what} · ", *tell(language, row.last_error))

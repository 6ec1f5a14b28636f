"""Outbox rows in words for the operator: what each would show and why it is not delivered."""

from bot.messages.outbound import RichText
from bot.ports.storage.outbox import OutboxRow, RowState
from bot.text.error_text import tell
from bot.text.sentences import say


def describe_row(row: OutboxRow, language: str) -> RichText:
    """One line about a row that could not be delivered."""
    return say(
        language,
        "deliveries.row_parked" if row.state is RowState.PARKED else "deliveries.row",
        number=str(row.id),
        kind=tell(language, row.kind.term),
        channel=str(row.conversation.channel),
        reason="–" if row.last_error is None else tell(language, row.last_error),
    )

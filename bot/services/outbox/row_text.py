"""Outbox rows in words for the operator: what each would show and why it is not delivered."""

from bot.ports.storage.outbox import OutboxRow


def as_sentence(reason: str) -> str:
    """A platform's reason with a full stop, to be followed by another sentence."""
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."


def describe_row(row: OutboxRow) -> str:
    """One line for an operator."""
    error = f" · {row.last_error}" if row.last_error else ""
    return f"#{row.id} {row.state} {row.kind} → {row.conversation.channel}{error}"

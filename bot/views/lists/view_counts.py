"""How many tickets a view holds, in a word beside its name."""

from bot.ports.storage.search import TicketCount
from bot.text.amounts import number


def shown_count(many: TicketCount | None, language: str) -> str:
    """`12`, `999+`, or `?` for a view whose filters mean nothing any more."""
    if many is None:
        return "?"
    return f"{number(many.count, language)}{'+' if many.is_more else ''}"

"""How many tickets a view holds, in a word beside its name."""

from bot.services.views.ticket_views import MOST_SHOWN
from bot.text.amounts import number


def shown_count(many: int | None, language: str) -> str:
    """`12`, `999+`, or `?` for a view whose filters mean nothing any more."""
    if many is None:
        return "?"
    return number(many, language) if many <= MOST_SHOWN else f"{number(MOST_SHOWN, language)}+"

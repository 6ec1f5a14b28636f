"""What is said of common words, for which not every ticket was looked through."""

from bot.domain.search.query import SearchOrder
from bot.messages.outbound import RichText
from bot.ports.storage.search import FoundTickets
from bot.text.sentences import say


def looked_through(found: FoundTickets, order: SearchOrder, *, language: str) -> RichText:
    """In how many tickets, and how to find others; nothing where none was left out."""
    if not found.looked_at:
        return ()
    is_newest_first = order in (SearchOrder.BEST, SearchOrder.NEWEST)
    key = "search.common_in_newest" if is_newest_first else "search.common_in_first"
    return say(language, key, number=found.looked_at)

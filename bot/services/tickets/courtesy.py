"""Telling thanks from news: courtesy alone reopens nothing, "thanks, but still broken" does."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from bot.domain.desk import Desk
from bot.domain.normalised_text import normalised
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context

_NAME = r"@?(?-i:[^\W\d_a-zß-öø-ÿ])[\w'’-]*"
"""A word that begins with a capital, as names do."""
_NAMES = rf"{_NAME}(?:\s+{_NAME})?(?:(?:\s*,\s*|\s*&\s*|\s+(?:and|und|et|y|e)\s+){_NAME}(?:\s+{_NAME})?)?"
_THANKS = (
    r"(?:thanks|thank\s+you|thx|cheers|danke|danke\s+(?:schön|sehr|dir|ihnen)|vielen\s+dank|dank|merci|gracias"
    r"|obrigad[oa]|valeu|grazie|bedankt|dzięki)"
    r"(?:\s+(?:a\s+lot|so\s+much|very\s+much|again|beaucoup|bien))?"
)
_NAMED_BEHIND: Final = re.compile(
    rf"\b({_THANKS})(?:\s+{_NAMES}(?![\w'’-])|\s*,\s*(?-i:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)(?=\s*(?:[.!]|$)))",
    re.IGNORECASE,
)
_NAMED_BEFORE: Final = re.compile(rf"^\s*{_NAMES}\s*[,:]?\s+(?={_THANKS}\b)", re.IGNORECASE)
"""Whoever is thanked, beside the word of thanks: "Thanks Bo, that worked", "Bo, thanks"."""

MOST_WORDS = 30
"""Nobody thanks at greater length without saying something else too."""


def is_courtesy(text: str, desk: Desk, *, names: Collection[str] = ()) -> bool:
    """Whether the whole message is thanks, agreement or emoji, in any of the desk's languages.

    Whoever is thanked may be called by any of these `names`.
    """
    if _made_of_courtesies(text, desk, names=names):
        return True
    unnamed = _NAMED_BEFORE.sub("", _NAMED_BEHIND.sub(r"\1", text))
    return unnamed != text and "?" not in text and _made_of_courtesies(unnamed, desk, names=names)


def _made_of_courtesies(text: str, desk: Desk, *, names: Collection[str]) -> bool:
    called = {word for name in names for word in normalised(name).split()}
    words = [word for word in normalised(text).split() if word not in called]
    if len(words) > MOST_WORDS:
        return False
    if not words:
        # Only signs: an emoji, a full stop. Without any text at all there may be a file, which is news.
        return bool(text.strip())
    return any(_is_made_of(words, phrases) for phrases in desk.courtesies.values())


def is_courtesy_on(context: Context, ticket: Ticket, text: str) -> bool:
    """The same, said on a ticket: its agent and its team may be called by their names."""
    agent = context.uow.people.find(ticket.assignee) if ticket.assignee is not None else None
    names = [context.team_of(ticket).title, *([agent.name] if agent is not None else [])]
    return is_courtesy(text, context.desk, names=names)


def _is_made_of(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Whether the text is one or more of the phrases in a row: `thanks a lot, perfect!`."""
    if words[0] not in _first_words(phrases):
        return False
    longest, reached = _longest(phrases), {0}
    for end in range(1, len(words) + 1):
        if end - max(reached) > longest:
            return False
        if any(" ".join(words[start:end]) in phrases for start in reached if end - start <= longest):
            reached.add(end)
    return len(words) in reached


@lru_cache(64)
def _first_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


@lru_cache(64)
def _longest(phrases: frozenset[str]) -> int:
    """Words of the longest."""
    return max((len(phrase.split()) for phrase in phrases), default=0)

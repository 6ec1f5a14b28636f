"""Telling thanks from news: courtesy alone reopens nothing, "thanks, but still broken" does."""

from bot.domain.desk import Desk
from bot.domain.wording import normalised


def is_courtesy(text: str, desk: Desk) -> bool:
    """Whether the whole message is thanks, agreement or emoji, in any of the desk's languages."""
    words = normalised(text)
    if not words:
        # Only signs: an emoji, a full stop. Without any text at all there may be a file, which is news.
        return bool(text.strip())
    return any(_is_made_of(words, phrases) for phrases in desk.courtesies.values())


def _is_made_of(words: str, phrases: frozenset[str]) -> bool:
    """Whether the text is one or more of the phrases in a row: `thanks a lot, perfect!`."""
    if not words:
        return True
    starts = (phrase for phrase in phrases if words == phrase or words.startswith(phrase + " "))
    return any(_is_made_of(words[len(phrase) :].strip(), phrases) for phrase in starts)

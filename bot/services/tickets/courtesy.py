"""Telling thanks from news: courtesy alone reopens nothing, "thanks, but still broken" does."""

from collections.abc import Sequence

from bot.domain.desk import Desk
from bot.domain.normalised_text import normalised

MOST_WORDS = 30
"""Nobody thanks at greater length without saying something else too."""


def is_courtesy(text: str, desk: Desk) -> bool:
    """Whether the whole message is thanks, agreement or emoji, in any of the desk's languages."""
    words = normalised(text).split()
    if len(words) > MOST_WORDS:
        return False
    if not words:
        # Only signs: an emoji, a full stop. Without any text at all there may be a file, which is news.
        return bool(text.strip())
    return any(_is_made_of(words, phrases) for phrases in desk.courtesies.values())


def _is_made_of(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Whether the text is one or more of the phrases in a row: `thanks a lot, perfect!`."""
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(" ".join(words[start:end]) in phrases for start in reached):
            reached.add(end)
    return len(words) in reached

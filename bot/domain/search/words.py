"""Text as the words that are indexed and looked for: small letters without accents, on every database alike."""

import re

from bot.domain.normalised_text import UNSPACED, words_of

LONGEST_WORD = 60
"""Characters of a word that count: a longer one is found by its beginning."""
LONGEST_DOCUMENT = 200_000
"""Characters of one text that are indexed; PostgreSQL's vector of words holds 1 MB:
https://www.postgresql.org/docs/current/textsearch-limits.html"""

_PIECES = re.compile(f"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}).)+")


def index_words(text: str) -> list[str]:
    """The words in reading order. Where a script writes no spaces each sign is a word, so a word is a phrase."""
    if text.isascii():
        return [word[:LONGEST_WORD] for word in words_of(text)]
    found: list[str] = []
    for word in words_of(text):
        if word.isascii() or not UNSPACED.search(word):
            found.append(word[:LONGEST_WORD])
        else:
            found += (piece[:LONGEST_WORD] for piece in _PIECES.findall(word))
    return found


def document_of(*texts: str) -> str:
    """What is indexed of these texts: words joined by single spaces. May be empty."""
    return " ".join(index_words("\n".join(filter(None, texts))[:LONGEST_DOCUMENT]))[:LONGEST_DOCUMENT]

"""Text as words, for comparing what people write: letter case, accents and punctuation do not count.

A rule's words and a person's text pass through here alike, so whatever is lost is lost on both sides.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words in reading order: lower case, accents dropped, parted by all but letters and digits.

    Scripts that write no spaces (Chinese, Japanese, Thai) come out as one long word per run.
    """
    return _WORD.findall(_folded(text))


def normalised(text: str) -> str:
    """The words joined by single spaces: "Thanks a lot!!" and "thanks, a lot" are one. May be empty."""
    return " ".join(words_of(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()

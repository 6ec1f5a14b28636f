"""Text as words, for comparing what people write: letter case, accents and punctuation do not count.

A rule's words and a person's text pass through here alike, so whatever is lost is lost on both sides.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_WORD = re.compile(r"[^\W_]+")
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""Each character of ASCII as it counts; translating is several times faster than a pattern."""
TEXTS_REMEMBERED: Final = 16
"""A message is asked for its words several times on its way in."""
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Japanese and Chinese."""


def words_of(text: str) -> list[str]:
    """The words in reading order: lower case, accents dropped, parted by all but letters and digits.

    Scripts that write no spaces (Chinese, Japanese, Thai) come out as one long word per run.
    """
    return list(_words_of(text))


@lru_cache(TEXTS_REMEMBERED)
def _words_of(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(text.translate(_ASCII).split())
    return tuple(_WORD.findall(_folded(text)))


def normalised(text: str) -> str:
    """The words joined by single spaces: "Thanks a lot!!" and "thanks, a lot" are one. May be empty."""
    return " ".join(words_of(text))


def counted_words(text: str) -> int:
    """About how many words there are; where a script writes no spaces, two letters count as one."""
    words = _words_of(text)
    if text.isascii():
        return len(words)
    return sum(max(1, len(word) // 2) if UNSPACED.search(word) else 1 for word in words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold()).translate(_WITHOUT_ACCENTS).casefold()


class _Letters(dict[int, int | None]):
    """What `str.translate` asks of each character: accents that combine are dropped. Filled as they are met."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_WITHOUT_ACCENTS = _Letters()

"""What is looked at of a request's words: each word, and the beginning of a long one, which its endings share.

A term is a number, so that a model needs no list of words. Learning and suggesting read a text here alike.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Final
from zlib import crc32

from bot.domain.normalised_text import UNSPACED, normalised, words_of

MOST_WORDS: Final = 400
"""Of one text; what a request is about is said in its beginning."""
BEGINNING: Final = 5
"""Letters of the beginning of a longer word."""
NUMBER_TYPE: Final = "I" if array("I").itemsize == 4 else "L"
"""Of arrays of terms: 32 bits, without a sign."""
_WRITTEN: Final = re.compile(r"[^\W_]+")


def terms_of(text: str) -> Counter[int]:
    """How often each term is in the text."""
    return Counter(term for word in words_in(text) for term in terms_of_word(word))


def words_in(text: str) -> list[str]:
    """The words in reading order, folded; of a script that writes no spaces, each two letters that follow another."""
    words: list[str] = []
    for word in words_of(text)[:MOST_WORDS]:
        if word.isascii() or not UNSPACED.search(word):
            words.append(word)
        else:
            words.extend(word[at : at + 2] for at in range(max(1, min(len(word), MOST_WORDS) - 1)))
    return words


def terms_of_word(word: str) -> Iterator[int]:
    yield crc32(word.encode())
    if len(word) > BEGINNING:
        yield crc32(f"^{word[:BEGINNING]}".encode())


def as_written(text: str, word: str) -> str:
    """How a folded word is written in the text, in lower case; the word itself where it is no word there."""
    return next((each for each in _WRITTEN.findall(text.lower()) if normalised(each) == word), word)

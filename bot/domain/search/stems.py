"""Other endings of a word: `printers` finds `printer`, `Netzwerke` finds `Netzwerk`, in the languages of the desk.

Text is indexed as it is written, so that a ticket need not be indexed again for another reader's language; what is
looked for is a word itself and all that begins with its stem, by Snowball. The same on every database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from bot.domain.search.query import Term

SHORTEST_STEM: Final = 4
"""Letters that words must share to be taken for one: `red` begins too many others."""
SHORTEST_PREFIX: Final = 2
"""Letters typed before a `*`."""
WORDS_REMEMBERED: Final = 5_000
"""Stems in memory, some hundred bytes each: working one out takes thirty times as long as a look."""
_SNOWBALL: Final = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
    "it": "italian",
    "nl": "dutch",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "fi": "finnish",
}
"""The names of Snowball's stemmers, by the languages they are for."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Words side by side, of which the last may be the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False


def variants(term: Term, languages: Iterable[str]) -> tuple[Variant, ...]:
    """The words as they were typed, first, and then as they may go on or be spelled elsewhere."""
    found = {Variant(term.words): None}
    if term.is_prefix and len(term.words[-1]) >= SHORTEST_PREFIX:
        found[Variant(term.words, is_prefix=True)] = None
    if len(term.words) == 1 and not term.is_literal:
        for language in languages:
            found |= dict.fromkeys(_endings(term.words[0], language))
    return tuple(found)


@lru_cache(maxsize=WORDS_REMEMBERED)
def stem_of(word: str, language: str) -> str:
    """What is left of a word without its ending; the word itself where that would be too short or is not known."""
    if language not in _SNOWBALL or len(word) < SHORTEST_STEM or not word.isalpha():
        return word
    stem = _stem(word, language)
    return stem if len(stem) >= SHORTEST_STEM - 1 else word


def _endings(word: str, language: str) -> list[Variant]:
    """What begins with the stem; a stem that the word does not begin with (`citi` of `city`) counts beside it."""
    if language not in _SNOWBALL or len(word) < SHORTEST_STEM or not word.isalpha():
        return []
    stem = _stem(word, language)
    if len(stem) < SHORTEST_STEM:
        return [Variant((stem,))] if word.startswith(stem) else []
    found = [Variant((stem,), is_prefix=True)]
    if stem.endswith("i") and language == "en":
        found.append(Variant((f"{stem[:-1]}y",)))
    return found


@lru_cache(maxsize=WORDS_REMEMBERED)
def _stem(word: str, language: str) -> str:
    """Kept, for people say the same words again and again and a stem takes long to find."""
    return str(_stemmer(_SNOWBALL[language]).stemWord(word))


@cache
def _stemmer(name: str) -> Any:  # noqa: ANN401
    """Loaded with the first search: all languages together take 0.2 s and 3 MB."""
    import snowballstemmer

    return snowballstemmer.stemmer(name)

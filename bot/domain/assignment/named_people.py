"""Whether a request names somebody: perhaps it is about them, so that they are not the one to get it unasked."""

import re
from typing import Final

from bot.domain.normalised_text import normalised

_WORDS_TOO: Final = frozenset(
    (
        "will",
        "mark",
        "may",
        "april",
        "june",
        "august",
        "bill",
        "rob",
        "art",
        "grant",
        "frank",
        "hope",
        "grace",
        "joy",
        "max",
        "pat",
        "sue",
        "jack",
        "rose",
        "faith",
        "dawn",
        "drew",
        "miles",
        "page",
        "penny",
        "chance",
        "case",
        "guy",
        "dale",
        "rich",
        "chip",
        "carol",
        "bob",
        "ray",
    )
)
"""First names that are words as well: in small letters they name nobody."""


def names(text: str, name: str) -> bool:
    """Whether the text has the name, or the first name alone, as words of their own."""
    whole = normalised(name)
    first = whole.partition(" ")[0]
    said = f" {normalised(text)} "
    if not whole or f" {first} " not in said:
        return False
    if len(first) > 1 and first not in _WORDS_TOO:
        return True
    written = re.escape(name.split(maxsplit=1)[0])
    return (" " in whole and f" {whole} " in said) or re.search(rf"\b{written}\b", text) is not None

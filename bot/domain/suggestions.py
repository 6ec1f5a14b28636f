"""Did you mean …? One rule for names in files, commands and sentences alike."""

import difflib
from collections.abc import Iterable

from bot.domain.sentence import Sentence, sentence


def nearest(word: str, names: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The name that was probably meant, ignoring letter case; None when none is at least so like it (0 to 1)."""
    by_folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


FEWEST_LETTERS = 4
"""Of a name that a slip of the finger may lead from: nearly every short word is one letter away from another."""


def slipped_from(word: str, names: Iterable[str]) -> str | None:
    """The one that the word is one slip away from: a letter left out, added, wrong, or two in each other's place."""
    return next((each for each in names if len(each) >= FEWEST_LETTERS and _is_one_slip(word, each)), None)


def _is_one_slip(word: str, name: str) -> bool:
    at = next(
        (index for index, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), None
    )
    if at is None:
        return abs(len(word) - len(name)) == 1
    rest, right = word[at:], name[at:]
    is_swapped = rest[:2] == right[:2][::-1] and rest[2:] == right[2:]
    return is_swapped or rest[1:] == right[1:] or rest == right[1:] or rest[1:] == right


def did_you_mean(word: str | None) -> tuple[Sentence, ...]:
    """What is said after a refusal of an unknown word, to be typed instead; nothing where none is like it."""
    return (sentence("refusals.did_you_mean", word=word),) if word else ()

"""Did you mean …? One rule for names in files, commands and sentences alike."""

import difflib
from collections.abc import Iterable

from bot.domain.sentence import Sentence, sentence


def nearest(word: str, names: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The name that was probably meant, ignoring letter case; None when none is at least so like it (0 to 1)."""
    by_folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str | None) -> tuple[Sentence, ...]:
    """What is said after a refusal of an unknown word, to be typed instead; nothing where none is like it."""
    return (sentence("refusals.did_you_mean", word=word),) if word else ()

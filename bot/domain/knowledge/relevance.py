"""How well a passage fits a question by its words: BM25, as a share, so that it says the same among few and many.

It is worked out here from what the database found, so it is the same on every engine. How much a word says is
taken from how many of the passages that this person may read hold it.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.domain.knowledge.index_words import QuestionTerm

_K1: Final = 1.2
_B: Final = 0.4
_FEW: Final = 2
"""Passages: a word that no more hold says something, however few there are."""
_USUAL_LENGTH: Final = 110
"""Words of a passage, weighed: a constant, so that one long article changes nothing for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """How much each term of one question says, among so many passages; what nothing holds says most."""

    terms: Sequence[QuestionTerm]
    holding: Sequence[int]
    """How many passages hold each."""
    passages: int
    """How many there are."""
    weights: Sequence[float]

    @classmethod
    def of(cls, terms: Sequence[QuestionTerm], *, counts: Mapping[str, int], passages: int) -> Self:
        holding = [min(passages, sum(counts.get(stem, 0) for stem in term.stems)) for term in terms]
        weights = [
            term.weight * math.log1p((passages - many + 0.5) / (many + 0.5))
            for term, many in zip(terms, holding, strict=True)
        ]
        return cls(terms=terms, holding=holding, weights=weights, passages=passages)

    def __iter__(self) -> Iterator[tuple[QuestionTerm, float, int]]:
        return zip(self.terms, self.weights, self.holding, strict=True)

    def shares(self, words: Sequence[str]) -> bool:
        """Whether a passage with these words holds one that says something: no filler, and not in most passages."""
        held = set(words)
        return any(
            term.weight >= 1.0 and many <= max(_FEW, self.passages / 2) and not held.isdisjoint(term.stems)
            for term, _, many in self
        )

    def fit(self, words: Sequence[str]) -> float:
        """BM25 of a passage with these words, as the share of the highest score that this question could have."""
        counted = Counter(words)
        length = 1 - _B + _B * len(words) / _USUAL_LENGTH
        score = 0.0
        for term, weight, _ in self:
            often = max(counted[stem] for stem in term.stems)
            score += weight * often / (often + _K1 * length)
        total = sum(self.weights)
        return score / total if total else 0.0

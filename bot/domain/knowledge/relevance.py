"""How well a passage fits a question by its words: BM25, and the share of the question that it covers.

Both are worked out here from what the database found, so they are the same on every engine. How much a word says is
taken from how many of the passages that this person may read hold it.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge.index_words import QuestionTerm

_K1: Final = 1.2
_B: Final = 0.4
_USUAL_LENGTH: Final = 110
"""Words of a passage, weighed: a constant, so that one long article changes nothing for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFit:
    """`score` grows without limit; `coverage` is between 0 and 1."""

    score: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """How much each term of one question says, among so many passages; what nothing holds says most."""

    terms: Sequence[QuestionTerm]
    weights: Sequence[float]

    @classmethod
    def of(cls, terms: Sequence[QuestionTerm], *, counts: Mapping[str, int], passages: int) -> "Rarity":
        weights = []
        for term in terms:
            holding = min(passages, sum(counts.get(stem, 0) for stem in term.stems))
            weights.append(term.weight * math.log1p((passages - holding + 0.5) / (holding + 0.5)))
        return cls(terms=terms, weights=weights)

    @property
    def total(self) -> float:
        return sum(self.weights)

    def fit(self, words: Sequence[str]) -> WordFit:
        """Of a passage with these words."""
        counted = Counter(words)
        length = 1 - _B + _B * len(words) / _USUAL_LENGTH
        score = covered = 0.0
        for term, weight in zip(self.terms, self.weights, strict=True):
            often = max(counted[stem] for stem in term.stems)
            if often:
                score += weight * often * (_K1 + 1) / (often + _K1 * length)
                covered += weight
        return WordFit(score=score, coverage=covered / self.total if self.total else 0.0)

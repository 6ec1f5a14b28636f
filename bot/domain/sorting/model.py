"""What was learned of one field, as far as suggesting needs it: a weight for each term and label.

Suggesting reads the weights of the request's own terms alone, in plain Python: the desk's process loads nothing of
what learns. Weights are kept with 32 bits and added up with 64, here and where they are learned alike.
"""

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any, Final

from bot.domain.sorting.terms import NUMBER_TYPE, as_written, terms_of, terms_of_word, words_in

MOST_NAMED: Final = 3
"""Words that are named for a suggestion."""
STRAIGHT: Final = (1.0, 1.0, 0.0)
"""A bend that changes nothing."""
_LEAST: Final = 1e-9
_MAGIC: Final = b"DBSORT1\n"


class ModelUnreadable(ValueError):
    """The bytes are no model, or one of another version of Deskbell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a request is probably about. `words` push towards the label most, as they are written in the request."""

    label: str
    sureness: float
    """The share of such suggestions that is right: from 0 to 1."""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SortingModel:
    """`terms` are in ascending order; `rarities` has a number for each, `weights` one for each and each label.

    `unknown_rarity` is that of a term that was never seen. A score becomes a sureness by `sharpness` and the label's
    `shifts`; a request has one of the labels, or where it `has_many` any number, each with a sureness of its own.
    """

    labels: tuple[str, ...]
    terms: Sequence[int]
    rarities: Sequence[float]
    weights: Sequence[float]
    biases: Sequence[float]
    sharpness: Sequence[float]
    shifts: Sequence[float]
    unknown_rarity: float
    bend: tuple[float, float, float] = STRAIGHT
    """How the sureness of the likeliest label is bent to the share that is right, after Kull's beta calibration."""
    has_many: bool = False

    def surenesses(self, text: str) -> list[float]:
        """One for each label, in their order."""
        at, sums = self._at(text)
        many = len(self.labels)
        scores = list(self.biases)
        for position, value in at.values():
            begin = position * many
            for label in range(many):
                scores[label] += value / sums * self.weights[begin + label]
        raised = [
            sharp * score + shift
            for sharp, score, shift in zip(self.sharpness, scores, self.shifts, strict=True)
        ]
        if self.has_many:
            return [1 / (1 + exp(-max(min(each, 500.0), -500.0))) for each in raised]
        highest = max(raised)
        powers = [exp(each - highest) for each in raised]
        whole = sum(powers)
        return self._bent([each / whole for each in powers])

    def _bent(self, surenesses: list[float]) -> list[float]:
        """The likeliest as sure as such ones are right; the others share what is left as before."""
        highest = max(surenesses)
        bent = bent_by(self.bend, highest)
        rest = (1 - bent) / (1 - highest) if highest < 1 else 0.0
        place = surenesses.index(highest)
        return [bent if at == place else each * rest for at, each in enumerate(surenesses)]

    def guess(self, text: str) -> Guess | None:
        """The likeliest label; None where the request has no word that the model knows."""
        return next(iter(self.guesses(text, most=1)), None)

    def guesses(self, text: str, *, most: int) -> list[Guess]:
        """The likeliest labels, the surest first, with the words that push towards each."""
        at, _ = self._at(text)
        if not at:
            return []
        found = sorted(enumerate(self.surenesses(text)), key=lambda each: -each[1])[:most]
        return [
            Guess(label=self.labels[label], sureness=sureness, words=self._words(text, at, label))
            for label, sureness in found
        ]

    def _at(self, text: str) -> tuple[dict[int, tuple[int, float]], float]:
        """By term, where its weights are and how much it counts; and the length of all that counts."""
        found: dict[int, tuple[int, float]] = {}
        squares = 0.0
        for term, times in terms_of(text).items():
            position = bisect_left(self.terms, term)
            is_known = position < len(self.terms) and self.terms[position] == term
            value = (1 + log(times)) * (self.rarities[position] if is_known else self.unknown_rarity)
            squares += value * value
            if is_known:
                found[term] = (position, value)
        return found, sqrt(squares) or 1.0

    def _words(self, text: str, at: Mapping[int, tuple[int, float]], label: int) -> tuple[str, ...]:
        pushes = {word: self._push(word, at, label) for word in dict.fromkeys(words_in(text))}
        pushing = [word for word, push in sorted(pushes.items(), key=lambda each: -each[1]) if push > 0]
        strongest = [word for word in pushing if len(word) > 1 and not word.isdigit()][:MOST_NAMED]
        return tuple(as_written(text, word) for word in strongest)

    def _push(self, word: str, at: Mapping[int, tuple[int, float]], label: int) -> float:
        """How much more a word counts for this label than for labels on the whole."""
        many, push = len(self.labels), 0.0
        for term in terms_of_word(word):
            if term in at:
                position, value = at[term]
                weights = self.weights[position * many : (position + 1) * many]
                push += value * (weights[label] - (0 if self.has_many else sum(weights) / many))
        return push

    def to_bytes(self) -> bytes:
        head = {
            "labels": self.labels,
            "terms": len(self.terms),
            "unknown_rarity": self.unknown_rarity,
            "sharpness": list(self.sharpness),
            "shifts": list(self.shifts),
            "bend": list(self.bend),
            "has_many": self.has_many,
        }
        parts = [
            json.dumps(head).encode() + b"\n",
            _packed(NUMBER_TYPE, self.terms),
            _packed("f", self.rarities),
            _packed("f", self.biases),
            _packed("f", self.weights),
        ]
        return _MAGIC + zlib.compress(b"".join(parts), 6)

    @classmethod
    def from_bytes(cls, packed: bytes) -> "SortingModel":
        """Raises ModelUnreadable."""
        if not packed.startswith(_MAGIC):
            raise ModelUnreadable
        try:
            head, _, rest = zlib.decompress(packed[len(_MAGIC) :]).partition(b"\n")
            told = json.loads(head)
            terms, labels = int(told["terms"]), tuple(told["labels"])
            sizes = (terms, terms, len(labels), terms * len(labels))
            arrays = list(_unpacked(rest, zip((NUMBER_TYPE, "f", "f", "f"), sizes, strict=True)))
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise ModelUnreadable from error
        return cls(
            labels=labels,
            terms=arrays[0],
            rarities=arrays[1],
            biases=arrays[2],
            weights=arrays[3],
            sharpness=told["sharpness"],
            shifts=told["shifts"],
            unknown_rarity=told["unknown_rarity"],
            bend=tuple(told["bend"]),
            has_many=told["has_many"],
        )


def bent_by(bend: tuple[float, float, float], share: float) -> float:
    yes, no, shift = bend
    within = min(max(share, _LEAST), 1 - _LEAST)
    raised = yes * log(within) - no * log(1 - within) + shift
    return 1 / (1 + exp(-max(min(raised, 500.0), -500.0)))


def _packed(kind: str, values: Sequence[float]) -> bytes:
    packed = array(kind, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpacked(data: bytes, parts: Iterable[tuple[str, int]]) -> Iterable["array[Any]"]:
    at = 0
    for kind, size in parts:
        values: array[Any] = array(kind)
        length = size * values.itemsize
        if len(data) < at + length:
            raise ModelUnreadable
        values.frombytes(data[at : at + length])
        if sys.byteorder == "big":
            values.byteswap()
        at += length
        yield values

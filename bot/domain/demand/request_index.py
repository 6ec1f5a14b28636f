"""The newest requests by their words, so that one more is compared in milliseconds with those that share any.

The same likeness as `Likenesses` of recurring problems, the cosine of weighted telling words, except that words which
no other request has count in full: of two requests one must be sure, of a problem's many one sees what they share.
Words are kept as numbers, since thousands of requests stay in memory.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.demand.likeness import MOST_TERMS, RequestText, counted_words

MOST_COMPARED: Final = 300
"""Requests that are compared exactly: those that share the most telling words."""
COMMON: Final = 0.2
"""A word that more of the requests have than this leads to none: it only adds to what others lead to."""
BY_TIMES: Final = (0.0, *(1 + math.log(times) for times in range(1, 256)))
"""What a stem counts in a request that has it so many times."""
ROUNDING: Final = 1e-9
FEW: Final = 50
"""Requests that a word always leads to, however few there are in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A request like another: how alike, from 0 to 1, and the stems that they share, the most telling first."""

    id: int
    degree: float
    shared: tuple[str, ...]


class RequestIndex:
    """At most `most` requests; the oldest leave as others come. Used by one thread at a time."""

    def __init__(self, *, most: int, alone_counts: float = 1.0) -> None:
        """`alone_counts`: how much words count that no other request has, beside those that others have."""
        self._most = most
        self._alone_counts = alone_counts
        self._numbers: dict[str, int] = {}
        self._stems: list[str] = []
        self._having: list[int] = []
        """How many requests have each stem."""
        self._places: dict[int, array[int]] = {}
        """Of each stem the requests that have it, by id."""
        self._words: dict[int, tuple[array[int], bytes]] = {}
        """Of each request its stems and how often it has each, at most 255 times."""

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, identity: int) -> bool:
        return identity in self._words

    def add(self, request: RequestText) -> None:
        """Nothing where it is there already."""
        if request.id in self._words:
            return
        counted = counted_words(request)
        numbers = array("I", [self._number(stem) for stem in counted])
        self._words[request.id] = (numbers, bytes(min(each, 255) for each in counted.values()))
        for number in numbers:
            self._having[number] += 1
            self._places.setdefault(number, array("Q")).append(request.id)
        if len(self._words) > self._most:
            self._drop_oldest()

    def like(self, identity: int, *, least: float, limit: int) -> tuple[Likeness, ...]:
        """The most alike first; what is less alike than `least` is none. Empty for a request that is not there."""
        if identity not in self._words:
            return ()
        rareness: dict[int, float] = {}
        asked = self._weights(identity, rareness)
        found = []
        for other in self._candidates(identity, asked, least=least):
            weights = self._weights(other, rareness)
            shared = {
                number: weight * weights[number] for number, weight in asked.items() if number in weights
            }
            degree = sum(shared.values())
            if degree >= least:
                stems = sorted(shared, key=lambda number: (-shared[number], self._stems[number]))
                found.append(
                    Likeness(id=other, degree=degree, shared=tuple(self._stems[each] for each in stems))
                )
        return tuple(sorted(found, key=lambda each: (-each.degree, -each.id))[:limit])

    def _candidates(self, identity: int, asked: Mapping[int, float], *, least: float) -> list[int]:
        """Not those that share too little to be `least` alike, whatever else they say.

        Two are never more alike than the root of the squares of what is shared weighs in one of them.
        """
        if not asked:
            return []
        most = max(FEW, int(COMMON * len(self._words)))
        together: dict[int, float] = defaultdict(float)
        common = 0.0
        for number, weight in asked.items():
            if self._having[number] <= most:
                for other in self._places[number]:
                    together[other] += weight
            else:
                common += weight * weight
        together.pop(identity, None)
        enough = (least * least - common) / max(asked.values()) - ROUNDING
        found = [other for other, weight in together.items() if weight >= enough]
        return sorted(found, key=lambda each: (-together[each], -each))[:MOST_COMPARED]

    def _weights(self, identity: int, rareness: dict[int, float]) -> dict[int, float]:
        """As those of `Likenesses`: what no other request has makes this one less like others, and is left out.

        `rareness` of a word, by how many requests have it, is found once while none is added.
        """
        numbers, times = self._words[identity]
        many = len(self._words)
        shared, alone, together = [], 0.0, 0.0
        for number, count in zip(numbers, times, strict=True):
            having = self._having[number]
            rare = rareness.get(having)
            if rare is None:
                rare = rareness[having] = math.log(1 + many / (max(2, having)))
            weight = BY_TIMES[count] * rare
            if having > 1:
                shared.append((weight, number))
                together += weight * weight
            else:
                alone += weight * weight
        if len(shared) > MOST_TERMS:
            shared = sorted(shared, key=lambda pair: (-pair[0], self._stems[pair[1]]))[:MOST_TERMS]
            together = sum([weight * weight for weight, _ in shared])
        length = math.sqrt(together + self._alone_counts * alone)
        return {number: weight / length for weight, number in shared} if length else {}

    def _number(self, stem: str) -> int:
        number = self._numbers.setdefault(stem, len(self._stems))
        if number == len(self._stems):
            self._stems.append(stem)
            self._having.append(0)
        return number

    def _drop_oldest(self) -> None:
        """A tenth at once, since every place is written anew: the oldest by id."""
        gone = frozenset(sorted(self._words)[: max(1, self._most // 10)])
        for identity in gone:
            numbers, _ = self._words.pop(identity)
            for number in numbers:
                self._having[number] -= 1
        for number in list(self._places):
            kept = array("Q", [each for each in self._places[number] if each not in gone])
            if kept:
                self._places[number] = kept
            else:
                del self._places[number]

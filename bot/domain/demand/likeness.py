"""How alike requests are: by the words they share that few others have.

Each request becomes its most telling words, each with a weight: more for a word that few requests have, more for one
in the subject. Two requests are as alike as the cosine of these weights, from 0 to 1. Numbers and words that nearly
all requests have tell nothing. Why two are alike can be said: the words they share.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.search.stems import stem_of
from bot.domain.search.stop_words import ASKING_WORDS, HOW_OFTEN_WORDS, NEW_WORDS, STOP_WORDS, STOP_WORDS_OF

MOST_TERMS: Final = 20
"""The most telling words of a request; what comes after them adds little, and costs time."""
LONGEST_TEXT: Final = 40
"""Words of a request that are compared: what is wrong is said first, and what is forwarded comes last."""
SHORTEST_WORD: Final = 2
ALONE_COUNTS: Final = 0.1
"""How much words count that no other request has, beside those that others have. A small team has many such words:
at a quarter they hid what people say in different words, and at none any shared word makes two requests alike."""
SUBJECT_COUNTS: Final = 2
"""As often as this is a word of the subject counted."""
_SAID_OF_ANYTHING: Final = STOP_WORDS | ASKING_WORDS | HOW_OFTEN_WORDS | NEW_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestText:
    """A request's words as `index_words` writes them; `language` is that which it is written in."""

    id: int
    subject: tuple[str, ...]
    text: tuple[str, ...]
    language: str = "en"


def written_in(words: Sequence[str], *, otherwise: str) -> str:
    """The language of which a text has most stop words: people write in others than their chat speaks to them.

    The same words are so the same stems, whoever wrote them; `otherwise` where they do not say.
    """
    many = {language: sum(word in known for word in words) for language, known in STOP_WORDS_OF.items()}
    most = max(many.values())
    likeliest = [language for language, count in many.items() if count == most]
    return likeliest[0] if most and otherwise not in likeliest else otherwise


class Likenesses:
    """Requests made comparable; each is compared only with those that share a telling word with it."""

    def __init__(self, requests: Iterable[RequestText]) -> None:
        counted = {each.id: counted_words(each) for each in requests}
        self._weights = _weighted(counted)
        self._having: dict[str, list[int]] = defaultdict(list)
        for identity, terms in self._weights.items():
            for term in terms:
                self._having[term].append(identity)

    def __len__(self) -> int:
        return len(self._weights)

    def terms(self, identity: int) -> Mapping[str, float]:
        """The request's stems with their weights, whose squares add up to 1; empty where it says nothing telling."""
        return self._weights[identity]

    def degrees(self, identity: int) -> Mapping[int, float]:
        """How alike the others are that share anything with it."""
        found: dict[int, float] = defaultdict(float)
        for term, weight in self._weights[identity].items():
            for other in self._having[term]:
                found[other] += weight * self._weights[other][term]
        found.pop(identity, None)
        return found

    def shared(self, identities: Sequence[int], *, least: float = 1.0) -> tuple[str, ...]:
        """Stems that at least this share of the requests has, the most telling first."""
        total: Counter[str] = Counter()
        having: Counter[str] = Counter()
        for identity in identities:
            total.update(self._weights[identity])
            having.update(self._weights[identity].keys())
        enough = [term for term, many in having.items() if many >= least * len(identities)]
        return tuple(sorted(enough, key=lambda term: (-total[term], term)))


def stems_of(words: Iterable[str], language: str) -> Iterable[tuple[str, str]]:
    """Telling words with their stems: no stop words, no numbers, nothing of one letter."""
    for word in words:
        if len(word) >= SHORTEST_WORD and word not in _SAID_OF_ANYTHING and not word.isdecimal():
            yield word, stem_of(word, language)


def counted_words(request: RequestText) -> Counter[str]:
    """Its stems and how often each counts."""
    counted = Counter(stem for _, stem in stems_of(request.text, request.language))
    for _, stem in stems_of(request.subject, request.language):
        counted[stem] += SUBJECT_COUNTS
    return counted


def _weighted(counted: Mapping[int, Counter[str]]) -> dict[int, dict[str, float]]:
    having: Counter[str] = Counter()
    for terms in counted.values():
        having.update(terms.keys())
    many = len(counted)
    rarity = {term: math.log(1 + many / max(count, 2)) for term, count in having.items()}
    return {identity: _unit(terms, rarity, having) for identity, terms in counted.items()}


def _unit(
    terms: Mapping[str, int], rarity: Mapping[str, float], having: Mapping[str, int]
) -> dict[str, float]:
    """A word of this request alone is left out, since nobody shares it, but makes the request less like others."""
    weights = {term: (1 + math.log(times)) * rarity[term] for term, times in terms.items()}
    shared = {term: weight for term, weight in weights.items() if having[term] > 1}
    telling = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TERMS]
    alone = sum(weight * weight for term, weight in weights.items() if having[term] == 1)
    length = math.sqrt(sum(weight * weight for _, weight in telling) + ALONE_COUNTS * alone)
    return {term: weight / length for term, weight in telling} if length else {}

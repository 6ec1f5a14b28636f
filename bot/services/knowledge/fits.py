"""How well passages fit a question: by the words they share, by what both mean, and by both together.

Each sense proposes passages; those that are proposed are scored by every sense there is, and the scores, each between
0 and 1 whatever the knowledge base's size, are put together. Ranks were turned down for that: they say which passage
is best, never that none is good.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.caches.passage_vectors import PassageVectors
from bot.domain.knowledge.index_words import QuestionTerm, meant_text, question_terms, telling_words
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.relevance import Rarity
from bot.ports.storage.knowledge.passages import IndexedPassage
from bot.ports.unit_of_work import UnitOfWork

LOOKED_AT: Final = 100
"""Passages that each sense proposes."""
MOST_HOLDING: Final = 20_000
"""Passages that the database puts in order: words that more hold are looked for only beside rarer ones."""
COMPARED: Final = 30
"""Passages that are compared with the question word by word for what they mean."""
WORDS_PART: Final = 0.25
"""What the words' score counts beside each of the two of meaning."""
LONGEST_QUESTION: Final = 2_000
"""Characters: what people write below it is signatures and quoted mails."""


class Sense(StrEnum):
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class SureScore:
    """From which score on an article may be shown unasked.

    Of many passages, one is more often somewhat like a question that none answers, so the score grows with the
    logarithm of how many this person may read; what answers a question scores the same among few and many. Measured
    with 18 to 1,649 passages, with the right article among them and taken out.
    """

    base: float
    least: float
    most: float
    growth: float = 0.06

    def among(self, passages: int) -> float:
        grown = self.base + self.growth * math.log10(max(passages, 1))
        return min(max(grown, self.least), self.most)


BY_WORDS: Final = SureScore(base=0.107, least=0.14, most=0.32, growth=0.05)
BY_MEANING: Final = SureScore(base=0.28, least=0.34, most=0.54)
BY_BOTH: Final = SureScore(base=0.24, least=0.30, most=0.50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """`score` is from 0 to 1. `is_sure`: good enough to be shown unasked."""

    found: IndexedPassage
    score: float
    is_sure: bool


def fits_of(
    uow: UnitOfWork,
    question: str,
    readership: Readership,
    *,
    language: str,
    meanings: PassageVectors | None,
    senses: frozenset[Sense],
) -> list[Fit]:
    """The best first."""
    languages = uow.passages.languages(readership)
    asked = question[:LONGEST_QUESTION]
    terms = question_terms(asked, [language, *languages]) if languages else ()
    if not terms:
        return []
    many = sum(languages.values())
    rarity = _rarity(uow, terms, readership, passages=many)
    has_meaning = Sense.MEANING in senses and meanings is not None and meanings.meaning is not None
    ids = list(_holding(uow, rarity, readership)) if Sense.WORDS in senses or not has_meaning else []
    if not has_meaning:
        return _by_words(uow.passages.get_many(ids, readership), rarity, enough=BY_WORDS.among(many))
    assert meanings is not None
    has_words = Sense.WORDS in senses
    scored = _together(uow, asked, readership, ids, rarity, meanings, has_words=has_words)
    enough = (BY_BOTH if has_words else BY_MEANING).among(many)
    return [Fit(found=each, score=score, is_sure=score >= enough) for each, score in scored]


def _rarity(
    uow: UnitOfWork, terms: tuple[QuestionTerm, ...], readership: Readership, *, passages: int
) -> Rarity:
    stems = sorted({stem for term in terms for stem in term.stems})
    return Rarity.of(terms, counts=uow.passages.counts(stems, readership), passages=passages)


def _holding(uow: UnitOfWork, rarity: Rarity, readership: Readership) -> Sequence[int]:
    """Passages with the rarest words of the question: what very many hold is not what tells them apart."""
    weights: dict[str, float] = {}
    many = 0
    for term, weight, holding in sorted(rarity, key=lambda each: each[2]):
        many += holding
        if weights and many > MOST_HOLDING:
            break
        if holding:
            weights |= dict.fromkeys(term.stems, weight)
    return uow.passages.holding(weights, readership, limit=LOOKED_AT)


def _by_words(found: Sequence[IndexedPassage], rarity: Rarity, *, enough: float) -> list[Fit]:
    scored = [(each, rarity.fit(each.words)) for each in found]
    scored.sort(key=lambda pair: (-pair[1], *_place(pair[0])))
    return [Fit(found=each, score=score, is_sure=score >= enough) for each, score in scored]


def _together(
    uow: UnitOfWork,
    question: str,
    readership: Readership,
    ids: Sequence[int],
    rarity: Rarity,
    meanings: PassageVectors,
    *,
    has_words: bool,
) -> list[tuple[IndexedPassage, float]]:
    meaning = meanings.meaning
    assert meaning is not None
    (vector,) = meaning.vectors([question])
    alike = dict(meanings.nearest(uow, vector, readership, limit=LOOKED_AT))
    alike |= meanings.likeness(uow, vector, readership, ids)
    found = uow.passages.get_many(sorted({*ids, *alike}), readership)
    shared = {each.id: rarity.fit(each.words) for each in found} if has_words else {}

    def first(each: IndexedPassage) -> float:
        return WORDS_PART * shared.get(each.id, 0.0) + alike.get(each.id, 0.0)

    likely = sorted(found, key=lambda each: (-first(each), *_place(each)))[:COMPARED]
    words = [list(telling_words(meant_text(each.passage, each.tags))) for each in likely]
    said = meaning.shares(telling_words(question), words)
    part = WORDS_PART if has_words else 0.0
    scored = [
        (each, max(0.0, (part * shared.get(each.id, 0.0) + alike.get(each.id, 0.0) + share) / (2 + part)))
        for each, share in zip(likely, said, strict=True)
    ]
    scored.sort(key=lambda pair: (-pair[1], *_place(pair[0])))
    return scored


def _place(each: IndexedPassage) -> tuple[str, int]:
    """Of two that fit alike."""
    return each.passage.article, each.passage.position

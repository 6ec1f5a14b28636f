"""How well passages fit a question: by the words they share, by what both mean, and by both together.

Each sense proposes passages; those that are proposed are scored by every sense there is, and the scores, each between
0 and 1 whatever the knowledge base's size, are put together. Ranks were turned down for that: they say which passage
is best, never that none is good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.caches.passage_vectors import PassageVectors
from bot.domain.knowledge.index_words import QuestionTerm, meant_text, question_terms, telling_words
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.relevance import Rarity
from bot.domain.knowledge.sureness import (
    NO_EVIDENCE,
    OF_ARTICLES,
    Evidence,
    SureRule,
    SureRules,
)
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
SIMILAR: Final = 0.22
"""Of the score: what means less the same is not taken for an answer. Strangers reach 0.17 among a few articles."""
FAINT: Final = 0.17
"""Of the score: what means less the same helps nobody, though they searched. What strangers reach."""
LONGEST_QUESTION: Final = 2_000
"""Characters: what people write below it is signatures and quoted mails."""


class Sense(StrEnum):
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """`score` is from 0 to 1."""

    found: IndexedPassage
    score: float
    shares_words: bool = False
    """Whether it holds a word of the question that says something."""

    @property
    def is_likely(self) -> bool:
        """Whether it may be what is looked for, so that somebody who searches is shown it as found."""
        return self.shares_words or self.score >= SIMILAR

    @property
    def may_help(self) -> bool:
        """Whether somebody who searches is shown it at all."""
        return self.is_likely or self.score >= FAINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """The best first, and what speaks for that one."""

    found: Sequence[Fit] = ()
    evidence: Evidence = NO_EVIDENCE
    is_sure: bool = False
    """The first is good enough to be shown unasked."""

    @classmethod
    def judged(cls, found: Sequence[Fit], rule: SureRule, *, article: float = 0.0) -> "Fits":
        """`article`: how like the question the whole of the first one's article is."""
        if not found:
            return cls()
        first = found[0]
        others = (each.score for each in found if each.found.passage.article != first.found.passage.article)
        evidence = Evidence(score=first.score, ahead=first.score - next(others, 0.0), article=article)
        return cls(found=found, evidence=evidence, is_sure=rule.holds(evidence))


def fits_of(
    uow: UnitOfWork,
    question: str,
    readership: Readership,
    *,
    language: str,
    meanings: PassageVectors | None,
    senses: frozenset[Sense],
    rules: SureRules = OF_ARTICLES,
) -> Fits:
    """What fits the question, for this readership alone."""
    languages = uow.passages.languages(readership)
    asked = question[:LONGEST_QUESTION]
    terms = question_terms(asked, [language, *languages]) if languages else ()
    if not terms:
        return Fits()
    rarity = _rarity(uow, terms, readership, passages=sum(languages.values()))
    has_meaning = Sense.MEANING in senses and meanings is not None and meanings.meaning is not None
    ids = list(_holding(uow, rarity, readership)) if Sense.WORDS in senses or not has_meaning else []
    if not has_meaning:
        fits = _by_words(uow.passages.get_many(ids, readership), rarity)
        return Fits.judged(fits, rules.by_words)
    assert meanings is not None
    assert meanings.meaning is not None
    has_words = Sense.WORDS in senses
    (vector,) = meanings.meaning.vectors([asked])
    fits = _together(uow, asked, vector, readership, ids, rarity, meanings, has_words=has_words)
    rule = rules.by_both if has_words else rules.by_meaning
    if not fits:
        return Fits()
    article = uow.passages.of_article(fits[0].found.passage.article, readership)
    alike = meanings.likeness_together(uow, vector, readership, article)
    if alike is None and has_words:  # it was written just now: its words alone say how well it fits
        return Fits.judged(_by_words(uow.passages.get_many(ids, readership), rarity), rules.by_words)
    return Fits.judged(fits, rule, article=alike or 0.0)


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


def _by_words(found: Sequence[IndexedPassage], rarity: Rarity) -> list[Fit]:
    scored = [(each, rarity.fit(each.words)) for each in found]
    scored.sort(key=lambda pair: (-pair[1], *_place(pair[0])))
    return [Fit(found=each, score=score, shares_words=rarity.shares(each.words)) for each, score in scored]


def _together(
    uow: UnitOfWork,
    question: str,
    vector: bytes,
    readership: Readership,
    ids: Sequence[int],
    rarity: Rarity,
    meanings: PassageVectors,
    *,
    has_words: bool,
) -> list[Fit]:
    meaning = meanings.meaning
    assert meaning is not None
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
    return [
        Fit(found=each, score=score, shares_words=has_words and rarity.shares(each.words))
        for each, score in scored
    ]


def _place(each: IndexedPassage) -> tuple[str, int]:
    """Of two that fit alike."""
    return each.passage.article, each.passage.position

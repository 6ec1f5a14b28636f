"""What the desk knows already, indexed with every change and found by whoever may read it.

`index_article` is called in the transaction that changes an article. `find_passages` answers a question with the best
passage of each article, and says whether the first may be shown to somebody who did not ask for it.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.knowledge.article import Article, ArticleState
from bot.domain.knowledge.index_words import QuestionTerm, question_terms
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.relevance import Rarity
from bot.ports.storage.knowledge.passages import IndexedPassage
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

LOOKED_AT: Final = 200
"""Passages that are compared with the question word by word, of those that hold its rarest words."""
MOST_HOLDING: Final = 20_000
"""Passages that are put in order by the database: words that more hold are looked for only beside rarer ones."""
SURE_COVERAGE: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """`score` is between 0 and 1, and the same for a small knowledge base and a large one."""

    passage: Passage
    score: float
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassages:
    """The best first, one of each article. `is_sure`: the first may be shown unasked."""

    passages: tuple[FoundPassage, ...] = ()
    is_sure: bool = False


def index_article(uow: UnitOfWork, article: Article) -> None:
    """Have the article found as it is now; one that is not published is found by nobody."""
    if article.state is ArticleState.PUBLISHED:
        uow.passages.replace(article, passages_of(article))
    else:
        uow.passages.remove(article.name)


def forget_article(uow: UnitOfWork, name: str) -> None:
    """Have an article that is no more found by nobody."""
    uow.passages.remove(name)


def find_passages(
    context: Context, question: str, readership: Readership, *, language: str = "en", limit: int = 3
) -> FoundPassages:
    """What answers this question, for this readership alone; `language` is the asker's.

    Somebody who searches is shown the passages whatever `is_sure` says; who only asks, not unless it is true.
    """
    return search_passages(context.uow, question, readership, language=language, limit=limit)


def search_passages(
    uow: UnitOfWork, question: str, readership: Readership, *, language: str = "en", limit: int = 3
) -> FoundPassages:
    """As `find_passages`, without a desk."""
    languages = uow.passages.languages(readership)
    if not languages:
        return FoundPassages()
    terms = question_terms(question, [language, *languages])
    rarity = _rarity(uow, terms, readership, passages=sum(languages.values()))
    found = _by_words(uow, rarity, readership)
    best: dict[str, FoundPassage] = {}
    for each, score in found:
        best.setdefault(
            each.passage.article, FoundPassage(passage=each.passage, score=score, language=each.language)
        )
    passages = tuple(best.values())[:limit]
    return FoundPassages(passages=passages, is_sure=bool(passages) and passages[0].score >= SURE_COVERAGE)


def _rarity(
    uow: UnitOfWork, terms: tuple[QuestionTerm, ...], readership: Readership, *, passages: int
) -> Rarity:
    stems = sorted({stem for term in terms for stem in term.stems})
    return Rarity.of(terms, counts=uow.passages.counts(stems, readership), passages=passages)


def _by_words(uow: UnitOfWork, rarity: Rarity, readership: Readership) -> list[tuple[IndexedPassage, float]]:
    """The best first, with how much of the question each covers."""
    weights = {
        stem: weight for term, weight in zip(rarity.terms, rarity.weights, strict=True) for stem in term.stems
    }
    ids = uow.passages.holding(weights, readership, limit=LOOKED_AT)
    fits = [(each, rarity.fit(each.words)) for each in uow.passages.get_many(ids, readership)]
    fits.sort(key=lambda pair: (-pair[1].score, pair[0].passage.article, pair[0].passage.position))
    return [(each, fit.coverage) for each, fit in fits]

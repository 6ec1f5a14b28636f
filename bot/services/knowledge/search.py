"""What the desk knows already, indexed with every change and found by whoever may read it.

`index_article` is called in the transaction that changes an article. `find_passages` answers a question with the best
passage of each article, and says whether the first may be shown to somebody who did not ask for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.caches.passage_vectors import PassageVectors
from bot.domain.knowledge.article import Article, ArticleState
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.sureness import OF_ARTICLES, SureRules
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.knowledge.fits import Fit, Sense, fits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """`score` is between 0 and 1, and the same for a small knowledge base and a large one."""

    passage: Passage
    score: float
    is_likely: bool = True
    """Whether it shares a word with the question that says something, or means enough of the same."""
    may_help: bool = True
    """Whether it is worth a look where nothing fits better; else nobody is shown it."""
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


def find_passages(
    context: Context, question: str, readership: Readership, *, language: str = "en", limit: int = 3
) -> FoundPassages:
    """What answers this question, for this readership alone; `language` is the asker's.

    Somebody who searches is shown the passages whatever `is_sure` says; who only asks, not unless it is true.
    """
    return search_passages(
        context.uow, question, readership, language=language, limit=limit, meanings=context.meanings
    )


def search_passages(
    uow: UnitOfWork,
    question: str,
    readership: Readership,
    *,
    language: str = "en",
    limit: int = 3,
    meanings: PassageVectors | None = None,
    senses: Iterable[Sense] = Sense,
    rules: SureRules = OF_ARTICLES,
) -> FoundPassages:
    """As `find_passages`, without a desk; `senses` are by what it is looked for, where there is a model."""
    fits = fits_of(
        uow,
        question,
        readership,
        language=language,
        meanings=meanings,
        senses=frozenset(senses),
        rules=rules,
    )
    best: dict[str, Fit] = {}
    for fit in fits.found:
        best.setdefault(fit.found.passage.article, fit)
    first = list(best.values())[:limit]
    return FoundPassages(
        passages=tuple(
            FoundPassage(
                passage=fit.found.passage,
                score=fit.score,
                is_likely=fit.is_likely,
                may_help=fit.may_help,
                language=fit.found.language,
            )
            for fit in first
        ),
        is_sure=fits.is_sure,
    )

"""How well a folder of articles answers questions, measured with the search of a running desk.

The articles go into a database of their own in a temporary folder, so that what is measured is what people get.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.table import Table

from adapters.meaning.wordllama import find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.cli.actions.kb.questions import AskedQuestion, read_questions
from bot.cli.terminal import for_terminal, say
from bot.config.knowledge.folder import ArticleFile, read_folder
from bot.domain.errors import ConfigurationError
from bot.domain.knowledge.article import AudienceKind
from bot.domain.knowledge.readership import Readership
from bot.domain.sentence import sentence
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.knowledge.fits import Sense
from bot.services.knowledge.search import FoundPassages, index_article, search_passages
from bot.services.knowledge.vectors import make_vectors
from bot.text.error_text import english
from storage.opening import open_storage
from storage.schema import migrate

STEP: Final = 200
AT_MOST: Final = 3
WAYS: Final = {
    "words": (Sense.WORDS,),
    "meaning": (Sense.MEANING,),
    "both": (Sense.WORDS, Sense.MEANING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome:
    """One question with what was found for it, the best article first."""

    question: AskedQuestion
    articles: tuple[str, ...]
    is_sure: bool

    @classmethod
    def of(cls, question: AskedQuestion, found: FoundPassages) -> "QuestionOutcome":
        articles = tuple(each.passage.article for each in found.passages)
        return cls(question=question, articles=articles, is_sure=found.is_sure)

    def is_found(self, *, within: int) -> bool:
        return self.question.article in self.articles[:within]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFigures:
    """Shares from 0 to 1; None where there are no such questions.

    Silence is right where no article answers, wrong where one does; what is said unasked may be the wrong article.
    """

    recall_at_1: float | None
    recall_at_3: float | None
    rightly_silent: float | None
    wrongly_silent: float | None
    wrongly_shown: float | None

    @classmethod
    def of(cls, answered: Sequence[QuestionOutcome]) -> "EvaluationFigures":
        answerable = [each for each in answered if each.question.article is not None]
        others = [each for each in answered if each.question.article is None]
        return cls(
            recall_at_1=_share([each.is_found(within=1) for each in answerable]),
            recall_at_3=_share([each.is_found(within=AT_MOST) for each in answerable]),
            rightly_silent=_share([not each.is_sure for each in others]),
            wrongly_silent=_share([not each.is_sure for each in answerable]),
            wrongly_shown=_share([each.is_sure and not each.is_found(within=1) for each in answerable]),
        )


def evaluate(articles: Path, questions: Path, *, is_json: bool, shows_misses: bool) -> None:
    folder = read_folder(articles)
    if folder.errors:
        first, *more = (line for error in folder.errors.values() for line in error.lines)
        raise ConfigurationError(first, *more)
    if not folder.files:
        raise ConfigurationError(sentence("terminal.no_articles", file=str(articles)))
    asked = read_questions(questions, folder.files)
    found = asyncio.run(_evaluate(list(folder.files.values()), asked))
    figures = {way: EvaluationFigures.of(answered) for way, answered in found.items()}
    if is_json:
        print(json.dumps(_as_json(len(folder.files), asked, figures, found), indent=2, ensure_ascii=False))  # noqa: T201
        return
    _show(len(folder.files), asked, figures)
    if len(figures) == 1:
        say(sentence("terminal.no_model"))
    if shows_misses:
        _show_misses(found)


async def _evaluate(
    files: Sequence[ArticleFile], asked: Sequence[AskedQuestion]
) -> dict[str, list[QuestionOutcome]]:
    meanings = PassageVectors(find_wordllama())
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/articles.db"
        migrate(url)
        storage = open_storage(url, is_durable=False)
        try:
            await storage.run(lambda uow: _index(uow, files))
            await _mean(storage, meanings)
            return {
                way: [await _answer(storage, each, files, senses, meanings) for each in asked]
                for way, senses in WAYS.items()
                if meanings.meaning is not None or senses == (Sense.WORDS,)
            }
        finally:
            await storage.close()


def _index(uow: UnitOfWork, files: Sequence[ArticleFile]) -> None:
    for each in files:
        index_article(uow, each.article(version=1, changed_at=datetime.now(UTC)))


async def _mean(storage: Storage, meanings: PassageVectors) -> None:
    meaning = meanings.meaning
    if meaning is None:
        return
    last = STEP
    while last == STEP:
        last = await storage.run(lambda uow: make_vectors(uow, meaning, limit=STEP))


async def _answer(
    storage: Storage,
    question: AskedQuestion,
    files: Sequence[ArticleFile],
    senses: Sequence[Sense],
    meanings: PassageVectors,
) -> QuestionOutcome:
    everybody = _every_reader(files)
    found = await storage.read(
        lambda uow: search_passages(
            uow, question.text, everybody, limit=AT_MOST, meanings=meanings, senses=senses
        )
    )
    return QuestionOutcome.of(question, found)


def _every_reader(files: Sequence[ArticleFile]) -> Readership:
    """Somebody who may read all of them."""
    audiences = [each.audience for each in files]
    return Readership(
        teams=frozenset(each.name for each in audiences if each.kind is AudienceKind.TEAM and each.name),
        communities=frozenset(
            each.name for each in audiences if each.kind is AudienceKind.COMMUNITY and each.name
        ),
    )


def _share(those: Sequence[bool]) -> float | None:
    return sum(those) / len(those) if those else None


def _as_json(
    articles: int,
    asked: Sequence[AskedQuestion],
    figures: dict[str, EvaluationFigures],
    found: dict[str, list[QuestionOutcome]],
) -> dict[str, object]:
    answerable = sum(each.article is not None for each in asked)
    return {
        "articles": articles,
        "questions": len(asked),
        "with_answer": answerable,
        "without_answer": len(asked) - answerable,
        **{
            way: {
                "recall_at_1": each.recall_at_1,
                "recall_at_3": each.recall_at_3,
                "rightly_silent": each.rightly_silent,
                "wrongly_silent": each.wrongly_silent,
                "wrongly_shown": each.wrongly_shown,
                "misses": [
                    {"question": one.question.text, "article": one.question.article, "found": one.articles}
                    for one in _misses(found[way])
                ],
            }
            for way, each in figures.items()
        },
    }


def _misses(answered: Sequence[QuestionOutcome]) -> list[QuestionOutcome]:
    """The right article is not the first, or something was shown where none answers."""
    return [
        each
        for each in answered
        if (each.is_sure if each.question.article is None else not each.is_found(within=1))
    ]


def _show(articles: int, asked: Sequence[AskedQuestion], figures: dict[str, EvaluationFigures]) -> None:
    heads = ("recall_1", "recall_3", "rightly_silent", "wrongly_silent", "wrongly_shown")
    table = Table()
    table.add_column(english(sentence("terminal.evaluation_by")))
    for head in heads:
        table.add_column(english(sentence(f"terminal.evaluation_{head}")), justify="right")
    for way, each in figures.items():
        shares = (
            *(each.recall_at_1, each.recall_at_3),
            *(each.rightly_silent, each.wrongly_silent, each.wrongly_shown),
        )
        cells = ("–" if share is None else f"{100 * share:.0f} %" for share in shares)
        table.add_row(english(sentence(f"terminal.evaluation_{way}")), *cells)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(table)
    answerable = sum(each.article is not None for each in asked)
    told = sentence(
        "terminal.evaluation_of",
        articles=sentence("terminal.articles", count=articles),
        questions=sentence("terminal.questions", count=len(asked)),
        number=len(asked) - answerable,
    )
    console.print(for_terminal(told))


def _show_misses(found: dict[str, list[QuestionOutcome]]) -> None:
    """Of the best way there is."""
    for each in _misses(list(found.values())[-1]):
        meant = each.question.article or english(sentence("terminal.evaluation_nothing"))
        first = each.articles[0] if each.articles else english(sentence("terminal.evaluation_nothing"))
        say(sentence("terminal.evaluation_miss", text=each.question.text, name=meant, other=first))

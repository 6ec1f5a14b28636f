"""`python -m tests.bench.knowledge.sure_rule`: the weights of `bot.domain.knowledge.sureness`, learned again.

Each question of `questions.csv` is asked among all articles, among few and among many strangers (the desk's own
papers), with the right article there and taken away. What is learned is whether the first one answers it. Nothing
is learned from `held_out/`.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from adapters.meaning.wordllama import find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.cli.actions.kb.evaluation import WAYS
from bot.cli.actions.kb.questions import AskedQuestion, read_questions
from bot.config.knowledge.folder import read_folder
from bot.domain.knowledge.article import EVERYBODY, Article
from bot.domain.knowledge.readership import ANYBODY
from bot.domain.knowledge.sureness import MOST_AHEAD, Evidence
from bot.ports.unit_of_work import UnitOfWork
from bot.services.knowledge.fits import Fits, fits_of
from bot.services.knowledge.search import index_article
from tests.bench.knowledge.asked_once import asked_once

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs"
AT = datetime(2026, 11, 2, tzinfo=UTC)
FEW = (1, 2, 3, 5, 8, 12, 16, 20)
"""Articles that are taken by chance; each number as often as `DRAWS` says."""
DRAWS = 3
RIGHTLY_SILENT = 0.85
"""The share of questions without an answer on which the rule is to be silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    question: str
    has_answer: bool
    is_right: bool
    evidence: Evidence


def main() -> None:
    read = read_folder(HERE / "articles").files
    articles = {
        name: replace(file.article(version=1, changed_at=AT), audience=EVERYBODY)
        for name, file in read.items()
    }
    questions = read_questions(HERE / "questions.csv", articles)
    found: dict[str, list[Example]] = {way: [] for way in WAYS}
    for shelf, asked in _shelves(articles, questions):
        for way, examples in asyncio.run(_ask(shelf, asked)).items():
            found[way] += examples
    for way, examples in found.items():
        print(way, _learned(examples))  # noqa: T201


def _shelves(
    articles: Mapping[str, Article], questions: Sequence[AskedQuestion]
) -> Iterator[tuple[list[Article], Sequence[AskedQuestion]]]:
    chance = random.Random(7)
    strangers = [_stranger(path) for path in sorted(DOCS.rglob("*.md"))]
    every = list(articles.values())
    for shelf in (every, every + strangers[::4], every + strangers):
        yield shelf, questions
        for part in range(6):
            gone = {name for number, name in enumerate(sorted(articles)) if number % 6 == part}
            yield (
                [each for each in shelf if each.name not in gone],
                [q for q in questions if q.article in gone],
            )
    for many in FEW * DRAWS:
        yield chance.sample(every, many), questions


def _stranger(path: Path) -> Article:
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    name = f"strangers/{path.relative_to(DOCS)}"
    return Article(name=name, title=title.strip("# "), body=body, version=1, changed_at=AT)


async def _ask(shelf: Sequence[Article], asked: Sequence[AskedQuestion]) -> dict[str, list[Example]]:
    meanings = PassageVectors(find_wordllama())
    meaning = meanings.meaning
    assert meaning is not None, "the extra `answers` is needed"
    names = {each.name for each in shelf}

    def index(uow: UnitOfWork) -> None:
        for each in shelf:
            index_article(uow, each)

    def ask(uow: UnitOfWork) -> dict[str, list[Example]]:
        return {
            way: [
                _example(
                    each,
                    names,
                    fits_of(
                        uow, each.text, ANYBODY, language="en", meanings=meanings, senses=frozenset(senses)
                    ),
                )
                for each in asked
            ]
            for way, senses in WAYS.items()
        }

    return await asked_once(index, ask, meaning=meaning)


def _example(asked: AskedQuestion, names: Collection[str], fits: Fits) -> Example:
    return Example(
        question=asked.text,
        has_answer=asked.article in names,
        is_right=bool(fits.found) and fits.found[0].found.passage.article == asked.article,
        evidence=fits.evidence,
    )


def _learned(examples: Sequence[Example]) -> str:
    """A question counts alike however often it is asked, once with an answer and once without."""
    rows = np.array(
        [
            (each.evidence.score, min(each.evidence.ahead, MOST_AHEAD), each.evidence.article)
            for each in examples
        ]
    )
    right = np.array([each.is_right for each in examples])
    often = Counter((each.question, each.is_right) for each in examples)
    weights = np.array([1 / often[each.question, each.is_right] for each in examples])
    spread = rows.std(axis=0) + 1e-9
    machine = LogisticRegression(C=1.0).fit(rows / spread, right, sample_weight=weights)
    slopes = machine.coef_[0] / spread
    slopes /= slopes[0]
    reached = rows @ slopes
    is_silent = np.array([not each.has_answer for each in examples])
    order = np.argsort(reached[is_silent])
    share = np.cumsum(weights[is_silent][order]) / weights[is_silent].sum()
    least = reached[is_silent][order][np.searchsorted(share, RIGHTLY_SILENT)]
    silent = np.average(reached[~is_silent] < least, weights=weights[~is_silent])
    score, ahead, article = slopes
    return f"least={least:.3f} score={score:.2f} ahead={ahead:.2f} article={article:.2f}; wrongly silent {silent:.2f}"


if __name__ == "__main__":
    main()

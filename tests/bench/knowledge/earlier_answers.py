"""`python -m tests.bench.knowledge.earlier_answers`: how sure an earlier answer must be to be shown unasked.

The first question of each article of a set stands for a request that was answered, with the article's first passage
as the reply. The others are asked, with the right answer there and taken away. `questions.csv` says which bound
leaves `RIGHTLY_SILENT` of what has no answer in silence; `held_out/` says how good bounds are.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from adapters.meaning.wordllama import find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.cli.actions.kb.evaluation import WAYS
from bot.cli.actions.kb.questions import AskedQuestion, read_questions
from bot.config.knowledge.folder import read_folder
from bot.domain.knowledge.article import Article
from bot.domain.knowledge.earlier_answer import EarlierAnswer, name_of, readers_of
from bot.domain.knowledge.passage import passages_of
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.sureness import OF_EARLIER_ANSWERS
from bot.ports.unit_of_work import UnitOfWork
from bot.services.knowledge.fits import Sense, fits_of
from tests.bench.knowledge.asked_once import asked_once

HERE = Path(__file__).parent
AT = datetime(2026, 11, 2, tzinfo=UTC)
RIGHTLY_SILENT = 0.9
"""Stricter than articles are: nobody looked at an earlier answer before it is shown."""
PARTS = 4
READERS = Readership(replies=(readers_of("it", None),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    has_answer: bool
    is_right: bool
    score: float


def main() -> None:
    learned = asyncio.run(_measured(HERE / "articles", HERE / "questions.csv"))
    held_out = asyncio.run(_measured(HERE / "held_out" / "articles", HERE / "held_out" / "questions.csv"))
    rules = {
        "words": OF_EARLIER_ANSWERS.by_words,
        "meaning": OF_EARLIER_ANSWERS.by_meaning,
        "both": OF_EARLIER_ANSWERS.by_both,
    }
    for way, asked in learned.items():
        least = _bound(asked)
        print(way, f"least={least:.3f}", _figures(asked, least))  # noqa: T201
        for bound in sorted({rules[way].least, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5}):
            print(f"  held out at {bound}:", _figures(held_out[way], bound))  # noqa: T201


def _bound(asked: Sequence[Asked]) -> float:
    silent = sorted(each.score for each in asked if not each.has_answer)
    return silent[int(len(silent) * RIGHTLY_SILENT)]


def _figures(asked: Sequence[Asked], least: float) -> str:
    answerable = [each for each in asked if each.has_answer]
    others = [each for each in asked if not each.has_answer]
    shown = [each for each in answerable if each.score >= least]
    right = sum(each.is_right for each in shown) / len(answerable)
    wrong = sum(not each.is_right for each in shown) / len(answerable)
    silent = sum(each.score < least for each in others) / len(others)
    return f"right shown {right:.2f}, wrong shown {wrong:.2f}, rightly silent {silent:.2f} ({len(asked)})"


async def _measured(folder: Path, questions: Path) -> dict[str, list[Asked]]:
    articles = {
        name: file.article(version=1, changed_at=AT) for name, file in read_folder(folder).files.items()
    }
    asked = sorted(read_questions(questions, articles), key=lambda each: each.article or "")
    by_article = {name: list(those) for name, those in groupby(asked, key=attrgetter("article")) if name}
    unknown = [each for each in asked if each.article is None]
    past = {name: those[0] for name, those in by_article.items()}
    left = [each for those in by_article.values() for each in those[1:]]
    found: dict[str, list[Asked]] = {way: [] for way in WAYS}
    for kept, questions_now in _shelves(past, [*left, *unknown]):
        for way, measured in (await _ask(articles, kept, questions_now)).items():
            found[way] += measured
    return found


def _shelves(
    past: Mapping[str, AskedQuestion], asked: Sequence[AskedQuestion]
) -> Iterator[tuple[Mapping[str, AskedQuestion], Sequence[AskedQuestion]]]:
    yield past, asked
    for part in range(PARTS):
        gone = {name for number, name in enumerate(sorted(past)) if number % PARTS == part}
        kept = {name: each for name, each in past.items() if name not in gone}
        yield kept, [each for each in asked if each.article in gone]


async def _ask(
    articles: Mapping[str, Article], past: Mapping[str, AskedQuestion], asked: Sequence[AskedQuestion]
) -> dict[str, list[Asked]]:
    meanings = PassageVectors(find_wordllama())
    meaning = meanings.meaning
    assert meaning is not None, "the extra `answers` is needed"
    numbers = {name: number for number, name in enumerate(sorted(past), 1)}

    def index(uow: UnitOfWork) -> None:
        for name, question in past.items():
            answer = _answer(numbers[name], question.text, passages_of(articles[name])[0].text)
            uow.passages.replace(answer.article, [answer.passage])

    def ask(uow: UnitOfWork) -> dict[str, list[Asked]]:
        return {
            way: [_asked(uow, each, numbers, meanings, frozenset(senses)) for each in asked]
            for way, senses in WAYS.items()
        }

    return await asked_once(index, ask, meaning=meaning)


def _asked(
    uow: UnitOfWork,
    asked: AskedQuestion,
    numbers: Mapping[str, int],
    meanings: PassageVectors,
    senses: frozenset[Sense],
) -> Asked:
    fits = fits_of(uow, asked.text, READERS, language="en", meanings=meanings, senses=senses)
    first = fits.found[0] if fits.found else None
    number = numbers.get(asked.article or "")
    right = name_of(number) if number is not None else None
    return Asked(
        has_answer=right is not None,
        is_right=first is not None and first.found.passage.article == right,
        score=first.score if first is not None else 0.0,
    )


def _answer(number: int, question: str, text: str) -> EarlierAnswer:
    return EarlierAnswer(
        ticket=number,
        message=number,
        team="it",
        community=None,
        question=question,
        text=text,
        language="en",
        said_at=AT,
    )


if __name__ == "__main__":
    main()

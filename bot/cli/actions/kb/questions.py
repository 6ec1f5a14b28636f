"""A CSV file of questions and the articles that answer them, with what is wrong in it by lines."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.config.file.document import text_of
from bot.config.file.problems import DeskFileError, Problem, did_you_mean
from bot.config.knowledge.folder import SUFFIX
from bot.domain.sentence import Sentence, sentence

COLUMNS = ("question", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """`article` is the name of the one that answers it; None where none does."""

    text: str
    article: str | None


def read_questions(path: Path, articles: Collection[str]) -> list[AskedQuestion]:
    """Raises DeskFileError with every problem of the file and its line."""
    text = text_of(path)
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    questions: list[AskedQuestion] = []
    problems: list[Problem] = []
    try:
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        rows.fieldnames = names
        lacking = [each for each in COLUMNS if text.strip() and each not in names]
        problems += (Problem(1, sentence("terminal.csv_no_column", name=each)) for each in lacking)
        for row in [] if problems else rows:
            read = _read(row, articles)
            if isinstance(read, AskedQuestion):
                questions.append(read)
            else:
                problems.append(Problem(rows.line_num, read))
    except csv.Error as error:
        problems.append(Problem(rows.reader.line_num, sentence("terminal.csv_broken", reason=str(error))))
    if not questions and not problems:
        problems.append(Problem(0, sentence("terminal.no_questions")))
    if problems:
        raise DeskFileError(path, problems)
    return questions


def _read(row: dict[str, str | None], articles: Collection[str]) -> AskedQuestion | Sentence:
    """The question of this row, or what is wrong with it."""
    text = (row["question"] or "").strip()
    if not text:
        return sentence("terminal.question_empty")
    written = (row["article"] or "").strip()
    name = written[: -len(SUFFIX)] if written.lower().endswith(SUFFIX) else written
    if name and name not in articles:
        return sentence("terminal.no_article", name=written, hint=did_you_mean(name, articles))
    return AskedQuestion(text=text, article=name or None)

"""How well learned sorting does: learned from one file, compared with what people chose in another.

What is measured is what the desk does: the same process learns, and the same plain Python suggests.
"""

import asyncio
import csv
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.cli.actions.triage.figures import Evaluation, print_json, print_tables
from bot.domain.errors import UsageError
from bot.domain.sentence import sentence
from bot.domain.sorting.model import SortingModel
from bot.domain.sorting.score import Outcome, Score
from bot.domain.suggestions import did_you_mean, nearest
from bot.services.sorting.learner_process import LearnedField, LessonPlan, TrainingRequest, can_learn, learn

LEAST_ROWS: Final = 50
LEAST_OF_LABEL: Final = 5
FIELD: Final = "label"
LARGEST_CELL: Final = 10_000_000
"""Characters; csv would refuse a long request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelColumns:
    text: str
    label: str


@dataclass(slots=True)
class LabelledRows:
    """What a file has: `skipped` are rows without a text or a label."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    skipped: int = 0


def evaluate(train: Path, test: Path, *, columns: LabelColumns, is_json: bool) -> None:
    if not can_learn():
        raise UsageError(sentence("operations.learner_missing"))
    learned_from, compared = _read(train, columns), _read(test, columns)
    _require_enough(train, columns, learned_from)
    if not compared.rows:
        raise UsageError(sentence("terminal.triage_nothing_to_compare", file=str(test)))
    began = time.monotonic()
    learned = asyncio.run(_learn(learned_from.rows))
    seconds = time.monotonic() - began
    if learned.model is None:
        raise UsageError(sentence("terminal.triage_few_of_a_label", file=str(train), least=LEAST_OF_LABEL))
    found = _compared(SortingModel.from_bytes(learned.model), compared, learned)
    evaluation = Evaluation(
        score=found.score,
        learned_from=len(learned_from.rows),
        labels=learned.labels,
        rare=learned.rare,
        unseen=found.unseen,
        wordless=found.wordless,
        skipped_in_train=learned_from.skipped,
        skipped_in_test=compared.skipped,
        seconds=seconds,
        milliseconds=found.milliseconds,
    )
    (print_json if is_json else print_tables)(evaluation)


def _read(file: Path, columns: LabelColumns) -> LabelledRows:
    """Raises UsageError for what is no CSV of these columns in UTF-8."""
    if not file.is_file():
        raise UsageError(sentence("terminal.no_file", file=str(file)))
    csv.field_size_limit(LARGEST_CELL)
    found = LabelledRows()
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            _require_columns(file, reader.fieldnames or (), columns)
            for row in reader:
                text, label = (row[columns.text] or "").strip(), (row[columns.label] or "").strip()
                if text and label:
                    found.rows.append((text, label))
                else:
                    found.skipped += 1
    except UnicodeDecodeError:
        raise UsageError(sentence("terminal.triage_encoding", file=str(file), line=_bad_line(file))) from None
    except csv.Error as error:
        raise UsageError(sentence("terminal.triage_no_csv", file=str(file), reason=str(error))) from None
    return found


def _bad_line(file: Path) -> str:
    """The number of the first line that is not UTF-8; a decoder reads ahead and does not tell."""
    with file.open("rb") as opened:
        for number, line in enumerate(opened, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return str(number)
    return "?"


def _require_columns(file: Path, names: Sequence[str], columns: LabelColumns) -> None:
    if not names:
        raise UsageError(sentence("terminal.triage_empty", file=str(file)))
    for asked in (columns.text, columns.label):
        if asked not in names:
            hint = did_you_mean(nearest(asked, names))
            missing = sentence(
                "terminal.triage_no_column", file=str(file), column=asked, columns=tuple(names)
            )
            raise UsageError(missing, *hint)


def _require_enough(file: Path, columns: LabelColumns, found: LabelledRows) -> None:
    counts = Counter(label for _, label in found.rows)
    if len(found.rows) < LEAST_ROWS:
        rows = len(found.rows)
        raise UsageError(sentence("terminal.triage_few_rows", file=str(file), rows=rows, least=LEAST_ROWS))
    if len(counts) == 1:
        only = next(iter(counts))
        raise UsageError(
            sentence("terminal.triage_one_label", file=str(file), column=columns.label, label=only)
        )


async def _learn(rows: Sequence[tuple[str, str]]) -> LearnedField:
    wanted = LessonPlan(fields=(FIELD,), least=LEAST_OF_LABEL, least_in_all=LEAST_ROWS)
    return (await learn(wanted, _requests(rows)))[FIELD]


async def _requests(rows: Sequence[tuple[str, str]]) -> AsyncIterator[TrainingRequest]:
    for text, label in rows:
        yield TrainingRequest(text=text, labels={FIELD: label})


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRows:
    """`unseen` are labels that nothing was learned of, and how many requests have them; they count as wrong.

    `wordless` requests have no word that was ever seen, so nothing is suggested for them.
    """

    score: Score
    unseen: dict[str, int]
    wordless: int
    milliseconds: float


def _compared(model: SortingModel, compared: LabelledRows, learned: LearnedField) -> ComparedRows:
    outcomes: list[Outcome] = []
    known = set(learned.labels) - set(learned.rare)
    began = time.monotonic()
    for text, label in compared.rows:
        guess = model.guess(text)
        if guess is not None:
            outcomes.append(Outcome(sureness=guess.sureness, is_right=guess.label == label))
    took = time.monotonic() - began
    return ComparedRows(
        score=Score(outcomes, len(compared.rows)),
        unseen=dict(Counter(label for _, label in compared.rows if label not in known)),
        wordless=len(compared.rows) - len(outcomes),
        milliseconds=1000 * took / len(compared.rows),
    )

"""Figures of an evaluation: as tables for people, and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.terminal import for_terminal
from bot.domain.sentence import Sentence, sentence
from bot.domain.sorting.score import Score, Tenth, Threshold
from bot.text.error_text import english

FEW: Final = 50
"""Suggestions of a tenth below which its share of right ones is mostly chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`labels` has how many requests each had in the file that was learned from."""

    score: Score
    learned_from: int
    labels: Mapping[str, int]
    rare: Sequence[str]
    unseen: Mapping[str, int]
    wordless: int
    skipped_in_train: int
    skipped_in_test: int
    seconds: float
    milliseconds: float


def print_tables(found: Evaluation) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for each in _head(found):
        console.print(for_terminal(each))
    console.print(_thresholds(found.score))
    console.print(_tenths(found.score))
    for each in _remarks(found):
        console.print(for_terminal(each))


def _head(found: Evaluation) -> Iterator[Sentence]:
    learned = len(found.labels) - len(found.rare)
    yield sentence(
        "terminal.triage_learned",
        requests=f"{found.learned_from:,}",
        labels=learned,
        seconds=f"{found.seconds:.0f}",
    )
    yield sentence(
        "terminal.triage_right",
        share=_percent(found.score.accuracy),
        right=f"{found.score.right:,}",
        requests=f"{found.score.requests:,}",
    )


def _thresholds(score: Score) -> Table:
    table = Table(title=english(sentence("terminal.triage_thresholds")), title_justify="left")
    for head in ("sure from", "suggested", "coverage", "right"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in score.thresholds():
        accuracy = "–" if each.accuracy is None else _percent(each.accuracy)
        table.add_row(f"{each.least:.0%}", f"{each.suggested:,}", _percent(each.coverage), accuracy)
    return table


def _tenths(score: Score) -> Table:
    table = Table(title=english(sentence("terminal.triage_calibration")), title_justify="left")
    for head in ("sureness", "suggested", "mean", "right", "difference"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in score.tenths():
        few = " (few)" if each.suggested < FEW else ""
        table.add_row(
            f"{each.least:.0%}–{each.least + 0.1:.0%}",
            f"{each.suggested:,}",
            _percent(each.sureness),
            _percent(each.accuracy),
            f"{100 * each.difference:+.1f}{few}",
        )
    return table


def _remarks(found: Evaluation) -> Iterator[Sentence]:
    if found.unseen:
        labels = tuple(f"{label} ({many})" for label, many in found.unseen.items())
        yield sentence("terminal.triage_unseen", count=sum(found.unseen.values()), labels=labels)
    if found.rare:
        yield sentence("terminal.triage_rare", labels=tuple(found.rare))
    if found.wordless:
        yield sentence("terminal.triage_wordless", count=found.wordless)
    skipped = found.skipped_in_train + found.skipped_in_test
    if skipped:
        yield sentence("terminal.triage_skipped", count=skipped)


def _percent(share: float) -> str:
    return f"{share:.1%}"


def print_json(found: Evaluation) -> None:
    score = found.score
    told = {
        "learned_from": found.learned_from,
        "labels": found.labels,
        "rare_labels": list(found.rare),
        "requests": score.requests,
        "right": score.right,
        "accuracy": round(score.accuracy, 4),
        "thresholds": [_threshold(each) for each in score.thresholds()],
        "tenths": [_tenth(each) for each in score.tenths()],
        "unseen_labels": found.unseen,
        "without_known_words": found.wordless,
        "skipped": {"train": found.skipped_in_train, "test": found.skipped_in_test},
        "seconds_to_learn": round(found.seconds, 1),
        "milliseconds_to_suggest": round(found.milliseconds, 3),
    }
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _threshold(each: Threshold) -> dict[str, Any]:
    accuracy = None if each.accuracy is None else round(each.accuracy, 4)
    return {
        "sureness": each.least,
        "suggested": each.suggested,
        "coverage": round(each.coverage, 4),
        "accuracy": accuracy,
    }


def _tenth(each: Tenth) -> dict[str, Any]:
    return {
        "from": each.least,
        "until": round(each.least + 0.1, 1),
        "suggested": each.suggested,
        "sureness": round(each.sureness, 4),
        "accuracy": round(each.accuracy, 4),
        "difference_in_points": round(100 * each.difference, 1),
    }

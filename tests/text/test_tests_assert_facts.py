"""Tests assert which sentence was said and with which facts, not its prose: a word can be mended in one place."""

import ast
import re
from pathlib import Path

import pytest

from bot.text.catalogue import audiences, entries

TESTS = Path(__file__).parents[1]
FILES = sorted(path for path in TESTS.rglob("*.py") if path != Path(__file__))
LONGEST = 4
"""Words of a sentence that a test may look for."""
WORD = re.compile(r"[\w’'-]+")


def runs_of_the_catalogue() -> frozenset[str]:
    """Every run of words, one longer than a test may look for, between the facts of any English sentence."""
    return frozenset(
        run
        for audience in audiences()
        for entry in entries("en", audience).values()
        for form in entry.forms
        for fixed in re.split(r"\{\w+\}", form.source)
        for run in runs(fixed)
    )


def runs(text: str) -> list[str]:
    words = [word.lower() for word in WORD.findall(text)]
    return [" ".join(words[at : at + LONGEST + 1]) for at in range(len(words) - LONGEST)]


PRIORITIES = "low normal high or urgent"
"""A fact of a refusal, as lists of choices are written."""
OURS = runs_of_the_catalogue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_repeats_what_deskbell_says(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        node.value: run
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for run in runs(node.value)
        if run in OURS and run != PRIORITIES
    }
    assert said == {}

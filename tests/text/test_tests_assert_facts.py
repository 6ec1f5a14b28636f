"""Tests assert which sentence was said and with which facts, not its prose: a word can be mended in one place."""

import ast
from pathlib import Path

import pytest

from tests.text.runs import runs, runs_of

TESTS = Path(__file__).parents[1]
FILES = sorted(path for path in TESTS.rglob("*.py") if path != Path(__file__))
LONGEST = 4
"""Words of a sentence that a test may look for."""
PRIORITIES = "low normal high or urgent"
"""A fact of a refusal, as lists of choices are written."""
OURS = runs_of("en", LONGEST + 1)


ROOMS = sorted({path.relative_to(TESTS).parts[0] for path in FILES})


@pytest.mark.parametrize("room", ROOMS)
def test_no_test_repeats_what_deskbell_says(room: str) -> None:
    files = [path for path in FILES if path.relative_to(TESTS).parts[0] == room]
    assert {str(path.relative_to(TESTS)): said for path in files if (said := repeated_in(path))} == {}


def repeated_in(path: Path) -> dict[str, str]:
    """The texts of a test that repeat ours, and what of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value: run
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for run in runs(node.value, LONGEST + 1)
        if run in OURS and run != PRIORITIES
    }

"""Wherever the code says a sentence by its key, it gives all the facts that the sentence is filled with."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain import errors
from bot.text.catalogue import FALLBACK, audiences, entry, has
from tests.text.keys_in_code import PACKAGES

ROOT = Path(__file__).parents[2]
SAYING = frozenset({"sentence", "say", "words", "answer"}) | {
    name
    for name, each in vars(errors).items()
    if isinstance(each, type)
    and issubclass(each, errors.DeskbellError)
    and not issubclass(each, errors.TechnicalError)
}
"""What is called with a key and, by name, with every fact."""


@pytest.mark.parametrize("package", PACKAGES)
def test_a_sentence_is_given_its_facts(package: str) -> None:
    said = [each for path in (ROOT / package).rglob("*.py") for each in _said_in(path)]
    assert said, "nothing is said here: the scan is broken"
    lacking = [f"{place}: {key} lacks {sorted(lack)}" for place, key, lack in said if lack]
    assert not lacking, "\n".join(lacking)


def _said_in(path: Path) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Place, key, and the placeholders that nothing fills, of each call with a key that stands in the code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node.func) not in SAYING:
            continue
        given = {each.arg for each in node.keywords}
        if None in given:
            continue
        for key in (key for argument in node.args for key in _keys(argument)):
            wanted = frozenset().union(*(form.placeholders for form in entry(FALLBACK, key).forms))
            yield f"{path.relative_to(ROOT)}:{node.lineno}", key, wanted - given


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _keys(argument: ast.expr) -> Iterator[str]:
    """The key that stands here, or either of two."""
    match argument:
        case ast.Constant(value=str(key)) if key.partition(".")[0] in audiences() and has(FALLBACK, key):
            yield key
        case ast.IfExp(body=one, orelse=other):
            yield from _keys(one)
            yield from _keys(other)
        case _:
            return

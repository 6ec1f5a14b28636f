"""Whatever an answer holds, reading it ends, and what it brings is short and plain."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.lookups.answer_facts import LONGEST_FACT, MOST_VALUES, read_facts
from bot.domain.lookups.lookup import LookupField


def read(answer: object, path: str = "a.b") -> tuple[str, str | None]:
    """What became of the fact: `known`, `odd`, `missing` or `empty`, and its value."""
    reading = read_facts(answer, [LookupField(name="it", label="It", path=tuple(path.split(".")))])
    if reading.odd:
        return "odd", None
    if reading.missing:
        return "missing", None
    return ("known", reading.facts["it"]) if reading.facts else ("empty", None)


@pytest.mark.parametrize(
    ("answer", "path", "found"),
    [
        ({"a": {"b": "gold"}}, "a.b", ("known", "gold")),
        ({"a": [{"b": 1}, {"b": 2}]}, "a.1.b", ("known", "2")),
        ([{"b": 1.5}], "0.b", ("known", "1.5")),
        ({"a": {"b": True}}, "a.b", ("known", "yes")),
        ({"a": {"b": False}}, "a.b", ("known", "no")),
        ({"a": {"b": 0}}, "a.b", ("known", "0")),
        ({"a": {"b": ["x", None, "y"]}}, "a.b", ("known", "x\ny")),
        ({"a": {"b": " two\n lines\x1b[31m "}}, "a.b", ("known", "two lines [31m")),
        ({"a": {"b": "\ud800"}}, "a.b", ("empty", None)),
        ({"a": {"b": None}}, "a.b", ("missing", None)),
        ({"a": {"b": []}}, "a.b", ("missing", None)),
        ({"a": {}}, "a.b", ("missing", None)),
        ({"a": []}, "a.0.b", ("missing", None)),
        ({"a": "gold"}, "a.b", ("missing", None)),
        ({"a": {"b": {"c": 1}}}, "a.b", ("odd", None)),
        ({"a": {"b": [{"c": 1}]}}, "a.b", ("odd", None)),
    ],
)
def test_a_path_leads_to_a_plain_value_or_to_none(
    answer: Any, path: str, found: tuple[str, str | None]
) -> None:
    assert read(answer, path) == found


def test_a_long_value_is_cut_and_a_long_list_too() -> None:
    _, value = read({"a": {"b": "x" * 10_000}})
    assert value is not None
    assert len(value) == LONGEST_FACT
    _, value = read({"a": {"b": ["x"] * 10_000}})
    assert value is not None
    assert len(value.splitlines()) == MOST_VALUES


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from("ab0"), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON, some.sampled_from(["a", "a.b", "0", "a.0.b", "b.b.b"]))
def test_every_answer_can_be_read(answer: Any, path: str) -> None:
    what, value = read(answer, path)
    assert (value is None) is (what != "known")
    assert value is None or all(
        len(line) <= LONGEST_FACT and line.isprintable() for line in value.splitlines()
    )

"""Placeholders: what stands for something, what stays as it is, and that values are never read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.macros.placeholders import (
    PLACEHOLDERS,
    Placeholder,
    fill,
    first_name,
    placeholders_in,
    unclosed_in,
)


def names(text: str) -> list[str]:
    return [each.name for each in placeholders_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi {requester.first_name}, {ticket.number}", ["requester.first_name", "ticket.number"]),
        ("{ Requester.Name } {requester.name}", ["requester.name"]),
        ("{field.asset_tag} {field.größe}", ["field.asset_tag", "field.größe"]),
        ("{{requester.name}}", []),
        ('{"a": {"b": 1}} {} { } {1} {a b} {a: {b: 1}}', []),
        ("{{{ticket.number}}}", []),
    ],
)
def test_braces_around_a_name_are_a_placeholder(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_value_takes_the_place_of_each_placeholder() -> None:
    filled = fill("{a} and {b}, {A}", lambda each: {"a": "one", "b": "two"}[each.name])
    assert (filled.text, filled.missing) == ("one and two, one", ())


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_what_has_no_value_stays_to_be_seen_and_is_named_once(value: str) -> None:
    filled = fill("{a} {A} {b}", lambda each: "x" if each.name == "b" else value)
    assert filled.text == "{a} {A} x"
    assert filled.missing == (Placeholder("a", "{a}"),)


def test_doubled_braces_show_the_words_and_in_a_filled_text_stay_doubled() -> None:
    assert fill("{{ticket.number}}", lambda _: "x").text == "{ticket.number}"
    assert fill("{{ticket.number}}", lambda _: "x", keeps_braces=True).text == "{{ticket.number}}"


@given(st.text(), st.sampled_from(PLACEHOLDERS), st.text())
def test_a_value_is_text_whatever_it_looks_like(before: str, name: str, value: str) -> None:
    text = before.replace("{", "(").replace("}", ")") + f"{{{name}}}"
    filled = fill(text, lambda _: value)
    whole = value.strip() or f"{{{name}}}"
    assert filled.text == text[: -len(name) - 2] + whole


@given(st.text())
def test_a_text_without_placeholders_is_left_as_it_is(text: str) -> None:
    if not placeholders_in(text) and "{{" not in text:
        assert fill(text, lambda _: "x").text == text


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ana Lima", "Ana"), ("Lima, Ana Maria", "Ana"), ("Ana", "Ana"), ("Ana,", "Ana,"), ("", ""), (" ", "")],
)
def test_a_first_name_is_the_first_word_of_a_name(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("Hi {requester.first_name, it works", "{requester.first_name"),
        ("Hi { field.asset_tag", "{ field.asset_tag"),
        ("Hi {requester.first_name}", None),
        ("Hi { ticket.number }", None),
        ("Say {{agent.name}}", None),
        ("if (a) { return }", None),
    ],
)
def test_what_lacks_its_closing_brace_is_found(text: str, unclosed: str | None) -> None:
    assert unclosed_in(text) == unclosed

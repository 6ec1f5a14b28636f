"""What people type for a custom field in their language, and how its value reads in another."""

import pytest

from bot.domain.errors import Refused
from bot.domain.tickets.custom_field import LONGEST_ANSWER, CustomField, FieldKind
from bot.text.field_values import read_value, value_in_words

BUILDINGS = ("Main", "Annex 2", "Zürich")


def a_field(kind: FieldKind) -> CustomField:
    return CustomField(name="floor", label="Floor", kind=kind, choices=BUILDINGS if kind.is_chosen else ())


@pytest.mark.parametrize(
    ("kind", "typed", "language", "value"),
    [
        (FieldKind.TEXT, "  the  second ", "en", "the second"),
        (FieldKind.LONG_TEXT, "one\n\ntwo", "en", "one\n\ntwo"),
        (FieldKind.NUMBER, "1,234.50", "en", "1234.5"),
        (FieldKind.NUMBER, "1.234,5", "de", "1234.5"),
        (FieldKind.NUMBER, "1.234", "de", "1234"),
        (FieldKind.NUMBER, "12.5", "de", "12.5"),
        (FieldKind.NUMBER, "1 234,5", "fr", "1234.5"),
        (FieldKind.NUMBER, "-0.0", "en", "0"),
        (FieldKind.NUMBER, "120", "es", "120"),
        (FieldKind.CHOICE, "annex 2!", "en", "Annex 2"),
        (FieldKind.CHOICE, "zurich", "de", "Zürich"),
        (FieldKind.CHOICES, "zürich, main, Main", "en", "Main\nZürich"),
        (FieldKind.DATE, "2026-03-02", "de", "2026-03-02"),
        (FieldKind.DATE, "2.3.2026", "de", "2026-03-02"),
        (FieldKind.DATE, "2/3/2026", "en", "2026-03-02"),
        (FieldKind.DATE, "2 March 2026", "en", "2026-03-02"),
        (FieldKind.DATE, "March 2, 2026", "en", "2026-03-02"),
        (FieldKind.DATE, "2. März 2026", "de", "2026-03-02"),
        (FieldKind.DATE, "2 de março de 2026", "pt", "2026-03-02"),
        (FieldKind.YES_NO, "Ja", "de", "yes"),
        (FieldKind.YES_NO, "no", "fr", "no"),
        (FieldKind.NUMBER, "", "en", ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form(kind: FieldKind, typed: str, language: str, value: str) -> None:
    assert read_value(a_field(kind), typed, language=language) == value


def test_an_input_for_numbers_writes_them_alike_in_every_language() -> None:
    number = a_field(FieldKind.NUMBER)
    assert read_value(number, "1.234", language="de", is_canonical_number=True) == "1.234"


@pytest.mark.parametrize(
    ("kind", "typed", "language", "refusal", "accepted"),
    [
        (FieldKind.TEXT, "x" * (LONGEST_ANSWER + 1), "en", "refusals.answer_too_long", {}),
        (FieldKind.NUMBER, "12,5", "en", "refusals.field_number", {"example": "1,234.5"}),
        (FieldKind.NUMBER, "1e5", "en", "refusals.field_number", {}),
        (FieldKind.NUMBER, "9" * 16, "en", "refusals.field_number_long", {}),
        (FieldKind.CHOICE, "Anex 2", "en", "refusals.field_choice_nearly", {"choice": "Annex 2"}),
        (FieldKind.CHOICE, "somewhere", "en", "refusals.field_choice", {}),
        (FieldKind.CHOICES, "Main, somewhere", "en", "refusals.field_choice", {"text": "somewhere"}),
        (FieldKind.DATE, "31.2.2026", "de", "refusals.field_date", {"example": "24.12.2026"}),
        (FieldKind.DATE, "2/3/26", "en", "refusals.field_date", {"text": "2/3/26"}),
        (FieldKind.DATE, "tomorrow", "en", "refusals.field_date", {}),
        (FieldKind.DATE, "2/99999999999999999999/2026", "en", "refusals.field_date", {}),
        (FieldKind.YES_NO, "maybe", "en", "refusals.field_yes_no", {"yes": "Yes", "no": "No"}),
    ],
)
def test_what_cannot_be_read_names_the_field_and_what_is_accepted(
    kind: FieldKind, typed: str, language: str, refusal: str, accepted: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refused:
        read_value(a_field(kind), typed, language=language)
    (sentence,) = refused.value.sentences
    assert sentence.key == refusal
    assert sentence.facts["label"] == "Floor"
    assert accepted.items() <= sentence.facts.items()


@pytest.mark.parametrize(
    ("kind", "value", "language", "words"),
    [
        (FieldKind.NUMBER, "1234.5", "de", "1.234,5"),
        (FieldKind.DATE, "2026-12-24", "de", "24. Dez. 2026"),
        (FieldKind.YES_NO, "yes", "pt", "Sim"),
        (FieldKind.CHOICES, "Main\nZürich", "de", "Main und Zürich"),
        (FieldKind.PEOPLE, "web:bo\nweb:eve", "en", "Bo Berg and web:eve"),
        (FieldKind.DATE, "of another kind before", "en", "of another kind before"),
    ],
)
def test_a_value_reads_as_the_language_writes_it(
    kind: FieldKind, value: str, language: str, words: str
) -> None:
    assert value_in_words(kind, value, language=language, names={"web:bo": "Bo Berg"}) == words

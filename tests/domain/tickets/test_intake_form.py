"""What a form asks, and what it says of an answer that does not do."""

import pytest

from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.tickets.intake_form import LONGEST_ANSWER, CustomField, FieldKind


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        (FieldKind.TEXT, "", sentence("refusals.missing", label="Floor")),
        (FieldKind.TEXT, "the second", None),
        (FieldKind.LONG_TEXT, "x" * LONGEST_ANSWER, None),
        (
            FieldKind.LONG_TEXT,
            "x" * (LONGEST_ANSWER + 1),
            sentence("refusals.answer_too_long", label="Floor", limit=LONGEST_ANSWER),
        ),
        (FieldKind.CHOICE, "second", None),
        (
            FieldKind.CHOICE,
            "Second",
            sentence("refusals.choose", label="Floor", choices=OneOf(("first", "second"))),
        ),
        (FieldKind.DATE, "2026-03-02", None),
        (FieldKind.DATE, "20260302", sentence("refusals.not_a_date", label="Floor")),
        (FieldKind.DATE, "2026-02-30", sentence("refusals.not_a_date", label="Floor")),
    ],
)
def test_an_answer_is_taken_or_refused_in_words(
    kind: FieldKind, answer: str, problem: Sentence | None
) -> None:
    choices = ("first", "second") if kind is FieldKind.CHOICE else ()
    floor = CustomField(name="floor", label="Floor", kind=kind, is_required=True, choices=choices)
    assert floor.problem_with(answer) == problem


def test_what_need_not_be_answered_may_be_left_out() -> None:
    assert CustomField(name="day", label="Day", kind=FieldKind.DATE).problem_with("") is None

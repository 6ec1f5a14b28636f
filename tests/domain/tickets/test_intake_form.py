"""What a form asks, and what it says of an answer that does not do."""

import pytest

from bot.domain.tickets.intake_form import LONGEST_ANSWER, CustomField, FieldKind


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        (FieldKind.TEXT, "", "Floor is missing."),
        (FieldKind.TEXT, "the second", ""),
        (FieldKind.LONG_TEXT, "x" * LONGEST_ANSWER, ""),
        (
            FieldKind.LONG_TEXT,
            "x" * (LONGEST_ANSWER + 1),
            "Floor is longer than 3,000 characters; shorten it, or send a file.",
        ),
        (FieldKind.CHOICE, "second", ""),
        (FieldKind.CHOICE, "Second", "Floor: choose one of first, second."),
        (FieldKind.DATE, "2026-03-02", ""),
        (FieldKind.DATE, "20260302", "Floor: write a date as in 2026-03-02."),
        (FieldKind.DATE, "2026-02-30", "Floor: write a date as in 2026-03-02."),
    ],
)
def test_an_answer_is_taken_or_refused_in_words(kind: FieldKind, answer: str, problem: str) -> None:
    choices = ("first", "second") if kind is FieldKind.CHOICE else ()
    floor = CustomField(name="floor", label="Floor", kind=kind, is_required=True, choices=choices)
    assert floor.problem_with(answer) == problem


def test_what_need_not_be_answered_may_be_left_out() -> None:
    assert CustomField(name="day", label="Day", kind=FieldKind.DATE).problem_with("") == ""

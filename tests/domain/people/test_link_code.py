"""A code is read however it is typed, and is good for ten minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.people.link_code import LENGTH, LETTERS, LIFE, LinkCode, read_code, written_code

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["7kq2-mxpa", " 7KQ2 MXPA ", "7KQ2MXPA", "`7KQ2-MXPA`"])
def test_a_code_is_read_in_any_letters_with_and_without_its_dash(typed: str) -> None:
    assert read_code(typed) == "7KQ2MXPA"
    assert written_code(read_code(typed)) == "7KQ2-MXPA"


def test_no_two_letters_of_a_code_look_alike_and_it_cannot_be_guessed() -> None:
    assert not set("IO10") & set(LETTERS)
    assert len(set(LETTERS)) ** LENGTH >= 2**40


@pytest.mark.parametrize(
    ("after", "is_good"),
    [
        (timedelta(), True),
        (LIFE - timedelta(seconds=1), True),
        (LIFE, False),
        (timedelta(seconds=-1), False),
    ],
)
def test_it_is_good_for_as_long_as_was_said(after: timedelta, *, is_good: bool) -> None:
    code = LinkCode(account="web:ana", code="7KQ2MXPA", made_at=NOW)
    assert code.is_good_at(NOW + after) is is_good

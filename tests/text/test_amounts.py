"""Amounts are written as each language writes them, and rounding never claims what is not so."""

from datetime import timedelta

import pytest

from bot.text.amounts import ago, exact_length, share, working_time

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 200, "0%"),
        (1, 201, "<1%"),
        (1, 200, "1%"),
        (2, 3, "67%"),
        (1, 8, "13%"),
        (199, 200, ">99%"),
        (200, 200, "100%"),
    ],
)
def test_a_share_is_the_nearest_percent_and_neither_all_nor_nothing_unless_it_is(
    part: int, whole: int, words: str
) -> None:
    assert share(part, whole, "en") == words


def test_other_languages_put_a_space_before_the_sign() -> None:
    assert share(2, 3, "de") == f"67{NBSP}%"
    assert share(1, 1_000, "de") == f"<1{NBSP}%"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (40, "40 s"), (2_700, "45 min"), (93_900, "26 h 5 min"), (3_601, "1 h 1 s")],
)
def test_working_time_is_exact_and_never_in_days(seconds: int, words: str) -> None:
    assert exact_length(seconds, "en") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "40 s"), (119, "1 min"), (41 * 60 + 30, "41 min"), (11 * 3_600 + 56 * 60 + 59, "11 h 56 min")],
)
def test_a_length_of_business_hours_is_the_whole_minutes_that_have_passed(seconds: int, words: str) -> None:
    assert working_time(timedelta(seconds=seconds), "en") == words


@pytest.mark.parametrize(("hours", "expected"), [(1, "1 hour ago"), (43, "1 day ago"), (48, "2 days ago")])
def test_an_age_counts_whole_units(hours: int, expected: str) -> None:
    assert ago(timedelta(hours=hours).total_seconds(), "en") == expected

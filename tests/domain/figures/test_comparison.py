"""What is said of a change: faster, slower, alike, or that there are too few to tell."""

from datetime import timedelta

import pytest

from bot.domain.figures.comparison import Comparison, LengthChange, compare

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (0.82 * HOUR, HOUR, Comparison(change=LengthChange.FASTER, per_cent=18)),
        (1.5 * HOUR, HOUR, Comparison(change=LengthChange.SLOWER, per_cent=50)),
        (1.04 * HOUR, HOUR, Comparison(change=LengthChange.ALIKE)),
        (0.95 * HOUR, HOUR, Comparison(change=LengthChange.ALIKE)),
        (timedelta(seconds=0.3), timedelta(seconds=0.4), Comparison(change=LengthChange.ALIKE)),
        (timedelta(seconds=1), HOUR, Comparison(change=LengthChange.FASTER, per_cent=99)),
        (HOUR, 0 * HOUR, Comparison(change=LengthChange.TOO_FEW)),
    ],
)
def test_a_difference_is_told_in_per_cent_of_the_time_before(
    now: timedelta, before: timedelta, expected: Comparison
) -> None:
    assert compare(now=now, many_now=10, before=before, many_before=10) == expected


@pytest.mark.parametrize(("many_now", "many_before"), [(9, 100), (100, 9), (0, 0)])
def test_few_cases_are_not_compared(many_now: int, many_before: int) -> None:
    found = compare(now=HOUR, many_now=many_now, before=9 * HOUR, many_before=many_before)
    assert found == Comparison(change=LengthChange.TOO_FEW)

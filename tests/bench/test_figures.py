"""A figure says what it is worth: its ratio to the raw limit, and whether the goal was reached."""

import pytest

from tests.bench.__main__ import BENCHMARKS, benchmark
from tests.bench.figures import Better, Figure, Raw, shown

RATE = Figure(
    what="tickets through intake",
    value=1_200,
    unit="/s",
    settings="SQLite, synchronous=FULL",
    better=Better.HIGHER,
    goal=1_000,
    raw=Raw(value=4_800, what="sqlite3 alone"),
)


def test_a_figure_is_shown_with_its_raw_limit_its_goal_and_its_settings() -> None:
    told = " ".join(shown(RATE).split())

    assert "1,200 /s 0.25 × raw goal: at least 1,000 /s: reached" in told
    assert "raw: 4,800 /s, sqlite3 alone" in told
    assert "SQLite, synchronous=FULL" in told


@pytest.mark.parametrize(("better", "is_reached"), [(Better.HIGHER, True), (Better.LOWER, False)])
def test_more_is_good_for_rates_and_bad_for_times(better: Better, is_reached: bool) -> None:
    figure = Figure(what="it", value=2, unit="ms", settings="", better=better, goal=1)

    assert figure.is_reached is is_reached


def test_without_a_goal_or_a_raw_limit_nothing_is_claimed() -> None:
    figure = Figure(what="it", value=2, unit="ms", settings="")

    assert (figure.ratio, figure.is_reached) == (None, None)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_on_the_list_can_be_run(name: str) -> None:
    assert callable(benchmark(name))

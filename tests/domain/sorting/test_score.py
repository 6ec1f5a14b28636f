"""Figures of how well suggestions did."""

import pytest

from bot.domain.sorting.score import Outcome, Score


def outcomes(*of: tuple[float, bool]) -> list[Outcome]:
    return [Outcome(sureness=sureness, is_right=is_right) for sureness, is_right in of]


def test_requests_without_a_suggestion_count_as_not_right() -> None:
    assert Score(outcomes((0.9, True)), 2).accuracy == 0.5


def test_coverage_and_accuracy_are_told_from_each_sureness_up() -> None:
    score = Score(outcomes((0.97, True), (0.93, False), (0.6, False), (0.2, True)), 5)
    told = score.from_sureness(0.9)
    assert (told.suggested, told.coverage, told.accuracy) == (2, 0.4, 0.5)
    assert [each.least for each in score.thresholds()][::9] == [0.5, 0.95]


def test_nothing_so_sure_has_no_accuracy() -> None:
    assert Score(outcomes((0.6, True)), 1).from_sureness(0.95).accuracy is None


def test_tenths_compare_how_sure_with_how_right() -> None:
    (low, high) = Score(outcomes((0.12, False), (1.0, True), (0.9, True)), 3).tenths()
    assert (low.least, low.suggested, high.least, high.suggested) == (0.1, 1, 0.9, 2)
    assert high.difference == pytest.approx(0.05)

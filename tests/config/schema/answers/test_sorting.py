"""`sorting`: whether Deskbell learns from past tickets, and what it may do with that."""

from datetime import time
from pathlib import Path

import pytest

from bot.domain.sorting.policy import SortedField, SortingMode
from tests.config.desk_files import SMALL, complaints, load


def with_sorting(told: str) -> str:
    return f"{SMALL}\nsorting: {told}\n"


def test_nothing_is_learned_unless_it_is_written(tmp_path: Path) -> None:
    sorting = load(tmp_path, SMALL).desk.sorting
    assert not sorting.is_on
    assert not sorting.flags_unhappy


def test_written_alone_it_suggests_everything_and_learns_at_two(tmp_path: Path) -> None:
    sorting = load(tmp_path, with_sorting("{}")).desk.sorting
    assert (sorting.mode, sorting.threshold, sorting.train_at) == (SortingMode.SUGGEST, 0.9, time(2))
    assert sorting.fields == tuple(SortedField)


def test_each_key_says_what_it_says(tmp_path: Path) -> None:
    told = '{mode: fill, threshold: 0.95, fields: [tags, team], train_at: "23:30", unhappy: no}'
    sorting = load(tmp_path, with_sorting(told)).desk.sorting
    assert (sorting.mode, sorting.threshold, sorting.train_at) == (SortingMode.FILL, 0.95, time(23, 30))
    assert sorting.fields == (SortedField.TAGS, SortedField.TEAM)
    assert not sorting.flags_unhappy


def test_off_is_off_however_yaml_reads_it(tmp_path: Path) -> None:
    assert not load(tmp_path, with_sorting("{mode: off}")).desk.sorting.is_on


@pytest.mark.parametrize("told", ["{threshold: 90}", "{threshold: 0.2}", "{threshold: sure}"])
def test_a_threshold_is_a_share(tmp_path: Path, told: str) -> None:
    ((line, found),) = complaints(tmp_path, with_sorting(told))
    assert line == with_sorting(told).rstrip().count("\n") + 1
    assert found.startswith("sorting_threshold")


@pytest.mark.parametrize("told", ["{fields: [colour]}", "{mode: guess}", "{fields: []}", "{train_at: late}"])
def test_what_cannot_be_meant_is_told(tmp_path: Path, told: str) -> None:
    assert complaints(tmp_path, with_sorting(told))

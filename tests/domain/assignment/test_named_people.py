"""Whom a request names."""

import pytest

from bot.domain.assignment.named_people import names


@pytest.mark.parametrize(
    "text", ["Bo was rude to me", "it is about bo berg", "BO’s answer was wrong", "Ask @Bo, please"]
)
def test_a_first_name_or_the_whole_name_names_somebody(text: str) -> None:
    assert names(text, "Bo Berg")


@pytest.mark.parametrize("text", ["The boat is gone", "Mrs Berg called", "My robot stops", ""])
def test_a_part_of_a_word_or_a_surname_alone_does_not(text: str) -> None:
    assert not names(text, "Bo Berg")


def test_a_name_that_is_a_word_too_is_one_when_it_is_written_as_such() -> None:
    assert not names("Please mark it as done, it will work in May", "Mark Stone")
    assert names("Mark shouted at me", "Mark Stone")
    assert names("mark stone shouted at me", "Mark Stone")
    assert not names("anything", "")

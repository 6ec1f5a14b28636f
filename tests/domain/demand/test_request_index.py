"""Requests compared one at a time are as alike as those that are compared all at once."""

import random

import pytest

from bot.domain.demand.likeness import ALONE_COUNTS, Likenesses, RequestText
from bot.domain.demand.request_index import RequestIndex
from bot.domain.search.words import index_words

SAID = (
    "Docking station flickers and both monitors stay black",
    "Both monitors stay black, docking station flickers",
    "Please order toner for printer four",
    "Printer four prints stripes on each page",
    "My badge does not open the garage door",
    "The projector in room Berlin has no lamp",
)


def request(number: int, text: str) -> RequestText:
    words = tuple(index_words(text))
    return RequestText(id=number, subject=words, text=words)


def index_of(texts: list[RequestText], *, most: int = 100, alone_counts: float = 1) -> RequestIndex:
    index = RequestIndex(most=most, alone_counts=alone_counts)
    for each in texts:
        index.add(each)
    return index


def test_the_same_words_in_another_order_are_alike_and_it_is_said_why() -> None:
    index = index_of([request(number, text) for number, text in enumerate(SAID, start=1)])
    (found,) = index.like(1, least=0.6, limit=5)
    assert found.id == 2
    assert {"dock", "station", "flicker", "monitor"} <= set(found.shared)
    assert index.like(5, least=0.3, limit=5) == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_request_is_as_alike_as_recurring_problems_say(seed: int) -> None:
    dice = random.Random(seed)
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    texts = [request(number, " ".join(dice.choices(words, k=8))) for number in range(1, 40)]
    index, likenesses = index_of(texts, alone_counts=ALONE_COUNTS), Likenesses(texts)
    for each in texts:
        degrees = likenesses.degrees(each.id)
        alike = {found.id: found.degree for found in index.like(each.id, least=0.6, limit=100)}
        assert alike == pytest.approx({other: degree for other, degree in degrees.items() if degree >= 0.6})


def test_the_oldest_leave_as_others_come() -> None:
    index = index_of([request(number, SAID[0]) for number in range(1, 31)], most=20)
    assert len(index) <= 20
    assert 1 not in index
    assert 30 in index
    assert {each.id for each in index.like(30, least=0.5, limit=100)} <= set(range(2, 30))
    assert index.like(1, least=0.5, limit=5) == ()


def test_a_request_that_is_added_twice_counts_once() -> None:
    texts = [request(number, text) for number, text in enumerate(SAID, start=1)]
    assert index_of([*texts, *texts]).like(1, least=0.1, limit=9) == index_of(texts).like(
        1, least=0.1, limit=9
    )

"""What is learned of requests, and that suggesting says exactly what was learned."""

import random
from base64 import b64decode

import numpy as np
import pytest
from sklearn.svm import LinearSVC

from bot.domain.sorting.model import SortingModel, bent_by
from bot.domain.sorting.terms import terms_of
from bot.learner.lesson import Lesson
from bot.learner.machine import learn_one, softened
from bot.learner.matrix import TermMatrix

TOPICS = {
    "hardware": "laptop screen keyboard battery mouse broken replace cable dock",
    "access": "password login account locked permission folder reset share",
    "purchase": "order invoice licence buy quote supplier delivery price",
}
FILLERS = "please hi thanks team help need the with for today regards issue can you since morning"


def requests_of(many: int, *, seed: int = 1) -> list[tuple[str, str]]:
    """Requests that say what they are about with two words among many."""
    chance = random.Random(seed)
    found = []
    for _ in range(many):
        topic = chance.choice(sorted(TOPICS))
        words = chance.sample(TOPICS[topic].split(), 2) + chance.sample(FILLERS.split(), 5)
        if chance.random() < 0.3:
            words += chance.sample(TOPICS[chance.choice(sorted(TOPICS))].split(), 1)
        chance.shuffle(words)
        found.append((" ".join(words), topic))
    return found


def lesson_of(requests: list[tuple[str, str]], *, least: int = 5, least_in_all: int = 50) -> Lesson:
    lesson = Lesson.of({"fields": ["topic"], "many": [], "least": least, "least_in_all": least_in_all})
    for text, topic in requests:
        lesson.add(text, {"topic": topic})
    return lesson


def learned(requests: list[tuple[str, str]]) -> SortingModel:
    return SortingModel.from_bytes(b64decode(lesson_of(requests).learned()["topic"]["model"]))


def share_right(model: SortingModel, requests: list[tuple[str, str]]) -> float:
    guesses = [(model.guess(text), topic) for text, topic in requests]
    return sum(guess is not None and guess.label == topic for guess, topic in guesses) / len(requests)


def test_sorts_requests_that_it_never_saw() -> None:
    assert share_right(learned(requests_of(300)), requests_of(300, seed=2)) > 0.9


def test_suggests_with_the_surenesses_that_scikit_learn_has() -> None:
    """Its own machine, given the averaged weights, decides the same in the last digit that counts."""
    requests = requests_of(200)
    matrix = TermMatrix()
    for text, _ in requests:
        matrix.add(terms_of(text))
    labels = tuple(sorted(TOPICS))
    answers = [labels.index(topic) for _, topic in requests]
    model, _ = learn_one(matrix, answers, labels=labels)
    machine = LinearSVC().fit(matrix.weighed().rows, answers)
    machine.coef_ = np.asarray(model.weights, dtype=np.float32).reshape(-1, len(labels)).T.astype(np.float64)
    machine.intercept_ = np.asarray(model.biases, dtype=np.float32).astype(np.float64)
    scores = machine.decision_function(matrix.weighed().rows)
    expected = softened(np.asarray(model.sharpness) * scores + np.asarray(model.shifts))
    stored = SortingModel.from_bytes(model.to_bytes())
    for (text, _), row in zip(requests, expected, strict=True):
        top = row.argmax()
        assert stored.surenesses(text)[top] == pytest.approx(bent_by(model.bend, row[top]), abs=1e-6)


def test_one_careless_agent_in_five_moves_it_by_three_points_at_most() -> None:
    requests, others = requests_of(500), requests_of(500, seed=2)
    chance = random.Random(5)
    spoilt = [
        (text, chance.choice(sorted(TOPICS)) if row % 5 == 0 else topic)
        for row, (text, topic) in enumerate(requests)
    ]
    assert share_right(learned(spoilt), others) > share_right(learned(requests), others) - 0.03


def test_too_few_requests_are_not_learned_from() -> None:
    told = lesson_of(requests_of(30)).learned()["topic"]
    assert (told["why"], told["requests"], "model" in told) == ("few", 30, False)


def test_one_label_alone_tells_nothing_apart() -> None:
    requests = [(text, "access") for text, _ in requests_of(80)]
    assert lesson_of(requests).learned()["topic"]["why"] == "one_label"


def test_labels_with_too_few_requests_are_left_out_and_named() -> None:
    told = lesson_of([*requests_of(100), ("a lonely printer", "printing")]).learned()["topic"]
    assert told["rare"] == ["printing"]
    assert "printing" not in SortingModel.from_bytes(b64decode(told["model"])).labels


def test_tags_are_learned_each_by_itself() -> None:
    lesson = Lesson.of({"fields": ["tags"], "many": ["tags"], "least": 20, "least_in_all": 50})
    for text, _ in requests_of(300):
        tags = [
            tag for tag, word in (("vip", "urgent"), ("screen", "screen"), ("lock", "locked")) if word in text
        ]
        lesson.add(text, {"tags": tags})
    told = lesson.learned()["tags"]
    model = SortingModel.from_bytes(b64decode(told["model"]))
    assert model.labels == ("lock", "screen")
    assert model.surenesses("my screen please")[1] > 0.5
    assert max(model.surenesses("please order an invoice")) < 0.5

"""The model of meanings: what its wheel brings, with no network and nothing loaded before it is asked."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from tokenizers import Tokenizer

from adapters.meaning.wordllama import WordLlama, find_wordllama


@pytest.fixture(scope="module")
def model() -> WordLlama:
    found = find_wordllama()
    assert found is not None
    return found


def package() -> Path:
    found = importlib.util.find_spec("wordllama")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def likeness(model: WordLlama, one: str, other: str) -> float:
    first, second = model.vectors([one, other])
    return model.matrix(second).likeness(first, [0])[0]


def test_the_same_in_other_words_is_more_alike_than_something_else(model: WordLlama) -> None:
    asked = "nobody can hear me in the call"
    assert likeness(model, asked, "Your microphone in meetings") > 0.25
    assert likeness(model, asked, "Order a parking place") < 0.15
    assert likeness(model, asked, asked) == pytest.approx(1, abs=0.001)


def test_a_text_is_the_mean_of_its_tokens(model: WordLlama) -> None:
    tokenizer = Tokenizer.from_file(str(package() / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    with safe_open(package() / "weights" / "l2_supercat_256.safetensors", framework="np") as file:
        weights = file.get_tensor("embedding.weight").astype(np.float32)
    texts = ["Where is the VPN?", "Wo ist der Drucker?"]
    means = [weights[tokenizer.encode(each, add_special_tokens=False).ids].mean(axis=0) for each in texts]
    expected = means[0] @ means[1] / np.linalg.norm(means[0]) / np.linalg.norm(means[1])
    assert likeness(model, *texts) == pytest.approx(float(expected), abs=0.005)


def test_the_nearest_are_those_of_an_exact_comparison(model: WordLlama) -> None:
    words = (package() / "wordllama.py").read_text(encoding="utf-8").split()
    texts = [" ".join(words[at : at + 5]) for at in range(0, 500, 5)]
    (asked,) = model.vectors(["load the tokenizer from a file"])
    matrix = model.matrix(b"".join(model.vectors(texts)))
    every = matrix.likeness(asked, range(len(texts)))
    best = sorted(range(len(texts)), key=lambda row: -every[row])[:5]
    found = matrix.nearest(asked, limit=5)
    assert [likeness for _, likeness in found] == pytest.approx([every[row] for row in best])
    assert len(matrix.nearest(asked, limit=500)) == len(texts)
    assert list(model.matrix(b"").nearest(asked, limit=3)) == []


def test_a_text_without_words_is_like_nothing(model: WordLlama) -> None:
    assert likeness(model, "", "printer") == 0
    assert list(model.shares({}, [["printer"]])) == [0]
    assert list(model.shares({"printer": 1.0}, [[], ["printer"]])) == pytest.approx([0, 1], abs=0.001)


def test_a_word_is_said_by_another_that_means_the_same(model: WordLlama) -> None:
    near, far = model.shares({"laptop": 1.0}, [["notebook", "the"], ["canteen", "the"]])
    assert near > far + 0.2


def test_what_was_let_go_of_is_loaded_again(model: WordLlama) -> None:
    before = model.vectors(["printer"])
    model.release()
    assert model.vectors(["printer"]) == before


NO_NETWORK = """
import socket, sys

def refuse(*_, **__):
    raise AssertionError("the network was asked")

socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import bot.bootstrap.process
from adapters.meaning.wordllama import find_wordllama
model = find_wordllama()
heavy = {"numpy", "tokenizers", "wordllama", "safetensors"} & set(sys.modules)
assert not heavy, heavy
model.vectors(["Where is the printer?"])
assert not {"wordllama", "safetensors", "requests", "huggingface_hub"} & set(sys.modules)
"""


def test_a_desk_loads_nothing_of_it_before_a_question_and_never_asks_the_network() -> None:
    done = subprocess.run([sys.executable, "-c", NO_NETWORK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

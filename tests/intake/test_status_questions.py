"""Questions how a request stands are told from requests, in each language."""

import pytest

from bot.intake.status_questions import asks_how_it_stands


@pytest.mark.parametrize(
    "text",
    [
        "When will somebody finally look at it?",
        "Why is nobody answering?",
        "is somebody finally going to look at it",
        "Wann kümmert sich endlich jemand darum?",
        "Warum meldet sich niemand?",
        "¿Cuándo lo va a mirar alguien por fin?",
        "¿Por qué nadie responde?",
        "Quand est-ce que quelqu'un va enfin s'en occuper ?",
        "Pourquoi personne ne répond ?",
        "Quando alguém vai finalmente olhar isso?",
        "Por que ninguém responde?",
    ],
)
def test_whoever_asks_when_somebody_looks_at_it_asks_how_it_stands(text: str) -> None:
    assert asks_how_it_stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why is nobody able to log in?",
        "Will somebody bring a new keyboard?",
        "Warum kann sich niemand anmelden?",
        "¿Por qué nadie puede entrar?",
    ],
)
def test_a_request_of_the_same_words_is_one(text: str) -> None:
    assert not asks_how_it_stands(text)

"""Questions how a request stands are told from requests, in each language."""

import pytest

from bot.services.tickets.status_questions import asks_how_it_stands, asks_state_of


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


@pytest.mark.parametrize(
    "text",
    [
        "Wie steht es um IT-4?",
        "Wie steht es mit IT-4?",
        "Was ist mit IT-4?",
        "Was ist eigentlich mit Ticket IT-4 los?",
        "Gibt es etwas Neues zu IT-4?",
        "Hallo, wie sieht es mit IT-4 aus?",
        "What about IT-4?",
        "Où en est IT-4 ?",
        "Où en est ma demande IT-4 ?",
        "¿Cómo va IT-4?",
        "¿Qué pasa con IT-4?",
        "Como está IT-4?",
        "Como vai o pedido IT-4?",
    ],
)
def test_whoever_names_a_ticket_asks_for_its_state(text: str) -> None:
    assert asks_state_of(text, "IT-4")


@pytest.mark.parametrize(
    "text", ["Was ist mit IT-4 gemeint?", "IT-4 ist wieder da", "Wie steht es um den Drucker?"]
)
def test_whoever_says_something_of_a_ticket_does_not(text: str) -> None:
    assert not asks_state_of(text, "IT-4")


@pytest.mark.parametrize(
    "text",
    [
        "Was ist mit meiner Anfrage?",
        "Wie stehts um mein Ticket?",
        "What about my request?",
        "¿Qué pasa con mi solicitud?",
        "Que devient ma demande ?",
        "Como está o meu pedido?",
    ],
)
def test_whoever_asks_after_their_request_asks_how_it_stands(text: str) -> None:
    assert asks_how_it_stands(text)

"""Who greets or asks for help says nothing yet; what else is said is a request, however short."""

import pytest

from bot.intake.greetings import says_nothing_yet


@pytest.mark.parametrize(
    "text",
    [
        "hello can you help me??",
        "Hi IT team, could you please help me out?",
        "I have a quick question",
        "is anybody there?",
        "Good morning, hope you're doing well. I've got a small problem",
        "I'd like to open a ticket please",
        "hey! thanks in advance :)",
        "Hallo zusammen, kann mir bitte jemand helfen?",
        "Ich hätte da mal eine kurze Frage",
        "Sehr geehrte Damen und Herren, ich brauche Ihre Hilfe",
        "Ist da jemand?",
        "Bonjour, j'ai une question",
        "Quelqu'un peut m'aider svp ?",
        "Il y a quelqu'un ?",
        "Hola, ¿me pueden ayudar por favor?",
        "Buenas, tengo una duda",
        "¿Hay alguien ahí?",
        "Bom dia, tudo bem? Preciso de ajuda",
        "Olá, alguém pode me ajudar?",
        "Tem alguém aí?",
        "grüezi",
    ],
)
def test_a_greeting_or_a_call_for_help_says_nothing_yet(text: str) -> None:
    assert says_nothing_yet(text)


@pytest.mark.parametrize(
    "text",
    [
        "help my screen is dark",
        "Hi, can you help me with my laptop?",
        "I have a problem with VPN",
        "hello printer",
        "question about payroll",
        "is the network down",
        "need help printer",
        "hi mouse",
        "hello please reset password",
        "hi i need access to the sales group please thanks",
        "new starter transfer",
        "good morning please add him to the list thank you",
        "I'd like to open a request for a new chair",
        "Ich habe eine Frage zum VPN",
        "Bonjour, j'ai un problème avec mon écran",
        "Hola, necesito ayuda con la impresora",
        "Olá, preciso de ajuda com a impressora",
        "IT",
        "all",
        "thanks",
        "please",
        "",
    ],
)
def test_what_says_something_is_a_request_or_an_answer(text: str) -> None:
    assert not says_nothing_yet(text)

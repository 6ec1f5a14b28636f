"""What people say around an answer is no part of it, and what is left is long enough to answer somebody else."""

import pytest

from bot.domain.knowledge.reply_text import bare_reply, is_substantial

ANSWER = "Open the tray, pull out the paper and close it."


@pytest.mark.parametrize(
    "text",
    [
        f"Hi [name],\n\n{ANSWER}\n\nBest regards\n[name] [name]\nIT Service Desk",
        f"Hello [name]! {ANSWER}",
        f"Hey there, {ANSWER} Cheers, [name]",
        f"Dear all:\n{ANSWER}\nThanks",
        f"> It jams again!\n{ANSWER}",
        f"Hallo [Name],\n{ANSWER}\n\nViele Grüße\n[Name]",
        f"Sehr geehrte Frau [Name], {ANSWER}\nMit freundlichen Grüßen\n[Name]",
        f"Bonjour [nom], {ANSWER}\nCordialement,\n[nom]",
        f"Hola, {ANSWER}\nSaludos",
        f"Olá [nome]! {ANSWER}\nAtenciosamente,\n[nome]",
        f"{ANSWER}\n-- \n[name]\n+[phone]",
        f"{ANSWER} – [name]",
        f"{ANSWER}\n[name], Service Desk",
        f"Good morning\n\n\n\n{ANSWER}",
    ],
)
def test_only_the_answer_is_left(text: str) -> None:
    assert bare_reply(text) == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        "Hide the paper behind the tray, then open it again.",
        "Press Start.\nBest restart it twice.\nThen it prints.",
        "Thanks to the new driver it prints again; install it from the portal.",
    ],
)
def test_an_answer_that_sounds_like_a_greeting_or_a_closing_stays_whole(text: str) -> None:
    assert bare_reply(text) == text


def test_a_greeting_without_a_comma_takes_no_words_of_the_answer_along() -> None:
    assert bare_reply("Hi restart the printer twice") == "restart the printer twice"
    assert bare_reply("Hello [name] restart it") == "restart it"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (ANSWER, True),
        ("Done.", False),
        ("Fixed it for you now.", False),
        ("[name] has sent [address] the [number] that [name] needs for [link]", False),
        ("[name] [name] [name] [name] opened the tray of the printer", False),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", False),
    ],
)
def test_what_says_too_little_answers_nobody_else(text: str, *, is_one: bool) -> None:
    assert is_substantial(text) is is_one

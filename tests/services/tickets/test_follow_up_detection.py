"""What reads like the rest of the message before, and what is a request of its own."""

import pytest

from bot.services.tickets.follow_up_detection import continues


@pytest.mark.parametrize(
    "text",
    [
        "It's the one on floor 2",
        "it is the HP next to the kitchen",
        "Error 0x80070005",
        "since this morning",
        "sorry, I meant the second floor",
        "Es ist der am Fenster",
        "PS: only when I dock it",
        "c'est au 3e étage",
    ],
)
def test_what_only_adds_continues(text: str) -> None:
    assert continues(text, has_files=False)


@pytest.mark.parametrize(
    "text",
    [
        "My screen is black too",
        "Printer 4 is broken",
        "It is the one on floor 2, can you come?",
        "It is broken and I need a new one",
        "sorry, can you also reset my password",
        "Also my mouse is dead",
        "itself",
        "Bitte auch die Maus tauschen",
        "it is " + "very " * 50 + "long",
        "thanks",
        "",
    ],
)
def test_what_asks_or_stands_alone_is_a_request_of_its_own(text: str) -> None:
    assert not continues(text, has_files=False)


def test_a_picture_without_words_belongs_to_what_was_said_before() -> None:
    assert continues("", has_files=True)

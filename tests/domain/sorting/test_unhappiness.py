"""Words by which somebody sounds unhappy."""

import pytest

from bot.domain.sorting.unhappiness import sounds_unhappy


@pytest.mark.parametrize(
    "text",
    [
        "This is RIDICULOUS, my laptop is dead again",
        "third time I'm asking for this",
        "Das ist eine Frechheit! Zum dritten Mal.",
        "Es la tercera vez que lo pido, inaceptable",
        "C'est inadmissible, j'attends toujours",
        "Isto é ridículo, ninguém responde",
    ],
)
def test_unhappy_words_are_found_in_five_languages(text: str) -> None:
    assert sounds_unhappy(text)


@pytest.mark.parametrize(
    "text",
    [
        "My mouse is dead",
        "The third time zone is missing in the calendar",
        "Please remove the unacceptably-old-files folder",
        "",
        "Kann ich bitte einen Bildschirm haben?",
    ],
)
def test_plain_requests_do_not_sound_unhappy(text: str) -> None:
    assert not sounds_unhappy(text)

"""Who needs no answer any more is told from who writes the same words of something else."""

import pytest

from bot.domain.tickets.withdrawal_words import is_withdrawal


@pytest.mark.parametrize(
    "text",
    [
        "forget it, I want to withdraw this",
        "never mind, please close this",
        "Nevermind!",
        "Please cancel my request",
        "Hat sich erledigt, bitte schließen",
        "Das hat sich inzwischen erledigt",
        "Ich ziehe die Anfrage zurück",
        "Laissez tomber, merci",
        "Vous pouvez fermer le ticket",
        "Olvídelo, gracias",
        "Puede cerrar el ticket",
        "Esqueça, obrigado",
        "Pode fechar o chamado",
    ],
)
def test_who_needs_no_answer_any_more_says_so(text: str) -> None:
    assert is_withdrawal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please don't close this",
        "I cannot close this window",
        "It closes by itself",
        "I never forget it at home",
        "Bitte nicht schließen",
        "Das hat sich noch nicht erledigt",
        "Ne pas fermer le ticket",
        "Please close this window for me",
    ],
)
def test_who_still_needs_one_does_not(text: str) -> None:
    assert not is_withdrawal(text)

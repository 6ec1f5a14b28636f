"""Words that keep a request private, and words that wish it were."""

import pytest

from bot.domain.tickets.privacy_words import is_marked_private, read_privacy, wants_confidence

SECRET = "My boss reads my mails"


@pytest.mark.parametrize(
    "mark",
    [
        "private: ",
        "Private:",
        "PRIVATE - ",
        "private – ",
        "Private, ",
        "private.\n",
        "[private] ",
        "(privat) ",
        "**Private:** ",
        "**private**: ",
        "privately: ",
        "confidential: ",
        "Strictly confidential: ",
        "[CONFIDENTIAL]: ",
        "Please keep this confidential: ",
        "private and confidential: ",
        "confidential question: ",
        "🔒 ",
        "privat: ",
        "vertraulich: ",
        "(Vertraulich) ",
        "Streng vertraulich - ",
        "Vertrauliche Anfrage: ",
        "privé : ",
        "[confidentiel] ",
        "C’est confidentiel : ",
        "privado: ",
        "(confidencial) ",
        "en privado, ",
        "em particular: ",
        "particular: ",
        "em sigilo – ",
    ],
)
def test_a_word_with_a_sign_keeps_it_private_and_is_no_part_of_it(mark: str) -> None:
    assert read_privacy(mark + SECRET) == (SECRET, True)
    assert is_marked_private(mark + SECRET)


@pytest.mark.parametrize(
    "text", ["PRIVATE my boss …", "confidential my boss …", "vertraulich mein Chef", "In confidence I am ill"]
)
def test_without_a_sign_it_is_private_with_all_its_words(text: str) -> None:
    assert read_privacy(text) == (text, True)


def test_a_word_in_brackets_at_the_end_says_so_too() -> None:
    assert read_privacy(f"{SECRET} (vertraulich)") == (f"{SECRET} (vertraulich)", True)


@pytest.mark.parametrize("text", ["private", "[private]", "Vertraulich!", "privado:", "confidential please"])
def test_the_word_alone_says_nothing_else(text: str) -> None:
    assert read_privacy(text) == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        "my private printer is jammed",
        "particular printer is jammed",
        "anonymous: the printer is jammed",
        "Privatisation of the printer",
        "The disk (private) is full",
    ],
)
def test_other_words_are_no_mark(text: str) -> None:
    assert read_privacy(text) == (text, False)
    assert not is_marked_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "My payslip is wrong, please keep it confidential",
        "Ich möchte etwas vertraulich melden",
        "It’s about Jo. Please don’t tell my manager",
        "please make this private",
        "Bitte nur die Personalabteilung",
        "Das darf mein Chef nicht wissen",
        "Ne dites rien à mon chef",
        "No se lo diga a mi jefe",
        "Não conte ao meu chefe",
    ],
)
def test_who_wishes_that_others_do_not_read_it_is_understood(text: str) -> None:
    assert wants_confidence(text)


@pytest.mark.parametrize(
    "text",
    [
        "My private printer is jammed",
        "This is not confidential",
        "Tell my manager it is done",
        "Ich kann nicht drucken",
    ],
)
def test_nobody_is_taken_to_wish_so_who_says_nothing_of_it(text: str) -> None:
    assert not wants_confidence(text)

"""Words are compared without what people leave out or write differently."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.normalised_text import normalised, words_of


def test_case_accents_and_signs_do_not_count() -> None:
    assert words_of("Ça va? Über-GROSS, Straße_7!") == ["ca", "va", "uber", "gross", "strasse", "7"]


def test_signs_and_emoji_alone_leave_nothing() -> None:
    assert normalised(" 👍 … !") == ""


@given(st.text())
def test_what_is_normalised_once_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.text(st.characters(codec="ascii")))
def test_words_without_accents_are_the_same_beside_words_with_them(text: str) -> None:
    assert words_of(f"{text} é") == [*words_of(text), "e"]

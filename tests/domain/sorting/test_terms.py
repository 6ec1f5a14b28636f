"""What is looked at of a request's words."""

from bot.domain.sorting.terms import MOST_WORDS, as_written, terms_of, words_in


def test_letter_case_accents_and_punctuation_do_not_count() -> None:
    assert terms_of("Drücker, kaputt!") == terms_of("drucker KAPUTT")


def test_words_with_another_ending_share_their_beginning() -> None:
    assert set(terms_of("printing")) & set(terms_of("printer"))
    assert not set(terms_of("print")) & set(terms_of("mouse"))


def test_words_said_twice_count_twice() -> None:
    assert set(terms_of("vpn vpn").values()) == {2}


def test_scripts_without_spaces_are_read_by_two_letters() -> None:
    assert words_in("打印机坏了") == ["打印", "印机", "机坏", "坏了"]


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    assert len(words_in("word " * 10_000)) == MOST_WORDS


def test_words_are_named_as_they_were_written() -> None:
    assert as_written("Mein Drücker ist kaputt.", "drucker") == "drücker"

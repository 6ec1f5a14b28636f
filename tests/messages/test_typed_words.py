"""What people can type, within a sentence: as code, or in quotation marks where there is no code."""

from bot.messages.outbound import Code
from bot.messages.typed_words import marked, unmarked

SENTENCE = "There is no team `itt`. Did you mean `it`?"


def test_it_is_shown_as_code_where_text_has_looks() -> None:
    assert marked(SENTENCE) == ("There is no team ", Code("itt"), ". Did you mean ", Code("it"), "?")


def test_it_is_quoted_where_text_has_none() -> None:
    assert unmarked(SENTENCE) == "There is no team “itt”. Did you mean “it”?"


def test_a_single_backtick_is_a_sign_like_any_other() -> None:
    assert marked("5` of rain") == ("5` of rain",)
    assert unmarked("5` of rain") == "5` of rain"

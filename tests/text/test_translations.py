"""Every language says the same things with the same words of the desk in them."""

import re
from collections.abc import Mapping

import pytest

from bot.messages.plain import plain
from bot.text.sentences import ENGLISH, say
from bot.text.translations import TRANSLATIONS

PLACEHOLDER = re.compile(r"\{(\w+)\}")
EVERY_LANGUAGE = pytest.mark.parametrize("language", TRANSLATIONS)


@EVERY_LANGUAGE
def test_a_translated_sentence_has_the_placeholders_of_the_english_one(language: str) -> None:
    table = TRANSLATIONS[language]
    assert {key: placeholders(table[key]) for key in table} == {
        key: placeholders(ENGLISH[key]) for key in table
    }


@EVERY_LANGUAGE
def test_no_language_says_less_than_another(language: str) -> None:
    assert TRANSLATIONS[language].keys() == TRANSLATIONS["de"].keys()


@EVERY_LANGUAGE
def test_sentences_that_follow_another_begin_with_a_space_and_lines_end_as_in_english(language: str) -> None:
    table = TRANSLATIONS[language]
    assert shape(table) == shape({key: ENGLISH[key] for key in table})


@EVERY_LANGUAGE
def test_what_is_to_be_pressed_is_called_what_its_button_says(language: str) -> None:
    table = TRANSLATIONS[language]
    for key in ("resolved_state", "resolved", "resolved_because"):
        assert table["press_reopen"] in table[key]


def test_a_language_nobody_wrote_is_answered_in_english() -> None:
    assert plain(say("fi", "no_promise")) == " You will get your answer here."


def placeholders(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))


def shape(table: Mapping[str, str]) -> dict[str, tuple[bool, bool]]:
    return {key: (text.startswith(" "), text.endswith("\n")) for key, text in table.items()}

"""The catalogue is whole: every key is used and known, and all languages say the same with the same facts."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.text.catalogue import LOCALES, audiences, entries, entry, languages, missing
from tests.text.keys_in_code import Keys, keys_in_code
from tests.text.samples import SAMPLES, audiences_in, page

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
TRANSLATIONS = [each for each in languages() if each != "en"]
EVERY_KEY = [f"{audience}.{name}" for audience in audiences() for name in entries("en", audience)]
EVERY_LANGUAGE = pytest.mark.parametrize("language", languages())
EVERY_TRANSLATION = pytest.mark.parametrize("language", TRANSLATIONS)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return keys_in_code(ROOT, audiences())


def test_every_sentence_is_said_somewhere(keys: Keys) -> None:
    assert [key for key in EVERY_KEY if not keys.uses(key)] == []


def test_whatever_the_code_says_is_in_the_catalogue(keys: Keys) -> None:
    assert sorted(keys.literal - set(EVERY_KEY)) == []


@EVERY_TRANSLATION
def test_every_language_says_everything(language: str) -> None:
    assert missing(language) == ()


@EVERY_TRANSLATION
def test_no_language_has_sentences_that_english_lacks(language: str) -> None:
    known = set(EVERY_KEY)
    there = {f"{audience}.{name}" for audience in audiences() for name in entries(language, audience)}
    assert there - known == set()


@EVERY_TRANSLATION
def test_a_translated_sentence_states_the_same_facts(language: str) -> None:
    differing = {
        key: (facts_of("en", key), facts_of(language, key))
        for key in EVERY_KEY
        if facts_of("en", key) != facts_of(language, key)
    }
    assert differing == {}


@EVERY_TRANSLATION
def test_a_translated_sentence_has_the_lines_of_the_english_one(language: str) -> None:
    assert {key: lines_of(language, key) for key in EVERY_KEY} == {
        key: lines_of("en", key) for key in EVERY_KEY
    }


@EVERY_LANGUAGE
def test_a_sentence_that_counts_has_all_plurals_of_its_language(language: str) -> None:
    for audience in audiences_in(language):
        with (LOCALES / language / "LC_MESSAGES" / f"{audience}.po").open("rb") as file:
            read = read_po(file, locale=language)
        for each in read:
            if each.id and each.pluralizable:
                forms = tuple(each.string or ())
                assert len(forms) == read.num_plurals, each.id
                assert all(forms), each.id
                # A list of names says how many there are as well as their number does.
                assert "{count}" in forms[-1] or "{people}" in forms[-1], each.id


@EVERY_LANGUAGE
def test_no_sentence_begins_or_ends_with_a_space(language: str) -> None:
    sources = {key: form.source for key in EVERY_KEY for form in entry(language, key).forms}
    assert {key: text for key, text in sources.items() if text != text.strip()} == {}


def test_in_german_no_length_of_days_follows_a_word_that_would_bend_it() -> None:
    """`3 Tage` would be `3 Tagen` there; hours and minutes stay as they are."""
    bending = re.compile(r"\b(?:seit|von|nach|mit|in|bei|aus|vor|binnen) \{(?:length|median|oldest)\}")
    bent = [key for key in EVERY_KEY for form in entry("de", key).forms if bending.search(form.source)]
    assert bent == []


def test_every_placeholder_has_a_sample() -> None:
    used = {name for key in EVERY_KEY for name in facts_of("en", key)} - {"count"}
    assert used - SAMPLES.keys() == set()
    assert SAMPLES.keys() - used == set()


@EVERY_LANGUAGE
def test_what_deskbell_says_is_what_was_read_and_committed(language: str) -> None:
    """`make sentences` writes the page anew; what changed on it is then read in the diff."""
    assert page(language) == (SNAPSHOTS / f"{language}.txt").read_text(encoding="utf-8")


def facts_of(language: str, key: str) -> frozenset[str]:
    """What its sentences need to be told; `count` where they count."""
    found = entry(language, key)
    facts = frozenset(name for form in found.forms for name in form.placeholders)
    return facts | {"count"} if found.counts else facts


def lines_of(language: str, key: str) -> set[int]:
    return {form.source.count("\n") for form in entry(language, key).forms}

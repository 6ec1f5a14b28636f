"""Other endings of a word are looked for, and not the words of others."""

from bot.domain.search.query import Term
from bot.domain.search.stems import Variant, variants


def test_what_was_typed_comes_first() -> None:
    assert variants(Term(words=("printers",), is_prefix=True), ["en"]) == (
        Variant(("printers",)),
        Variant(("printers",), is_prefix=True),
        Variant(("printer",), is_prefix=True),
    )


def test_a_stem_that_is_written_otherwise_finds_the_word_too() -> None:
    assert Variant(("policy",)) in variants(Term(words=("policies",)), ["en"])
    assert Variant(("citi",), is_prefix=True) in variants(Term(words=("city",)), ["en"])


def test_short_stems_phrases_quoted_words_and_unknown_languages_are_left_alone() -> None:
    assert variants(Term(words=("redes",)), ["pt"]) == (Variant(("redes",)), Variant(("red",)))
    assert variants(Term(words=("cannot", "connected")), ["en"]) == (Variant(("cannot", "connected")),)
    assert variants(Term(words=("printers",), is_literal=True), ["en"]) == (Variant(("printers",)),)
    assert variants(Term(words=("printers",)), ["xx"]) == (Variant(("printers",)),)


def test_one_letter_begins_too_many_words() -> None:
    assert variants(Term(words=("v",), is_prefix=True), ["en"]) == (Variant(("v",)),)

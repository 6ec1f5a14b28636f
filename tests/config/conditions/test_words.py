"""`words`: whole words and phrases of the text."""

from pathlib import Path

from bot.domain.routing.quotes import one_quoted, quoted
from bot.domain.sentence import OneOf, sentence
from tests.config.conditions.one_rule import answer, complaint, found, hides, missed


def test_a_word_is_found_whole_whatever_its_case(tmp_path: Path) -> None:
    assert answer(tmp_path, "{words: [vpn, wifi]}", text="My VPN!") == found("word", text="vpn")
    assert answer(tmp_path, "{words: [vpn, wifi]}", text="wifi and vpn") == found(
        "words", words=quoted(["vpn", "wifi"])
    )


def test_a_phrase_keeps_its_order(tmp_path: Path) -> None:
    assert answer(tmp_path, "{words: remote access}", text="no remote  access")[0]
    assert not answer(tmp_path, "{words: remote access}", text="access is remote")[0]


def test_what_was_not_said_is_named(tmp_path: Path) -> None:
    assert answer(tmp_path, "{words: port}", text="the report") == missed(
        "no_words", words=one_quoted(["port"])
    )
    many = "{words: [a, b, c, d, e, f, g]}"
    named = [sentence("routing.quoted", text=word) for word in "abcde"]
    words = OneOf((*named, sentence("routing.others", count=2)))
    assert answer(tmp_path, many) == missed("no_words", words=words)


def test_a_rule_below_one_with_more_words_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{words: [vpn, wifi]}", "{words: WiFi}")
    assert not hides(tmp_path, "{words: vpn}", "{words: [vpn, wifi]}")


def test_a_word_of_signs_alone_is_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path, "{words: ['!?']}") == "word_of_signs(text=!?)"

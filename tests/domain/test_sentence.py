"""A sentence that is kept to be said later comes back with all its facts; words of before stay words."""

import json
from datetime import UTC, datetime, timedelta

from bot.domain.sentence import OneOf, Sentence, sentence
from bot.messages.plain import plain
from bot.text.error_text import english, tell
from tests.said import said


def test_a_kept_sentence_comes_back_with_facts_of_every_kind() -> None:
    inner = sentence("terms.stage_left", left=timedelta(minutes=30))
    kept = sentence(
        "team.why_rule",
        rule="vpn",
        number=3,
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        references=("IT-1", "IT-2"),
        choices=OneOf(("low", "high")),
        stage=inner,
    )
    assert Sentence.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_what_was_kept_as_words_is_said_as_it_stands() -> None:
    assert Sentence.from_json("rule `vpn`") == sentence("history.as_kept", text="rule `vpn`")
    assert said("history.as_kept", text="rule `vpn`") == "rule `vpn`"


def test_a_list_may_hold_sentences_and_keeps_how_they_look() -> None:
    findings = tuple(sentence("routing.group", name="Ana", group=each) for each in ("board", "staff"))
    kept = Sentence.from_json(json.loads(json.dumps(sentence("routing.all", findings=findings).to_json())))
    assert kept.facts["findings"] == findings
    first, second = (said("routing.group", name="Ana", group=f"`{each}`") for each in ("board", "staff"))
    assert english(kept) == f"{first} and {second}"


def test_what_a_rule_found_is_told_in_the_language_of_its_reader() -> None:
    words = OneOf((sentence("routing.quoted", text="vpn"), sentence("routing.others", count=2)))
    kept = Sentence.from_json(json.loads(json.dumps(sentence("routing.no_words", words=words).to_json())))
    assert plain(tell("de", kept)) == said("routing.no_words", language="de", words="„vpn“ oder 2 weitere")
    assert plain(tell("es", kept)) == said("routing.no_words", language="es", words="«vpn» o 2 más")

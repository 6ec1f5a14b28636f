"""A sentence that is kept to be said later comes back with all its facts; words of before stay words."""

import json
from datetime import UTC, datetime, timedelta

from bot.domain.sentence import OneOf, Sentence, sentence
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

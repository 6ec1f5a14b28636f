"""`language`: the language the text is written in."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, complaint, found, hides, missed, one_of


def test_only_texts_in_these_languages_are_taken(tmp_path: Path) -> None:
    assert answer(tmp_path, "{language: [de, fr]}", language="de") == found("language", code="de")
    assert answer(tmp_path, "{language: de}", language="en") == missed(
        "language_other", code="en", choices=one_of("de")
    )


def test_a_language_nobody_can_tell_is_not_guessed(tmp_path: Path) -> None:
    assert answer(tmp_path, "{language: de}") == missed("language_unclear", choices=one_of("de"))


def test_a_rule_below_one_with_more_languages_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{language: [de, fr]}", "{language: fr}")
    assert not hides(tmp_path, "{language: fr}", "{language: [de, fr]}")


def test_a_language_is_written_by_its_code(tmp_path: Path) -> None:
    assert complaint(tmp_path, "{language: german}") == "not_a_language(text=german)"

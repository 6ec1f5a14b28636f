"""`private`: whether the request was asked in private."""

from pathlib import Path

from tests.config.conditions.one_rule import answer, found, missed


def test_only_what_was_asked_in_private_is_taken(tmp_path: Path) -> None:
    assert answer(tmp_path, "{private: true}", is_private=True) == found("private")
    assert answer(tmp_path, "{private: true}") == missed("not_private")
    assert answer(tmp_path, "{private: false}") == found("not_private")

"""`person`: who asks."""

from pathlib import Path

from tests.config.conditions.one_rule import BO, answer, complaint, found, hides, missed, one_of


def test_somebody_is_known_by_key_and_by_address_in_any_letter_case(tmp_path: Path) -> None:
    assert answer(tmp_path, "{person: 'web:ana'}") == found("person", name="Ana")
    assert answer(tmp_path, "{person: ANA@example.ORG}") == found("person", name="Ana")
    other = missed("person_other", name="Bo", person="web:bo", choices=one_of("web:ana"))
    assert answer(tmp_path, "{person: 'web:ana'}", person=BO) == other


def test_a_rule_below_one_with_more_people_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{person: ['web:ana', 'web:bo']}", "{person: 'web:bo'}")
    assert not hides(tmp_path, "{person: 'web:bo'}", "{person: ['web:ana', 'web:bo']}")


def test_a_name_is_no_person(tmp_path: Path) -> None:
    assert complaint(tmp_path, "{person: ana}") == "not_a_person(text=ana)"

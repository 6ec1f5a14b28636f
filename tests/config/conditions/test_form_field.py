"""`field` and `category`: what was chosen or written in the form."""

from pathlib import Path

from bot.domain.routing.quotes import one_quoted
from bot.domain.sentence import sentence
from tests.config.conditions.one_rule import answer, complaint, found, hides, missed


def test_a_category_is_compared_as_words(tmp_path: Path) -> None:
    given = answer(tmp_path, "{category: [Hardware, Access]}", fields={"category": "hardware!"})
    assert given == found("category_is", value="hardware!")
    given = answer(tmp_path, "{category: Access}", fields={"category": "Hardware"})
    assert given == missed("category_other", value="Hardware", choices=one_quoted(["access"]))
    assert answer(tmp_path, "{category: Access}") == missed("category_none")


def test_a_form_without_the_field_does_not_match(tmp_path: Path) -> None:
    assert answer(tmp_path, "{field: {floor: '2'}}") == missed("field_none", field="floor")


def test_of_several_fields_each_must_have_one_of_its_values(tmp_path: Path) -> None:
    condition = "{field: {floor: ['2', '3'], room: blue}}"
    given = answer(tmp_path, condition, fields={"floor": "3", "room": "Blue"})
    floor = sentence("routing.field_is", field="floor", value="3")
    assert given == found("all", findings=(floor, sentence("routing.field_is", field="room", value="Blue")))
    assert not answer(tmp_path, condition, fields={"floor": "3", "room": "red"})[0]


def test_a_rule_below_one_with_more_values_of_the_field_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{field: {floor: ['2', '3']}}", "{field: {floor: '3'}}")
    assert not hides(tmp_path, "{field: {floor: ['2', '3']}}", "{field: {room: '3'}}")


def test_an_unknown_category_is_refused(tmp_path: Path) -> None:
    said = complaint(tmp_path, "{category: Hardwear}")
    assert said == "unknown_category(name=Hardwear, hint=did_you_mean(word=Hardware))"

"""`field` and `category`: what was chosen or written in the form."""

from pathlib import Path

import pytest

from tests.config.conditions.one_rule import answer, complaint, desk_of, hides, request_of
from tests.config.desk_files import load


def test_a_category_is_compared_as_words(tmp_path: Path) -> None:
    found = answer(tmp_path, "{category: [Hardware, Access]}", fields={"category": "hardware!"})
    assert found == (True, "the category “hardware!”")
    found = answer(tmp_path, "{category: Access}", fields={"category": "Hardware"})
    assert found == (False, "the category is “Hardware”, not “access”")


def test_a_form_without_the_field_does_not_match(tmp_path: Path) -> None:
    assert answer(tmp_path, "{field: {floor: '2'}}") == (False, "no floor was given")


def test_of_several_fields_each_must_have_one_of_its_values(tmp_path: Path) -> None:
    condition = "{field: {floor: ['2', '3'], room: blue}}"
    found = answer(tmp_path, condition, fields={"floor": "3", "room": "Blue"})
    assert found == (True, "the floor “3” and the room “Blue”")
    assert not answer(tmp_path, condition, fields={"floor": "3", "room": "red"})[0]


def test_a_rule_below_one_with_more_values_of_the_field_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{field: {floor: ['2', '3']}}", "{field: {floor: '3'}}")
    assert not hides(tmp_path, "{field: {floor: ['2', '3']}}", "{field: {room: '3'}}")


def test_an_unknown_category_is_refused(tmp_path: Path) -> None:
    said = complaint(tmp_path, "{category: Hardwear}")
    assert said == "category `Hardwear` is not defined; did you mean `Hardware`?"


FIELDS = """\
fields:
  seats: {label: Seats, kind: number}
  back: {label: Back, kind: date}
  insured: {label: Insured, kind: yes_no}
  parts: {label: Parts, kind: choices, choices: [Screen, Battery]}
"""


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("{seats: 5}", {"seats": "5.0"}, True),
        ("{seats: 5}", {"seats": "-5"}, False),
        ("{seats: ['< 3', '>= 10']}", {"seats": "10"}, True),
        ("{seats: ['< 3', '>= 10']}", {"seats": "9.5"}, False),
        ("{seats: '> 0'}", {}, False),
        ("{back: '< 2027-01-01'}", {"back": "2026-12-24"}, True),
        ("{back: '<= 2026-12-23'}", {"back": "2026-12-24"}, False),
        ("{insured: true}", {"insured": "yes"}, True),
        ("{insured: no}", {"insured": "yes"}, False),
        ("{parts: battery}", {"parts": "Screen\nBattery"}, True),
        ("{parts: battery}", {"parts": "Screen"}, False),
    ],
)
def test_fields_are_compared_by_their_kind(
    tmp_path: Path, condition: str, value: dict[str, str], holds: bool
) -> None:
    rule = f"{{fields: {condition}}}"
    desk = load(tmp_path, desk_of(rule) + FIELDS).desk
    (report,) = desk.router.explain(request_of(fields=value))
    assert report.matched is holds
    assert (desk.router.route(request_of(fields=value)).rule is not None) is holds
    assert report.why

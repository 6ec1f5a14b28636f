"""`field` and `category`: what was chosen or written in the form."""

from pathlib import Path

import pytest

from bot.domain.routing.quotes import one_quoted
from bot.domain.sentence import Sentence, sentence
from tests.config.conditions.one_rule import answer, complaint, desk_of, found, hides, missed, request_of
from tests.config.desk_files import load


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


FIELDS = """\
fields:
  seats: {label: Seats, kind: number}
  back: {label: Back, kind: date}
  insured: {label: Insured, kind: yes_no}
  parts: {label: Parts, kind: choices, choices: [Screen, Battery]}
"""


def _said(key: str, **facts: str) -> Sentence:
    return sentence(f"routing.field_{key}", **facts)


@pytest.mark.parametrize(
    ("condition", "value", "holds", "why"),
    [
        ("{seats: 5}", {"seats": "5.0"}, True, _said("fits", field="seats", value="5.0", bound="5")),
        ("{seats: 5}", {"seats": "-5"}, False, _said("beyond", field="seats", value="-5", bound="5")),
        ("{seats: '>= 9'}", {"seats": "10"}, True, _said("fits", field="seats", value="10", bound=">= 9")),
        (
            "{seats: '> 10'}",
            {"seats": "9.5"},
            False,
            _said("beyond", field="seats", value="9.5", bound="> 10"),
        ),
        ("{seats: '> 0'}", {}, False, _said("none", field="seats")),
        ("{seats: '> 0'}", {"seats": "NaN"}, False, _said("beyond", field="seats", value="NaN", bound="> 0")),
        (
            "{back: '< 2027-01-01'}",
            {"back": "2026-12-24"},
            True,
            _said("fits", field="back", value="2026-12-24", bound="< 2027-01-01"),
        ),
        (
            "{back: '<= 2026-12-23'}",
            {"back": "2026-12-24"},
            False,
            _said("beyond", field="back", value="2026-12-24", bound="<= 2026-12-23"),
        ),
        ("{insured: true}", {"insured": "yes"}, True, _said("is", field="insured", value="yes")),
        (
            "{insured: no}",
            {"insured": "yes"},
            False,
            sentence("routing.field_other", field="insured", value="yes", choices=one_quoted(["no"])),
        ),
        (
            "{parts: battery}",
            {"parts": "Screen\nBattery"},
            True,
            _said("is", field="parts", value="Screen Battery"),
        ),
        (
            "{parts: battery}",
            {"parts": "Screen"},
            False,
            sentence("routing.field_other", field="parts", value="Screen", choices=one_quoted(["battery"])),
        ),
    ],
)
def test_fields_are_compared_by_their_kind(
    tmp_path: Path, condition: str, value: dict[str, str], holds: bool, why: Sentence
) -> None:
    assert _asked(tmp_path, condition, value) == (holds, why)


def test_of_several_bounds_one_is_enough(tmp_path: Path) -> None:
    bounds = "{seats: ['< 3', '>= 10']}"
    assert _asked(tmp_path, bounds, {"seats": "10"})[0]
    assert not _asked(tmp_path, bounds, {"seats": "9.5"})[0]


def _asked(folder: Path, condition: str, value: dict[str, str]) -> tuple[bool, Sentence]:
    """As `answer`, of a desk with `FIELDS`."""
    router = load(folder, desk_of(f"{{fields: {condition}}}") + FIELDS).desk.router
    (report,) = router.explain(request_of(fields=value))
    assert (router.route(request_of(fields=value)).rule is not None) is report.matched
    return report.matched, report.why

"""`fields`: defined once, placed by name, asked for by rules; and each mistake with its sentence."""

from pathlib import Path

import pytest

from bot.domain.tickets.custom_field import FieldKind, FieldReaders
from tests.config.desk_files import SMALL, complaints, load

FIELDS = """\
fields:
  tier: {label: Tier, kind: choice, choices: [Gold, Silver], for: agents}
  seats: {label: Seats, kind: number, labels: {de: Plätze}}
  back: {label: Back, kind: date}
"""
DESK = SMALL.replace("name: Help desk", "name: Help desk\n  categories: [Hardware, Access]")


def with_it(more: str, fields: str = FIELDS) -> str:
    """The file with fields, and more about its team `it`."""
    return DESK.replace("  it:\n", f"  it:\n{more}") + fields


def test_a_field_is_defined_once_and_placed_by_name(tmp_path: Path) -> None:
    forms = "forms:\n  Hardware: [seats, {name: floor, label: Floor}]\n  Access:\n    fields: [back]\n"
    text = with_it("    fields: [tier, seats]\n    required_to_resolve: [tier, cause]\n") + forms
    fields = load(tmp_path, text).desk.custom_fields
    assert [each.name for each in fields.by_category["Hardware"]] == ["seats", "floor"]
    assert [each.name for each in fields.by_category["Access"]] == ["back"]
    tier, seats = fields.by_team["it"]
    assert (tier.readers, tier.choices, seats.kind) == (
        FieldReaders.AGENTS,
        ("Gold", "Silver"),
        FieldKind.NUMBER,
    )
    assert seats.label_in("de") == "Plätze"
    assert fields.required_by_team["it"] == ("tier", "cause")
    assert fields.defined["cause"].is_for_agents


def test_a_cause_of_ones_own_stands_for_the_built_in_one(tmp_path: Path) -> None:
    cause = "  cause: {label: Root cause, kind: choice, choices: [Age, Fall]}\n"
    text = with_it("    required_to_resolve: [cause]\n", FIELDS + cause)
    assert load(tmp_path, text).desk.custom_fields.defined["cause"].label == "Root cause"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("fields: [teir]", "unknown_field(name=teir, hint=did_you_mean(word=tier))"),
        ("fields: [tier, tier]", "repeated_field(name=tier, line=9)"),
        ("fields: tier", "must_be_list(option=fields)"),
        (
            "required_to_resolve: [resolutoin]",
            "unknown_required_to_resolve(name=resolutoin, hint=did_you_mean(word=resolution))",
        ),
    ],
)
def test_what_a_team_names_exists(tmp_path: Path, more: str, sentence: str) -> None:
    ((_, found),) = complaints(tmp_path, with_it(f"    {more}\n"))
    assert found == sentence


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("x: {label: X, kind: choices, choices: ['a, b']}", "choice_with_comma(text=a, b)"),
        ("x: {label: X, for: agents, required: true}", "required_of_agents"),
        (
            "x: {label: X, for: everyone}",
            "not_a_choice(option=for, value=everyone, hint=choose(choices=agents or requester))",
        ),
        (
            "x: {label: X, kind: nubmer}",
            "not_a_choice(option=kind, value=nubmer, hint=did_you_mean(word=number))",
        ),
        ("resolution: {label: X}", "field_resolution(text=resolution)"),
        ("Tag: {label: X}", "not_a_field_name(text=Tag)"),
    ],
)
def test_what_a_field_is(tmp_path: Path, field: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{DESK}{FIELDS}  {field}\n")
    assert found == sentence
    assert line == len(f"{DESK}{FIELDS}".splitlines()) + 1


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("{tier: golden}", "field_never(field=tier, value=golden, hint=did_you_mean(word=Gold))"),
        ("{seats: many}", "field_never(field=seats, value=many, hint=write_number)"),
        ("{seats: '>= NaN'}", "field_never(field=seats, value=>= NaN, hint=write_number)"),
        ("{back: '< soon'}", "field_never(field=back, value=< soon, hint=write_date)"),
        ("{teir: gold}", "unknown_custom_field(name=teir, hint=did_you_mean(word=tier))"),
    ],
)
def test_a_rule_asks_for_what_a_field_can_be(tmp_path: Path, condition: str, sentence: str) -> None:
    rules = f"  rules:\n    - {{name: r, when: {{fields: {condition}}}, team: it}}\n"
    ((line, found),) = complaints(tmp_path, f"{DESK}{rules}{FIELDS}")
    assert found == sentence
    assert line == len(f"{DESK}{rules}".splitlines())

"""`lookup`: what another system said of the requester before."""

from pathlib import Path

import pytest

from bot.domain.routing.request import Request
from bot.domain.routing.router import Router
from bot.domain.sentence import OneOf, Sentence, sentence
from tests.config.conditions.one_rule import desk_of, request_of
from tests.config.desk_files import complaints, load

LOOKUPS = (
    "lookups:\n  crm:\n    url: https://crm.example/{key}\n    fields: {tier: tier, vip: vip, apps: apps}\n"
)


def router(folder: Path, condition: str) -> Router:
    return load(folder, desk_of(condition) + LOOKUPS).desk.router


def answer(folder: Path, condition: str, **looked_up: str) -> tuple[bool, Sentence]:
    asked = request_of()
    request = Request(
        text=asked.text,
        platform=asked.platform,
        inbox=asked.inbox,
        person=asked.person,
        at=asked.at,
        looked_up=looked_up,
    )
    rules = router(folder, condition)
    (report,) = rules.explain(request)
    assert (rules.route(request).rule is not None) is report.matched, "the rule index passes over it"
    return report.matched, report.why


def test_a_fact_has_one_of_the_values_whatever_the_letter_case(tmp_path: Path) -> None:
    held = sentence("routing.lookup_is", field="tier", value="GOLD")
    assert answer(tmp_path, "{lookup: {tier: [gold, platinum]}}", tier="GOLD") == (True, held)


def test_another_value_and_none_are_told_apart(tmp_path: Path) -> None:
    quoted = OneOf((sentence("routing.quoted", text="gold"),))
    other = sentence("routing.lookup_other", field="tier", value="silver", choices=quoted)
    assert answer(tmp_path, "{lookup: {tier: gold}}", tier="silver") == (False, other)
    unknown = sentence("routing.lookup_none", field="tier")
    assert answer(tmp_path, "{lookup: {tier: gold}}") == (False, unknown)


@pytest.mark.parametrize("written", ["yes", "true"])
def test_yes_is_what_a_system_calls_true(tmp_path: Path, written: str) -> None:
    assert answer(tmp_path, f"{{lookup: {{vip: {written}}}}}", vip="yes")[0]
    assert not answer(tmp_path, f"{{lookup: {{vip: {written}}}}}", vip="no")[0]


def test_one_of_several_values_is_enough_and_several_facts_must_all_fit(tmp_path: Path) -> None:
    assert answer(tmp_path, "{lookup: {apps: crm}}", apps="mail\nCRM")[0]
    assert answer(tmp_path, "{lookup: {apps: crm, tier: gold}}", apps="crm", tier="gold")[0]
    assert not answer(tmp_path, "{lookup: {apps: crm, tier: gold}}", apps="crm")[0]


def test_a_fact_that_no_look_up_brings_is_refused_with_its_line(tmp_path: Path) -> None:
    text = desk_of("{lookup: {teir: gold}}")
    line = text[: text.index("teir")].count("\n") + 1
    meant = "unknown_lookup_field(name=teir, hint=did_you_mean(word=tier))"
    assert complaints(tmp_path, text + LOOKUPS) == [(line, meant)]
    none = "unknown_lookup_field(name=teir, hint=none_defined)"
    assert complaints(tmp_path, text) == [(line, none)]

"""A condition is one declaration: the key, its type, its sentence for editors and what it asks follow from it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest
from pydantic import ValidationError

from bot.config.checks.unreachable_rules import covers
from bot.config.compile.conditions import condition_of
from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList
from bot.config.schema.conditions import declared_keys, section_of
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import named
from bot.domain.routing.request import Facts
from bot.domain.routing.router import Router, Rule
from tests.config.conditions.one_rule import request_of

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NOTHING = NameMeanings(groups={}, tiers={}, hours={})


@dataclass(frozen=True, slots=True)
class Weekday(Condition):
    """It is one of these days, UTC."""

    days: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return self._today(facts) in self.days

    def why(self, facts: Facts, *, holds: bool) -> str:
        found = f"it is `{self._today(facts)}`"
        return found if holds else f"{found}, not {named(self.days)}"

    def choices(self) -> frozenset[Hashable]:
        return self.days

    @staticmethod
    def _today(facts: Facts) -> str:
        return f"{facts.request.at:%a}".lower()


@condition_key(order=105, description="The day of the week.")
def weekday(days: Annotated[list[Day], AsList], _: NameMeanings) -> Condition:
    return Weekday(frozenset(days))


WHEN = section_of([*declared_keys(), weekday])


def condition(written: Mapping[str, object]) -> Condition:
    return condition_of(WHEN.model_validate(written), NOTHING)


def test_a_rule_with_the_new_key_decides_and_says_why() -> None:
    rules = [Rule(name="weekend", condition=condition({"weekday": ["sat", "sun"]}), team="on_call")]
    rules += [Rule(name="monday", condition=condition({"weekday": "mon"}), team="it")]
    verdict = Router(rules, default_team="it").route(request_of())
    assert verdict.why == "rule `monday`: it is `mon`"
    reports = Router(rules, default_team="it").explain(request_of())
    assert [each.why for each in reports] == ["it is `mon`, not `sat` or `sun`", "it is `mon`"]


def test_it_combines_with_the_others_at_any_depth_and_in_its_order() -> None:
    written = {"platform": "web", "any": [{"not": {"weekday": "sun"}}], "weekday": "mon", "words": "vpn"}
    facts = Facts(request_of("vpn"))
    found = condition(written)
    assert found.holds(facts)
    why = "the word “vpn” and the platform `web` and it is `mon` and it is `mon`, not `sun`"
    assert found.why(facts, holds=True) == why


def test_a_rule_that_it_hides_is_seen() -> None:
    assert covers(condition({"weekday": ["sat", "sun"]}), condition({"weekday": "sun"}))
    assert not covers(condition({"weekday": "sun"}), condition({"weekday": ["sat", "sun"]}))


def test_editors_are_told_what_may_be_written() -> None:
    properties = WHEN.model_json_schema()["$defs"]["When"]["properties"]
    assert properties["weekday"]["description"] == "The day of the week."
    assert {"type": "array", "items": {"type": "string"}} in properties["weekday"]["anyOf"][0]["anyOf"]


@pytest.mark.parametrize("wrong", ["someday", []], ids=["no day", "an empty list"])
def test_what_it_does_not_take_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError, match="weekday"):
        WHEN.model_validate({"weekday": wrong})


def test_every_condition_has_its_own_key_and_place() -> None:
    keys = list(declared_keys())
    assert len({key.name for key in keys}) == len({key.order for key in keys}) == len(keys) > 0

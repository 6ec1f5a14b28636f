"""A condition is one declaration: the key, its type, its sentence for editors and what it asks follow from it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.config.checks.unreachable_rules import covers
from bot.config.compile.conditions import condition_of, name_meanings
from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList
from bot.config.schema.conditions import declared_keys, section_of
from bot.domain.routing.conditions import Condition
from bot.domain.routing.request import Facts
from bot.domain.routing.router import Router, Rule
from bot.domain.sentence import Sentence, sentence
from tests.config.conditions.one_rule import request_of
from tests.config.desk_files import SMALL, load

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
UTC = NameMeanings(groups={}, tiers={}, hours={}, zone=ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class DayOfWeek(Condition):
    """It is one of these days in the desk's zone."""

    days: frozenset[str]
    zone: ZoneInfo

    def holds(self, facts: Facts) -> bool:
        return self._today(facts) in self.days

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        return today(self._today(facts))

    def choices(self) -> frozenset[Hashable]:
        return self.days

    def _today(self, facts: Facts) -> str:
        return f"{facts.request.at.astimezone(self.zone):%a}".lower()


def today(day: str) -> Sentence:
    """Of a key that the catalogue does not have: nothing is rendered here."""
    return sentence("routing_of_tests.today", day=day)


@condition_key(order=105, description="The day of the week.")
def day_of_week(days: Annotated[list[Day], AsList], names: NameMeanings) -> Condition:
    return DayOfWeek(frozenset(days), names.zone)


WHEN = section_of([*declared_keys(), day_of_week])


def condition(written: Mapping[str, object], names: NameMeanings = UTC) -> Condition:
    return condition_of(WHEN.model_validate(written), names)


def test_a_rule_with_the_new_key_decides_and_says_why() -> None:
    rules = [Rule(name="weekend", condition=condition({"day_of_week": ["sat", "sun"]}), team="on_call")]
    rules += [Rule(name="monday", condition=condition({"day_of_week": "mon"}), team="it")]
    verdict = Router(rules, default_team="it").route(request_of())
    assert verdict.why == sentence("team.why_rule", rule="monday", finding=today("mon"))
    reports = Router(rules, default_team="it").explain(request_of())
    assert [each.why for each in reports] == [today("mon"), today("mon")]


def test_it_combines_with_the_others_at_any_depth_and_in_its_order() -> None:
    written = {
        "platform": "web",
        "any": [{"not": {"day_of_week": "sun"}}],
        "day_of_week": "mon",
        "words": "vpn",
    }
    facts = Facts(request_of("vpn"))
    found = condition(written)
    assert found.holds(facts)
    findings = (
        sentence("routing.word", text="vpn"),
        sentence("routing.platform", platform="web"),
        today("mon"),
        today("mon"),
    )
    assert found.why(facts, holds=True) == sentence("routing.all", findings=findings)


def test_it_knows_the_zone_of_the_default_team(tmp_path: Path) -> None:
    zoned = SMALL.replace("    channel: web:team-it\n", "    channel: web:team-it\n    calendar: far\n")
    loaded = load(
        tmp_path, f"{zoned}calendars: {{far: {{zone: Pacific/Auckland, week: {{mon: 9:00-17:00}}}}}}\n"
    )
    names = name_meanings(loaded.file, loaded.desk.teams)
    facts = Facts(request_of())
    assert condition({"day_of_week": "tue"}, names).why(facts, holds=True) == today("tue")
    assert condition({"day_of_week": "mon"}).why(facts, holds=True) == today("mon")


def test_a_rule_that_it_hides_is_seen() -> None:
    assert covers(condition({"day_of_week": ["sat", "sun"]}), condition({"day_of_week": "sun"}))
    assert not covers(condition({"day_of_week": "sun"}), condition({"day_of_week": ["sat", "sun"]}))


def test_editors_are_told_what_may_be_written() -> None:
    properties = WHEN.model_json_schema()["$defs"]["When"]["properties"]
    assert properties["day_of_week"]["description"] == "The day of the week."
    assert {"type": "array", "items": {"type": "string"}} in properties["day_of_week"]["anyOf"][0]["anyOf"]


@pytest.mark.parametrize("wrong", ["someday", []], ids=["no day", "an empty list"])
def test_what_it_does_not_take_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError, match="day_of_week"):
        WHEN.model_validate({"day_of_week": wrong})


def test_every_condition_has_its_own_key_and_place() -> None:
    keys = list(declared_keys())
    assert len({key.name for key in keys}) == len({key.order for key in keys}) == len(keys) > 0

"""Conditions of a checked file become those of the desk: names become what they stand for."""

from collections.abc import Iterator, Mapping

from bot.config.compile.fields import compile_fields
from bot.config.file.condition_key import NameMeanings
from bot.config.schema.conditions import ConditionSection
from bot.config.schema.desk import DeskFile
from bot.domain.directory import Team
from bot.domain.routing.conditions import AllOf, Condition, Not, all_of, any_of


def name_meanings(file: DeskFile, teams: Mapping[str, Team]) -> NameMeanings:
    return NameMeanings(
        groups=file.people.groups,
        tiers=file.people.tiers,
        hours={name: team.calendar for name, team in teams.items()},
        zone=teams[file.routing.default_team].calendar.zone,
        fields=compile_fields(file),
    )


def condition_of(when: ConditionSection, names: NameMeanings) -> Condition:
    """The condition that this section writes down."""
    return all_of(*_parts(when, names))


def _parts(when: ConditionSection, names: NameMeanings) -> Iterator[Condition]:
    """What each key of a condition asks; several keys must all hold."""
    for key in when.condition_keys:
        value = getattr(when, key.name)
        if value is not None:
            yield key.condition(value, names)
    if when.any is not None:
        yield any_of(*(condition_of(each, names) for each in when.any))
    if when.all is not None:
        yield AllOf(tuple(condition_of(each, names) for each in when.all))
    if when.not_ is not None:
        yield Not(condition_of(when.not_, names))

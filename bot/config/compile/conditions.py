"""Conditions of a checked file become those of the desk: names become what they stand for."""

from collections.abc import Iterator, Mapping

from bot.config.schema.conditions import When
from bot.config.schema.desk import DeskFile
from bot.domain.directory import Team
from bot.domain.routing import conditions


def condition_of(when: When, file: DeskFile, teams: Mapping[str, Team]) -> conditions.Condition:
    """The condition that this section writes down."""
    parts = tuple(_parts(when, file, teams))
    return parts[0] if len(parts) == 1 else conditions.AllOf(parts)


def _parts(when: When, file: DeskFile, teams: Mapping[str, Team]) -> Iterator[conditions.Condition]:
    """What each key of a condition asks; several keys must all hold."""
    yield from _about_the_text(when)
    yield from _about_the_requester(when, file)
    if when.inbox is not None:
        yield conditions.FromInbox(frozenset(when.inbox))
    if when.platform is not None:
        yield conditions.FromPlatform(frozenset(when.platform))
    for team, is_inside in ((when.inside_hours_of, True), (when.outside_hours_of, False)):
        if team is not None:
            yield conditions.Hours(team, teams[team].calendar, is_inside)
    if when.any is not None:
        yield _any_of(*(condition_of(each, file, teams) for each in when.any))
    if when.all is not None:
        yield conditions.AllOf(tuple(condition_of(each, file, teams) for each in when.all))
    if when.not_ is not None:
        yield conditions.Not(condition_of(when.not_, file, teams))


def _about_the_text(when: When) -> Iterator[conditions.Condition]:
    if when.words is not None:
        yield conditions.Words.of(*when.words)
    if when.pattern is not None:
        yield _any_of(*(conditions.Pattern.of(pattern) for pattern in when.pattern))
    if when.language is not None:
        yield conditions.Language(frozenset(when.language))
    if when.category is not None:
        yield conditions.FormField.of("category", *when.category)
    for name, values in (when.field or {}).items():
        yield conditions.FormField.of(name, *values)


def _about_the_requester(when: When, file: DeskFile) -> Iterator[conditions.Condition]:
    if when.person is not None:
        yield conditions.Requester(frozenset(when.person))
    if when.group is not None:
        groups = file.people.groups
        yield _any_of(*(conditions.Group(name, frozenset(groups[name])) for name in when.group))
    if when.tier is not None:
        tiers = file.people.tiers
        yield _any_of(*(conditions.Tier(name, frozenset(tiers[name])) for name in when.tier))


def _any_of(*choices: conditions.Condition) -> conditions.Condition:
    return choices[0] if len(choices) == 1 else conditions.AnyOf(choices)

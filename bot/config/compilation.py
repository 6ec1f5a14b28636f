"""A checked file becomes the desk: names become what they stand for, and rules become conditions."""

from collections.abc import Iterator, Mapping

from bot.config.courtesies import courtesies
from bot.config.schema import (
    DeskFile,
    FieldSection,
    PolicySection,
    RuleSection,
    When,
)
from bot.domain import conditions
from bot.domain.calendar import Calendar
from bot.domain.desk import Desk
from bot.domain.directory import Place, Team
from bot.domain.intake_form import CustomField
from bot.domain.routing import Router, Rule
from bot.domain.sla import Measure, SlaPolicy, Stage
from bot.domain.ticket import Status

DEFAULT_PAUSES: Mapping[Measure, tuple[Status, ...]] = {
    Measure.FIRST_RESPONSE: (),
    Measure.RESOLUTION: (Status.PENDING, Status.ON_HOLD),
}


def compile_desk(file: DeskFile, *, calendars: Mapping[str, Calendar]) -> Desk:
    """The desk this file describes, with its calendars."""
    teams = _teams(file, calendars)
    return Desk(
        name=file.desk.name,
        prefix=file.desk.ticket_prefix,
        places={
            name: Place(
                name=name,
                channel=each.channel,
                takes=each.takes,
                is_private=each.private,
                takes_bots=each.bots,
                reaction=each.reaction or "ticket",
                joins=each.joins,
            )
            for name, each in file.places.items()
        },
        teams=teams,
        default_team=file.routing.default_team,
        router=_router(file, teams),
        sla_policies={name: _policy(name, each, file, calendars) for name, each in file.sla_policies.items()},
        team_policies={name: each.sla_policy for name, each in file.teams.items() if each.sla_policy},
        default_policy=file.desk.sla_policy,
        admins=frozenset(file.desk.admins),
        operator_channel=file.desk.operator_channel,
        categories=tuple(file.desk.categories),
        forms={category: tuple(map(_custom_field, fields)) for category, fields in file.forms.items()},
        language=file.desk.language,
        command_names=file.desk.commands.model_dump(by_alias=True),
        courtesies=courtesies(file.courtesies),
        aside=file.desk.not_a_ticket,
        macros={name: each.compiled(name) for name, each in file.macros.items()},
    )


def _custom_field(section: FieldSection) -> CustomField:
    return CustomField(
        name=section.name,
        label=section.label,
        kind=section.kind,
        is_required=section.required,
        hint=section.hint,
        choices=tuple(section.choices),
    )


def _teams(file: DeskFile, calendars: Mapping[str, Calendar]) -> Mapping[str, Team]:
    return {
        name: Team(
            name=name,
            title=each.title or name,
            channel=each.channel,
            calendar=calendars[each.calendar],
            escalation_channel=each.escalation_channel,
            agents=frozenset(each.agents),
            leads=frozenset(each.leads),
            assignment=each.assignment,
            team_thread=each.team_thread,
            closes_after=each.closes_after,
        )
        for name, each in file.teams.items()
    }


def _policy(
    name: str, section: PolicySection, file: DeskFile, calendars: Mapping[str, Calendar]
) -> SlaPolicy:
    targets = {Measure.FIRST_RESPONSE: section.first_response, Measure.RESOLUTION: section.resolution}
    policy = SlaPolicy(
        name=name,
        calendar=calendars[section.calendar] if section.calendar else None,
        targets={measure: by_priority for measure, by_priority in targets.items() if by_priority},
        pauses={
            measure: frozenset(section.pauses.get(measure, DEFAULT_PAUSES[measure])) for measure in Measure
        },
    )
    if section.escalation is None:
        return policy
    stages = sorted(file.escalation_policies[section.escalation], key=lambda stage: stage.at)
    return SlaPolicy(
        name=name,
        calendar=policy.calendar,
        targets=policy.targets,
        pauses=policy.pauses,
        stages=tuple(Stage(share=stage.at, notify=tuple(stage.notify)) for stage in stages),
    )


def _router(file: DeskFile, teams: Mapping[str, Team]) -> Router:
    default_team = file.routing.default_team
    rules = [_rule(section, file, teams, default_team=default_team) for section in file.routing.rules]
    return Router(rules, default_team=default_team)


def _rule(section: RuleSection, file: DeskFile, teams: Mapping[str, Team], *, default_team: str) -> Rule:
    return Rule(
        name=section.name,
        condition=_condition(section.when, file, teams) if section.when else conditions.Always(),
        team=section.team or default_team,
        priority=section.priority,
        tags=tuple(section.tags),
        sla_policy=section.sla_policy,
        is_private=section.private,
        assignment=section.assignment,
        assignee=section.assign_to,
    )


def _condition(when: When, file: DeskFile, teams: Mapping[str, Team]) -> conditions.Condition:
    parts = tuple(_parts(when, file, teams))
    return parts[0] if len(parts) == 1 else conditions.AllOf(parts)


def _parts(when: When, file: DeskFile, teams: Mapping[str, Team]) -> Iterator[conditions.Condition]:
    """What each key of a condition asks; several keys must all hold."""
    yield from _about_the_text(when)
    yield from _about_the_requester(when, file)
    if when.place is not None:
        yield conditions.FromPlace(frozenset(when.place))
    if when.platform is not None:
        yield conditions.FromPlatform(frozenset(when.platform))
    for team, is_inside in ((when.inside_hours_of, True), (when.outside_hours_of, False)):
        if team is not None:
            yield conditions.Hours(team, teams[team].calendar, is_inside)
    if when.any is not None:
        yield _any_of(*(_condition(each, file, teams) for each in when.any))
    if when.all is not None:
        yield conditions.AllOf(tuple(_condition(each, file, teams) for each in when.all))
    if when.not_ is not None:
        yield conditions.Not(_condition(when.not_, file, teams))


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

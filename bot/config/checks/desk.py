"""What a valid configuration still gets wrong: rules that never decide, clocks that tell nobody."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from bot.config.checks.assignment import check_assignment
from bot.config.checks.channel_names import mistyped_channels
from bot.config.checks.escalations import step_plan_findings
from bot.config.checks.findings import ConfigurationFinding, error, hint, warning
from bot.config.checks.hours import overnight_findings
from bot.config.checks.levels import check_levels
from bot.config.checks.on_call import check_duty, not_in_workspace, unused_entry
from bot.config.checks.platforms import channel_findings, page_findings, people_named, platform_findings
from bot.config.checks.unreachable_rules import shadowed
from bot.config.file.document import KeyPath, Plain
from bot.config.loading import Configuration
from bot.config.schema.sla import PromiseSection
from bot.domain.routing.router import Request
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, Notify, SlaPolicy
from bot.domain.tickets.ticket import Priority


def check_desk(
    configuration: Configuration, samples: Sequence[Request] = (), *, platforms: frozenset[str] | None = None
) -> list[ConfigurationFinding]:
    """Everything worth pointing at, by line.

    `samples` are requests the rules ought to know what to do with. `platforms` names those that are set
    up; None leaves out what depends on it.
    """
    findings = [
        *_shadowed_rules(configuration),
        *_rules_without_samples(configuration, samples),
        *_assignments(configuration),
        *_teams(configuration),
        *_silent_policies(configuration),
        *_resolved_before_answered(configuration),
        *step_plan_findings(configuration),
        *overnight_findings(configuration),
        *_inboxes(configuration),
        *channel_findings(configuration),
        *mistyped_channels(configuration),
        *(platform_findings(configuration, platforms) if platforms is not None else ()),
        *(page_findings(configuration, platforms) if platforms is not None else ()),
        *_people(configuration),
        *_blocked(configuration),
        *_typographic_quotes(configuration),
        *_communities(configuration),
        *_transcripts(configuration),
        *_operators(configuration),
        *check_duty(configuration),
        *check_assignment(configuration),
        *check_levels(configuration),
        *_unused(configuration),
    ]
    return sorted(findings, key=lambda finding: (finding.line, str(finding.sentence)))


def _shadowed_rules(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    rules = configuration.desk.router.rules
    for position, earlier in shadowed(configuration.desk.router):
        line = _rule_line(configuration, earlier)
        yield warning(
            _rule_line(configuration, position),
            sentence(
                "configuration.rule_unreachable",
                rule=rules[position].name,
                other=rules[earlier].name,
                line=str(line),
            ),
        )


def _rules_without_samples(
    configuration: Configuration, samples: Sequence[Request]
) -> Iterator[ConfigurationFinding]:
    if not samples:
        return
    router = configuration.desk.router
    deciding = {router.route(sample).rule for sample in samples}
    waiting = {position for position, rule in enumerate(router.rules) if rule.name not in deciding}
    matches = dict.fromkeys(waiting, 0)
    for sample in samples if waiting else ():
        for position, report in enumerate(router.explain(sample)):
            if position in waiting and report.matched:
                matches[position] += 1
    for position, count in matches.items():
        name = router.rules[position].name
        told = (
            sentence("configuration.rule_too_late", rule=name, count=count)
            if count
            else sentence("configuration.rule_without_samples", rule=name)
        )
        yield warning(_rule_line(configuration, position), told)


def _assignments(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    desk = configuration.desk
    for position, rule in enumerate(desk.router.rules):
        team = desk.teams[rule.team]
        if rule.assignee is not None and rule.assignee not in team.agents | team.leads:
            yield warning(
                _rule_line(configuration, position),
                sentence(
                    "configuration.assignee_not_agent", rule=rule.name, person=rule.assignee, team=rule.team
                ),
            )


def _teams(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    desk = configuration.desk
    used = {desk.default_team, *(each.default_team for each in desk.communities.values())}
    used |= {rule.team for rule in desk.router.rules}
    for name, team in desk.teams.items():
        line = configuration.line_of("teams", name)
        if not team.agents and not team.leads:
            yield error(line, sentence("configuration.team_empty", team=name))
        elif not team.agents and not team.assigns:
            yield warning(line, sentence("configuration.team_of_leads", team=name))
        elif not team.agents:
            yield warning(line, sentence("configuration.team_of_leads_assigned", team=name))
        if team.escalation_channel is None and (policy := _pinging_policy(configuration, name)):
            yield warning(line, sentence("configuration.team_without_alerts", team=name, policy=policy))
        if configuration.file.calendars and "calendar" not in configuration.file.teams[name].model_fields_set:
            yield hint(line, sentence("configuration.team_without_calendar", team=name))
        if name not in used:
            yield hint(line, sentence("configuration.team_without_rules", team=name))
        if desk.inbox_at(team.escalation_channel or team.channel) is not None:
            yield warning(line, sentence("configuration.alerts_in_inbox", team=name))


def _pinging_policy(configuration: Configuration, team: str) -> str | None:
    """A policy that may run on this team's tickets and pings the escalation channel."""
    desk = configuration.desk
    names = desk.policies_named_for(team)
    return next((name for name in names if _pings(desk.sla_policies[name])), None)


def _pings(policy: SlaPolicy) -> bool:
    return any(Notify.ESCALATION_CHANNEL in stage.notify for stage in policy.stages)


def _silent_policies(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    for name, policy in configuration.desk.sla_policies.items():
        if not any(stage.notify for stage in policy.stages):
            yield warning(
                configuration.line_of("sla_policies", name),
                sentence("configuration.policy_silent", policy=name),
            )
        elif not any(stage.is_breach and stage.notify for stage in policy.stages):
            yield hint(
                configuration.line_of("sla_policies", name),
                sentence("configuration.policy_silent_at_breach", policy=name),
            )


def _resolved_before_answered(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Targets in the same hours, of which the one that is reached last is the shorter."""
    for name, policy in configuration.desk.sla_policies.items():
        responses, resolutions = (
            policy.targets.get(each, {}) for each in (Measure.FIRST_RESPONSE, Measure.RESOLUTION)
        )
        are_alike = (Measure.FIRST_RESPONSE in policy.elapsed) is (Measure.RESOLUTION in policy.elapsed)
        for priority in Priority if are_alike else ():
            response, resolution = responses.get(priority), resolutions.get(priority)
            if response is not None and resolution is not None and resolution < response:
                told = sentence(
                    "configuration.resolution_before_response",
                    policy=name,
                    priority=priority.term,
                    response=response,
                    resolution=resolution,
                )
                yield warning(configuration.line_of("sla_policies", name, "resolution"), told)


def _inboxes(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    desk = configuration.desk
    if not desk.inboxes:
        yield hint(1, sentence("configuration.no_inboxes"))
    for name, inbox in desk.inboxes.items():
        if inbox.channel.platform == configuration.names.workspace and not configuration.workspace.people:
            line = configuration.line_of("inboxes", name)
            yield warning(line, sentence("configuration.inbox_unreachable", inbox=name))


def _communities(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Inboxes of which the file does not say whose they are."""
    desk = configuration.desk
    for name, inbox in desk.inboxes.items():
        on_platform = desk.communities_on(inbox.channel.platform)
        if on_platform and inbox.community is None:
            yield warning(
                configuration.line_of("inboxes", name),
                sentence("configuration.inbox_without_community", inbox=name),
            )


def _people(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """References to people of the browser workspace whom it does not list."""
    listed = {person.key for person in configuration.workspace.people}
    if not configuration.desk.admins:
        yield hint(configuration.line_of("desk"), sentence("configuration.no_admins"))
    for at, people in people_named(configuration) if listed else ():
        for person in sorted(set(people) - listed):
            if person.startswith(f"{configuration.names.workspace}:"):
                yield warning(configuration.line_of(*at), not_in_workspace(person, listed))


def _blocked(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Who may do nothing, and is named for something."""
    blocked = configuration.desk.blocked
    for at, people in people_named(configuration):
        for person in sorted(blocked & set(people)):
            told = sentence("configuration.blocked_and_named", person=person, path=".".join(at))
            yield warning(configuration.line_of("desk", "blocked"), told)


def _typographic_quotes(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Quotes that YAML takes for letters."""
    for at, text in _texts(configuration.document.values):
        if text and _is_typographic(text[0]) and _is_typographic(text[-1]):
            told = sentence("configuration.typographic_quotes", text=text)
            yield warning(configuration.document.line_of(at), told)


def _is_typographic(sign: str) -> bool:
    return not sign.isascii() and "QUOTATION MARK" in unicodedata.name(sign, "")


def _texts(value: Plain, at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield at, value
    elif value is not None:
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, each in steps:
            yield from _texts(each, (*at, step))


def _transcripts(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """The staff's transcripts hold notes and private requests."""
    channel = configuration.desk.transcripts.channel
    if channel is not None and (inbox := configuration.desk.inbox_at(channel)) is not None:
        line = configuration.line_of("transcripts", "channel")
        yield error(line, sentence("configuration.transcripts_in_inbox", inbox=inbox.name))


def _operators(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    channel = configuration.desk.operator_channel
    if channel is not None and (inbox := configuration.desk.inbox_at(channel)) is not None:
        line = configuration.line_of("desk", "operator_channel")
        yield error(line, sentence("configuration.operators_in_inbox", inbox=inbox.name))


def _unused(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    file = configuration.file
    policies = {file.desk.sla_policy, *(each.sla_policy for each in file.teams.values())}
    policies |= {each.sla_policy for each in file.routing.rules}
    calendars = {each.calendar for each in file.teams.values()}
    promises: list[PromiseSection] = [*file.sla_policies.values()]
    promises += [variant for each in file.sla_policies.values() for variant in each.variants]
    calendars |= {each.calendar for each in promises if each.calendar}
    calendars |= {part.calendar for each in file.calendars.values() for part in each.union or []}
    escalations = {each.escalation for each in promises}
    defined: Mapping[str, tuple[Mapping[str, object], set[str | None] | set[str]]] = {
        "sla_policies": (file.sla_policies, policies),
        "calendars": (file.calendars, calendars),
        "escalation_policies": (file.escalation_policies, escalations),
    }
    for section, (names, used) in defined.items():
        for name in names:
            if name not in used:
                yield unused_entry(configuration, section, name)


def _rule_line(configuration: Configuration, position: int) -> int:
    return configuration.line_of("routing", "rules", position)

"""What a valid configuration still gets wrong about who gets a team's tickets."""

from collections.abc import Iterator

from bot.config.checks.findings import ConfigurationFinding, warning
from bot.config.loading import Configuration
from bot.domain.assignment.workload import Workload
from bot.domain.directory import Assignment, Team, is_address, is_group
from bot.domain.sentence import sentence

_FINDINGS = Iterator[ConfigurationFinding]


def check_assignment(configuration: Configuration) -> _FINDINGS:
    for name, team in configuration.desk.teams.items():
        rules = [rule for rule in configuration.desk.router.rules if rule.team == name]
        ways = {*team.assignment, *(way for rule in rules for way in rule.assignment or ())}
        yield from _skills(configuration, team, ways)
        is_assigning = ways != {Assignment.NONE} or any(rule.assignee for rule in rules)
        if team.workload != Workload() and not is_assigning:
            line = configuration.line_of("teams", name, "workload")
            yield warning(line, sentence("configuration.capacity_unused", team=name))
        yield from _too_heavy(configuration, team)
        yield from _strangers(configuration, team)


def _skills(configuration: Configuration, team: Team, ways: set[Assignment]) -> _FINDINGS:
    if Assignment.SKILL in ways and not team.skills:
        line = configuration.line_of("teams", team.name, "assignment")
        yield warning(line, sentence("configuration.skills_missing", team=team.name))
    if team.skills and Assignment.SKILL not in ways:
        line = configuration.line_of("teams", team.name, "skills")
        yield warning(line, sentence("configuration.skills_unused", team=team.name))


def _too_heavy(configuration: Configuration, team: Team) -> _FINDINGS:
    """A ticket that weighs more than anybody may have is never given to anybody."""
    workload = team.workload
    if not workload.has_capacity or (
        workload.capacity is None and len(workload.per_agent) < len(team.agents)
    ):
        return
    most = max(workload.capacity or 0, *workload.per_agent.values(), 0)
    for priority, weight in workload.weights.items():
        if weight > most:
            yield warning(
                configuration.line_of("teams", team.name, "workload", "weights", priority),
                sentence(
                    "configuration.weight_over_capacity",
                    team=team.name,
                    priority=priority,
                    weight=weight,
                    capacity=most,
                ),
            )


def _strangers(configuration: Configuration, team: Team) -> _FINDINGS:
    """Those who have a capacity or a skill and are not agents; a group or an address may well mean one."""
    if any(is_group(each) or is_address(each) for each in team.agents):
        return
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("workload", "per_agent", person), person) for person in team.workload.per_agent
    ]
    named += [
        (("skills", index, "agents"), person)
        for index, skill in enumerate(team.skills)
        for person in sorted(skill.agents)
    ]
    for location, person in named:
        if person not in team.agents and not is_group(person) and not is_address(person):
            line = configuration.line_of("teams", team.name, *location)
            yield warning(line, sentence("configuration.assigned_stranger", person=person, team=team.name))

"""What `check` says about escalation policies: stages out of order, steps in circles, people who cannot be called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.config.checks.findings import ConfigurationFinding, error, warning
from bot.config.file.problems import path_of
from bot.config.loading import Configuration
from bot.config.schema.escalations import StepSection
from bot.config.schema.sla import StageSection
from bot.domain.escalations.escalation import StepRecipient
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileStep:
    """A step where it stands in the file, and the policies that may take it."""

    line: int
    escalation: str
    step: StepSection


def step_plan_findings(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    steps = list(_written(configuration))
    yield from _circles(configuration, steps)
    yield from _nobody(configuration, steps)
    yield from _stages_out_of_order(configuration)


def _written(configuration: Configuration) -> Iterator[_FileStep]:
    for name, stages in configuration.file.escalation_policies.items():
        for at, stage in enumerate(stages):
            for number, step in enumerate(stage.steps):
                line = configuration.line_of("escalation_policies", name, at, "steps", number)
                yield _FileStep(line=line, escalation=name, step=step)


def _circles(configuration: Configuration, steps: list[_FileStep]) -> Iterator[ConfigurationFinding]:
    """A ticket is never sent back to a team that it was escalated from, so a circle ends where it would close."""
    upwards = {team: _transfers(configuration, team, steps) for team in configuration.desk.teams}
    told: set[frozenset[str]] = set()
    for team in upwards:
        way = _way_back(team, upwards)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            line = upwards[way[-1]][team].line
            path = path_of([named_in_file(each) for each in (*way, team)])
            yield error(line, sentence("configuration.steps_circle", path=path))


def _transfers(configuration: Configuration, team: str, steps: list[_FileStep]) -> dict[str, _FileStep]:
    """Where a ticket of this team may be escalated to, and the step that does it."""
    running = _escalations(configuration, team)
    return {
        each.step.transfer: each
        for each in reversed(steps)
        if each.step.transfer not in (None, team) and each.escalation in running
    }


def _escalations(configuration: Configuration, team: str) -> set[str]:
    """The escalation policies that may run for a team's tickets; where nothing names any, all of them."""
    file, desk = configuration.file, configuration.desk
    has_own = desk.team_policies.get(team, desk.default_policy) is not None
    named = desk.policies_named_for(team) if has_own else file.sla_policies
    policies = {each: file.sla_policies[each] for each in named}
    found = {policy.escalation for policy in policies.values()}
    found |= {variant.escalation for policy in policies.values() for variant in policy.variants}
    return {each for each in found if each is not None}


def _way_back(team: str, upwards: dict[str, dict[str, _FileStep]]) -> list[str]:
    """The shortest way from a team to itself; empty when there is none."""
    ways = [[team]]
    seen: set[str] = set()
    for way in ways:
        for following in upwards.get(way[-1], {}):
            if following == team:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _nobody(configuration: Configuration, steps: list[_FileStep]) -> Iterator[ConfigurationFinding]:
    for each in steps:
        wanted = {*each.step.mention, *each.step.direct}
        if each.step.reassign is not None:
            wanted.add(StepRecipient.ON_CALL)
        yield from _missing(configuration, wanted, "step", line=each.line, escalation=each.escalation)
    for name, stages in configuration.file.escalation_policies.items():
        for at, stage in enumerate(stages):
            line = configuration.line_of("escalation_policies", name, at, "notify")
            yield from _missing(configuration, {*stage.notify}, "stage", line=line, escalation=name)


def _missing(
    configuration: Configuration, wanted: Iterable[str], what: str, *, line: int, escalation: str
) -> Iterator[ConfigurationFinding]:
    """Those whom this step or stage calls and a team that it may run for does not have."""
    for name, team in configuration.desk.teams.items():
        if escalation not in _escalations(configuration, name):
            continue
        missing = {StepRecipient.ON_CALL: not team.rota, StepRecipient.LEADS: not team.leads}
        missing[StepRecipient.LEADS_OF_LEADS] = not team.leads_of_leads
        for called, is_missing in missing.items():
            if is_missing and called in wanted:
                key = "rota" if called is StepRecipient.ON_CALL else called.value
                told = f"configuration.{what}_unanswered"
                yield warning(line, sentence(told, who=called.value, team=name, option=key))


def _stages_out_of_order(configuration: Configuration) -> Iterator[ConfigurationFinding]:
    """Stages are taken by their times, so one that is written too late is either misplaced or mistyped."""
    for name, stages in configuration.file.escalation_policies.items():
        for at, stage in enumerate(stages):
            later = next((each for each in stages[:at] if _comes_before(stage, each)), None)
            if later is not None:
                line = configuration.line_of("escalation_policies", name, at)
                told = "configuration.stage_out_of_order"
                yield warning(line, sentence(told, stage=_time_of(stage), later=_time_of(later)))


def _comes_before(stage: StageSection, other: StageSection) -> bool:
    """Whether that is so for every target; a share and an amount of time left are told apart by the breach alone."""
    if stage.left is not None:
        return stage.left > other.left if other.left is not None else (other.at or 0) >= 1
    return stage.at is not None and other.at is not None and stage.at < other.at


def _time_of(stage: StageSection) -> Sentence | str:
    if stage.left is not None:
        return sentence("terms.stage_left", left=stage.left)
    return f"{stage.at:.0%}"

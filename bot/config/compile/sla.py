"""SLA policies of a checked file, with their variants and stages, as the desk runs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.config.compile.conditions import condition_of, name_meanings
from bot.config.schema.desk import DeskFile
from bot.config.schema.escalations import step_plan_of
from bot.config.schema.sla import PolicySection, PromiseSection, StageSection, VariantSection
from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import Team
from bot.domain.sla.policy_choice import PolicyVariant
from bot.domain.sla.timer import Measure, SlaPolicy, Stage
from bot.domain.tickets.ticket import Priority, Status

DEFAULT_PAUSES: Mapping[Measure, tuple[Status, ...]] = {
    Measure.FIRST_RESPONSE: (Status.PENDING, Status.ON_HOLD),
    Measure.NEXT_RESPONSE: (),
    Measure.RESOLUTION: (Status.PENDING, Status.ON_HOLD),
    Measure.PERIODIC_UPDATE: (Status.PENDING,),
}
COLOURS = (Stage(share=0.5), Stage(share=0.8), Stage(share=1.0))
"""For a policy that tells nobody: its cards only change colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Both by the name of the policy."""

    policies: Mapping[str, SlaPolicy]
    variants: Mapping[str, tuple[PolicyVariant, ...]]


def compile_policies(
    file: DeskFile, *, calendars: Mapping[str, Calendar], teams: Mapping[str, Team]
) -> Policies:
    """The policies that the file defines, on the calendars that they name."""
    stages = {name: _stages(sections) for name, sections in file.escalation_policies.items()}
    names = name_meanings(file, teams)
    policies = {
        name: _policy(name, section, calendars=calendars, stages=stages)
        for name, section in file.sla_policies.items()
    }
    variants = {
        name: tuple(
            PolicyVariant(
                condition=condition_of(variant.when, names),
                policy=_policy(name, section, variant, calendars=calendars, stages=stages),
            )
            for variant in section.variants
        )
        for name, section in file.sla_policies.items()
        if section.variants
    }
    return Policies(policies=policies, variants=variants)


def _policy(
    name: str,
    section: PolicySection,
    variant: VariantSection | None = None,
    *,
    calendars: Mapping[str, Calendar],
    stages: Mapping[str, tuple[Stage, ...]],
) -> SlaPolicy:
    """The policy, or its variant: what that leaves out is as in the policy."""
    layers: list[PromiseSection] = [section, *([variant] if variant else [])]
    calendar = next((each.calendar for each in reversed(layers) if each.calendar), None)
    elapsed = next((each.elapsed for each in reversed(layers) if each.elapsed is not None), [])
    escalation = next((each.escalation for each in reversed(layers) if each.escalation), None)
    return SlaPolicy(
        name=name,
        variant=variant.name if variant else None,
        calendar=calendars[calendar] if calendar else None,
        targets=_targets(layers),
        elapsed=frozenset(elapsed),
        raised=section.raised,
        pauses={
            measure: frozenset(section.pauses.get(measure, DEFAULT_PAUSES[measure])) for measure in Measure
        },
        stages=stages[escalation] if escalation else COLOURS,
    )


def _targets(layers: Sequence[PromiseSection]) -> dict[Measure, dict[Priority, timedelta]]:
    targets: dict[Measure, dict[Priority, timedelta]] = {}
    for layer in layers:
        for measure, by_priority in layer.targets().items():
            targets[measure] = targets.get(measure, {}) | by_priority
    return targets


def _stages(sections: Sequence[StageSection]) -> tuple[Stage, ...]:
    """Shares of the target rising, then how much is left, falling, then the breach and what comes after."""
    stages = [
        Stage(
            share=section.at,
            left=section.left,
            notify=tuple(section.notify),
            pages_always=section.page == "always",
            step_plan=step_plan_of(section.steps, section.repeat, pages_always=section.page == "always"),
        )
        for section in sections
    ]
    return tuple(sorted(stages, key=_place))


def _place(stage: Stage) -> tuple[bool, bool, float]:
    if stage.left is not None:
        return False, True, -stage.left.total_seconds()
    assert stage.share is not None
    return stage.is_breach, False, stage.share

"""What `sla_policies` and `escalation_policies` of `desk.yaml` may say: promises, and who hears of them when."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.config.file.field_types import AsList, CalendarName, EscalationName, OpenTime, Share, wrong
from bot.config.file.section import Section
from bot.config.schema.conditions import NotNothing, When
from bot.config.schema.escalations import RepeatSection, StepSection, check_steps
from bot.domain.sla.policy import Measure, Notify, TargetStart
from bot.domain.tickets.ticket import Priority, Status


def _for_every_priority(value: object) -> object:
    return dict.fromkeys(Priority, value) if isinstance(value, str) else value


Targets = Annotated[
    dict[Priority, OpenTime],
    BeforeValidator(_for_every_priority, json_schema_input_type=str | dict[Priority, OpenTime]),
]


class PromiseSection(Section):
    """Targets in open time of the calendar; a priority without a target has no clock."""

    calendar: CalendarName | None = Field(None, description="Instead of the team's own calendar.")
    first_response: Targets = Field(
        {}, description="`30m` for all, or by priority: `{urgent: 15m, normal: 4h}`."
    )
    next_response: Targets = Field(
        {}, description="Each time the requester has spoken last, after the first response."
    )
    resolution: Targets = Field({}, description="`8h` for all, or by priority.")
    periodic_update: Targets = Field(
        {}, description="From each public word of the agents to the next, while the ticket is not resolved."
    )
    elapsed: Annotated[list[Measure], AsList] | None = Field(
        None, description="Whose time counts as it passes, nights and weekends too: `[resolution]`."
    )
    escalation: EscalationName | None = Field(
        None, description="Who is told; left out: cards only change colour."
    )

    def targets(self) -> dict[Measure, dict[Priority, timedelta]]:
        """The targets that are given, by measure."""
        return {measure: given for measure in Measure if (given := getattr(self, measure.value))}


class VariantSection(PromiseSection):
    """Other promises for some requests; what it leaves out is as in the policy."""

    name: str = Field(min_length=1, description="Shown where somebody asks why a ticket is promised what.")
    when: Annotated[When, NotNothing] = Field(description="For which requests; as in routing rules.")


class PolicySection(PromiseSection):
    """Promises, and for which statuses their clocks stand still."""

    pauses: dict[Measure, list[Status]] = Field(
        {},
        description="Statuses in which a clock stands still. Left out: `pending` and `on_hold` for `first_response` "
        "and `resolution`, `pending` for `periodic_update`, none for `next_response`.",
    )
    raised: TargetStart = Field(
        TargetStart.FROM_RAISE,
        description="From where the target of a raised priority counts: `from_raise`, though never to a later time "
        "than before, or `from_opening`, which may make it due at once.",
    )
    variants: list[VariantSection] = Field(
        [], description="Other promises by inbox, tier, group, category …: the first one that fits."
    )

    @model_validator(mode="after")
    def _promises_something(self) -> Self:
        promised = set(self.targets())
        if not promised:
            raise wrong("configuration.policy_empty")
        sections: list[PromiseSection] = [self, *self.variants]
        for each in sections:
            idle = [
                measure for measure in each.elapsed or [] if measure not in promised | set(each.targets())
            ]
            if idle:
                raise wrong("configuration.elapsed_idle", measure=idle[0].value, at="elapsed")
        return self


class StageSection(Section):
    """What happens at a share of the target, or while some time is left; 100% is the due time."""

    at: Share | None = Field(None, description="A share of the target: `80%`.")
    left: OpenTime | None = Field(
        None,
        description="Time in which the team is there until the promise is due: `30m` before Monday 9:15 is "
        "on Friday afternoon. What is promised within less is told at once.",
    )
    notify: Annotated[list[Notify], AsList] = Field(
        [], description="Empty: the card changes colour, no more."
    )
    page: Literal["staffed", "always"] = Field(
        "staffed", description="always: also while the team is not there."
    )

    steps: list[StepSection] = Field(
        [],
        max_length=20,
        description="What happens then, one after the other, until somebody acknowledges it.",
    )
    repeat: RepeatSection | None = Field(None, description="The last step again and again.")

    @model_validator(mode="after")
    def _is_at_one_time(self) -> Self:
        if (self.at is None) is (self.left is None):
            raise wrong("configuration.stage_time")
        check_steps(self.steps, self.repeat)
        return self


def _each_stage_once(stages: list[StageSection]) -> list[StageSection]:
    times = [stage.at or stage.left for stage in stages]
    for position, time in enumerate(times):
        if time in times[:position]:
            if isinstance(time, timedelta):
                raise wrong("configuration.stage_twice_left", left=time, at=position)
            raise wrong("configuration.stage_twice", stage=f"{time:.0%}", at=position)
    return stages


Stages = Annotated[list[StageSection], Field(min_length=1, max_length=20), AfterValidator(_each_stage_once)]

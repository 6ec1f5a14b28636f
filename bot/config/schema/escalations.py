"""What the `steps` of a stage may say: who is called, and what changes, while nobody acknowledges an alarm."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.config.file.field_types import AsList, OpenTime, TeamName, WebhookName, wrong
from bot.config.file.section import Section
from bot.domain.escalations.escalation import Step, StepPlan, StepRecipient
from bot.domain.tickets.ticket import Priority

UNTIL_ACKNOWLEDGED = 10_000
"""Repetitions where `times` is left out; each is open time of the team, so these are years."""


class StepSection(Section):
    """One step; all of it happens together."""

    after: OpenTime = Field(
        description="How long after the stage, in the team's open time (with `page: always`, in any): `10m`."
    )
    mention: Annotated[list[StepRecipient], AsList] = Field(
        [], description="Called in the escalation channel."
    )
    direct: Annotated[list[StepRecipient], AsList] = Field([], description="Called by direct message.")
    priority: Priority | None = Field(None, description="Raises it; a higher one stays.")
    reassign: Literal["on_call"] | None = Field(None, description="Gives the ticket to whoever is on call.")
    transfer: TeamName | None = Field(None, description="Moves the ticket to the next level.")
    webhook: WebhookName | None = Field(None, description="Calls a webhook of `webhooks`.")

    @model_validator(mode="after")
    def _does_something(self) -> "StepSection":
        does = (self.mention, self.direct, self.priority, self.reassign, self.transfer, self.webhook)
        if not any(does):
            raise wrong("configuration.step_empty")
        return self

    def compiled(self) -> Step:
        return Step(
            after=self.after,
            mentions=tuple(self.mention),
            directs=tuple(self.direct),
            priority=self.priority,
            reassign=self.reassign is not None,
            transfer=self.transfer,
            webhook=self.webhook,
        )


class RepeatSection(Section):
    """The last step again."""

    every: OpenTime = Field(description="From one time to the next: `30m`.")
    times: int | None = Field(
        None, ge=1, le=UNTIL_ACKNOWLEDGED, description="Until somebody acknowledges it when left out."
    )


def step_plan_of(steps: list[StepSection], repeat: RepeatSection | None, *, pages_always: bool) -> StepPlan:
    """The ladder of a checked stage."""
    if not steps:
        return StepPlan()
    return StepPlan(
        steps=tuple(step.compiled() for step in steps),
        repeat_every=repeat.every if repeat is not None else timedelta(),
        repeats=(repeat.times or UNTIL_ACKNOWLEDGED) if repeat is not None else 0,
        pages_always=pages_always,
    )


def check_steps(steps: list[StepSection], repeat: RepeatSection | None) -> None:
    """Raises, naming the step, for delays that do not rise; and for a repetition of nothing."""
    for position in range(1, len(steps)):
        if steps[position].after <= steps[position - 1].after:
            raise wrong("configuration.steps_order", at="steps")
    if repeat is not None and not steps:
        raise wrong("configuration.nothing_to_repeat", at="repeat")

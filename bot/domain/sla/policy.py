"""SLA policies: what is promised by measure and priority, on whose hours, and the stages of a promise.

A policy on a calendar is complete; a ticket keeps a copy of it like that, so that no later change of policy or
calendar moves a running clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.escalations.escalation import StepPlan
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.ticket import Priority, Status

_ZERO = timedelta()
_NO_STEPS = StepPlan()
_ALWAYS = Calendar.around_the_clock()


class Measure(StrEnum):
    """What is promised: an answer to the request, to each further word of the requester, an end, and news.

    A next response is owed from the requester's word to the agents' next public one; an update from each public
    word of the agents to the next. Each such stretch is a promise of its own.
    """

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"
    PERIODIC_UPDATE = "periodic_update"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class TargetStart(StrEnum):
    """From where a shorter target counts when a ticket's priority is raised: from the raise, or from the opening."""

    FROM_RAISE = "from_raise"
    FROM_OPENING = "from_opening"


class Notify(StrEnum):
    """Who is told when a stage is reached: the team's escalation channel, and whom the ping mentions."""

    ESCALATION_CHANNEL = "escalation_channel"
    ASSIGNEE = "assignee"
    LEADS = "leads"
    LEADS_OF_LEADS = "leads_of_leads"
    ON_CALL = "on_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """When something happens: at a `share` of the target, 1.0 being the due time, or while `left` remains.

    `left` is time in which the team is there: half an hour before Monday 9:15 is Friday 16:45 for a team that
    goes home at 17:00 and comes in at 9:00. Exactly one of the two is given. No `notify`: colour only.
    `pages_always`: whoever is told is told at once, also outside the team's hours. `step_plan`: what happens then, as
    long as nobody acknowledges it.
    """

    share: float | None = None
    left: timedelta | None = None
    notify: tuple[Notify, ...] = ()
    pages_always: bool = False
    step_plan: StepPlan = _NO_STEPS

    @property
    def raises_alert(self) -> bool:
        """Whether anything but the card's colour follows, so that somebody has to see to it."""
        return bool(self.notify or self.step_plan.steps)

    @property
    def is_breach(self) -> bool:
        """The due time, or later."""
        return self.share is not None and self.share >= 1.0

    @property
    def term(self) -> Sentence:
        """`80%`, `30 min left` or `breach`."""
        if self.left is not None:
            return sentence("terms.stage_left", left=self.left)
        if self.share is None or self.is_breach:
            return sentence("terms.stage_breach")
        return sentence("terms.stage_share", percent=round(self.share * 100))

    def covers(self, other: "Stage") -> bool:
        """Whether a promise that has reached this stage has reached the other, whatever its length."""
        if self.share is not None and other.share is not None:
            return other.share <= self.share
        if self.left is not None and other.left is not None:
            return other.left >= self.left
        return self.is_breach

    def to_json(self) -> dict[str, Any]:
        when: dict[str, Any] = {"share": self.share}
        if self.left is not None:
            when = {"left": self.left.total_seconds()}
        page = {"page": "always"} if self.pages_always else {}
        step_plan = {"ladder": self.step_plan.to_json()} if self.step_plan.steps else {}
        return when | {"notify": list(self.notify)} | page | step_plan

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        return cls(
            share=body.get("share"),
            left=timedelta(seconds=body["left"]) if "left" in body else None,
            notify=tuple(map(Notify, body["notify"])),
            pages_always=body.get("page") == "always",
            step_plan=StepPlan.from_json(body["ladder"]) if "ladder" in body else _NO_STEPS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaPolicy:
    """Targets by measure and priority, the stages, and the statuses that pause each measure.

    Targets are time of the `calendar`; those of measures in `elapsed` are time as it passes, nights and all.
    `calendar` None means: the calendar of the team that works the ticket. `staffed` is when that team is there,
    None when that is the calendar. `on` fills both in. `variant` is the name of the policy's variant that
    this is; `raised` says from where the target of a raised priority counts.
    Raises ConfigurationError unless targets are positive and the stages' shares rise from above 0.
    """

    name: str
    calendar: Calendar | None = None
    staffed: Calendar | None = None
    targets: Mapping[Measure, Mapping[Priority, timedelta]]
    elapsed: frozenset[Measure] = frozenset()
    stages: tuple[Stage, ...] = (Stage(share=0.5), Stage(share=0.8), Stage(share=1.0))
    pauses: Mapping[Measure, frozenset[Status]]
    variant: str | None = None
    raised: TargetStart = TargetStart.FROM_RAISE

    def __post_init__(self) -> None:
        self._check_stages()
        for measure, targets in self.targets.items():
            for priority, target in targets.items():
                if target <= _ZERO:
                    raise ConfigurationError(
                        sentence(
                            "configuration.target_empty",
                            policy=self.name,
                            measure=measure.value,
                            priority=priority.value,
                        )
                    )

    def _check_stages(self) -> None:
        if any((stage.share is None) is (stage.left is None) for stage in self.stages):
            raise ConfigurationError(sentence("configuration.stages_time", policy=self.name))
        shares = [0.0, *(stage.share for stage in self.stages if stage.share is not None)]
        if any(later <= earlier for earlier, later in pairwise(shares)):
            raise ConfigurationError(sentence("configuration.stages_order", policy=self.name))
        if any(stage.left is not None and stage.left <= _ZERO for stage in self.stages):
            raise ConfigurationError(sentence("configuration.stage_left_empty", policy=self.name))

    def on(self, calendar: Calendar) -> Self:
        """The policy as it applies to a team with this calendar; copied like that, it is complete."""
        if self.calendar is None:
            return replace(self, calendar=calendar)
        return self if self.calendar == calendar else replace(self, staffed=calendar)

    @property
    def hours(self) -> Calendar:
        """The calendar of its targets. Raises ConfigurationError for a policy that is on none yet."""
        if self.calendar is None:
            raise ConfigurationError(sentence("configuration.policy_without_calendar", policy=self.name))
        return self.calendar

    @property
    def staffed_hours(self) -> Calendar:
        """When the team that works the ticket is there."""
        return self.staffed or self.hours

    def hours_of(self, measure: Measure) -> Calendar:
        """The calendar that timers of this measure run on."""
        return _ALWAYS if measure in self.elapsed else self.hours

    def target(self, measure: Measure, priority: Priority) -> timedelta | None:
        """What is promised, in time of `hours_of` the measure; None when nothing is."""
        return self.targets.get(measure, {}).get(priority)

    @property
    def notifying_stages(self) -> frozenset[int]:
        """The places of the stages that notify somebody."""
        return frozenset(index for index, stage in enumerate(self.stages) if stage.notify)

    def is_paused(self, measure: Measure, status: Status) -> bool:
        return status in self.pauses.get(measure, frozenset())

    def to_json(self) -> dict[str, Any]:
        """All of it, calendars included, always in the same order: equal policies give equal JSON."""
        return {
            "name": self.name,
            "variant": self.variant,
            "calendar": None if self.calendar is None else self.calendar.to_json(),
            "staffed": None if self.staffed is None else self.staffed.to_json(),
            "targets": {
                measure: {
                    priority: targets[priority].total_seconds()
                    for priority in Priority
                    if priority in targets
                }
                for measure, targets in sorted(self.targets.items())
            },
            "elapsed": sorted(self.elapsed),
            "raised": self.raised,
            "stages": [stage.to_json() for stage in self.stages],
            "pauses": {measure: sorted(statuses) for measure, statuses in sorted(self.pauses.items())},
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        """Read a copy. Keep the result while you use it: its calendar remembers what it has worked out.

        Copies written before there were variants, elapsed time or staffed hours have none of them; those that do
        not say from where a raised priority counts go by the opening.
        """
        calendar, staffed = body["calendar"], body.get("staffed")
        return cls(
            name=body["name"],
            variant=body.get("variant"),
            calendar=None if calendar is None else Calendar.from_json(calendar),
            staffed=None if staffed is None else Calendar.from_json(staffed),
            targets={
                Measure(measure): {
                    Priority(priority): timedelta(seconds=seconds) for priority, seconds in targets.items()
                }
                for measure, targets in body["targets"].items()
            },
            elapsed=frozenset(map(Measure, body.get("elapsed", ()))),
            raised=TargetStart(body.get("raised", TargetStart.FROM_OPENING)),
            stages=tuple(map(Stage.from_json, body["stages"])),
            pauses={
                Measure(measure): frozenset(map(Status, statuses))
                for measure, statuses in body["pauses"].items()
            },
        )

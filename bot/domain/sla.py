"""SLA policies, their targets, and the timers that run on a ticket.

A timer measures business time: `spent` up to `running_since`, and the calendar's open time since then.
It pauses, resumes and stops by the ticket's events; its due time and its next stage are instants, kept
in rows, so nothing is forgotten at a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from bot.domain.calendar import Calendar
from bot.domain.ticket import Priority, Status


class Measure(StrEnum):
    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Notify(StrEnum):
    """Who is told when a stage is reached: the team's escalation channel, and whom the ping mentions."""

    ESCALATION_CHANNEL = "escalation_channel"
    ASSIGNEE = "assignee"
    LEADS = "leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A share of the target at which something happens. 1.0 is the due time itself. Empty `notify`: colour only."""

    share: float
    notify: tuple[Notify, ...] = ()

    @property
    def is_breach(self) -> bool:
        return self.share >= 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaPolicy:
    """Targets in business time by measure and priority, the stages, and the statuses that pause each measure.

    `calendar` None means: the calendar of the team that works the ticket; `on` fills it in.
    """

    name: str
    calendar: Calendar | None = None
    targets: Mapping[Measure, Mapping[Priority, timedelta]]
    stages: tuple[Stage, ...] = (Stage(share=0.5), Stage(share=0.8), Stage(share=1.0))
    pauses: Mapping[Measure, frozenset[Status]]

    def on(self, calendar: Calendar) -> Self:
        """This policy on its own calendar, or else on this one."""

    def to_json(self) -> dict[str, Any]: ...

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self: ...


@dataclass(slots=True, kw_only=True)
class SlaTimer:
    """One clock on one ticket.

    `stage` counts the stages of the policy already reached, `announced` those that people were told of
    (or that tell nobody). Exactly one of `running_since`, `paused_at` and `stopped_at` is set; it is also
    the instant up to which time has been counted into `spent`. `due_at` and `next_at` are None while it does
    not run; `next_at` is when `fire` has something to do, None when there is nothing left. `stopped_at` is
    when the promise was kept or its ticket closed; `breached_at` when it was broken, however late we noticed.
    """

    id: int
    ticket_id: int
    measure: Measure
    target: timedelta
    spent: timedelta = timedelta()
    running_since: datetime | None = None
    due_at: datetime | None = None
    next_at: datetime | None = None
    paused_at: datetime | None = None
    stage: int = 0
    announced: int = 0
    stopped_at: datetime | None = None
    breached_at: datetime | None = None

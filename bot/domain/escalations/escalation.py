"""What happens after a warning or a breach until somebody sees to it: a plan of steps, taken by the clock.

A step plan belongs to a stage of an SLA policy; an escalation is one run through it for one timer. Delays count open
time of the team that is called, so nobody is called at midnight, unless the policy pages at any hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import AlreadySo, ConfigurationError, Refused
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Priority

_ZERO = timedelta()


class StepRecipient(StrEnum):
    """Whom a step calls: by a mention in the escalation channel, or directly."""

    ASSIGNEE = "assignee"
    ON_CALL = "on_call"
    LEADS = "leads"
    LEADS_OF_LEADS = "leads_of_leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """So long `after` the stage, call these people and change the ticket.

    `mentions` are called in the escalation channel, `directs` by direct message. `priority` raises it, `reassign`
    gives the ticket to whoever is on call, `transfer` moves it to a team, `webhook` calls one by its name.
    """

    after: timedelta
    mentions: tuple[StepRecipient, ...] = ()
    directs: tuple[StepRecipient, ...] = ()
    priority: Priority | None = None
    reassign: bool = False
    transfer: str | None = None
    webhook: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "after": self.after.total_seconds(),
            "mentions": list(self.mentions),
            "directs": list(self.directs),
            "priority": self.priority,
            "reassign": self.reassign,
            "transfer": self.transfer,
            "webhook": self.webhook,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        return cls(
            after=timedelta(seconds=body["after"]),
            mentions=tuple(map(StepRecipient, body["mentions"])),
            directs=tuple(map(StepRecipient, body["directs"])),
            priority=Priority(body["priority"]) if body["priority"] else None,
            reassign=bool(body["reassign"]),
            transfer=body["transfer"],
            webhook=body["webhook"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """Steps in the order of their delays; the last one again `repeats` times, every `repeat_every`.

    `pages_always`: delays count every hour, not the team's open ones alone. A step plan without steps calls nobody,
    but can be acknowledged and snoozed. Raises ConfigurationError for delays that do not rise, and for a
    repetition of nothing or without a rest between.
    """

    steps: tuple[Step, ...] = ()
    repeat_every: timedelta = _ZERO
    repeats: int = 0
    pages_always: bool = False

    def __post_init__(self) -> None:
        if self.repeats and not self.steps:
            raise ConfigurationError(sentence("configuration.plan_nothing_to_repeat"))
        delays = [_ZERO, *(step.after for step in self.steps)]
        if any(later <= earlier for earlier, later in pairwise(delays)):
            raise ConfigurationError(sentence("configuration.plan_steps_order"))
        if self.repeats and self.repeat_every <= _ZERO:
            raise ConfigurationError(sentence("configuration.plan_no_rest"))

    @property
    def length(self) -> int:
        """How many times something happens, repetitions included."""
        return len(self.steps) + self.repeats

    def step(self, number: int) -> Step:
        return self.steps[min(number, len(self.steps) - 1)]

    def after(self, number: int) -> timedelta:
        """How long after the stage the step of this number comes, repetitions numbered on."""
        beyond = max(0, number - len(self.steps) + 1)
        return self.step(number).after + beyond * self.repeat_every

    def to_json(self) -> dict[str, Any]:
        return {
            "steps": [step.to_json() for step in self.steps],
            "repeat_every": self.repeat_every.total_seconds(),
            "repeats": self.repeats,
            "pages_always": self.pages_always,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        return cls(
            steps=tuple(Step.from_json(each) for each in body["steps"]),
            repeat_every=timedelta(seconds=body["repeat_every"]),
            repeats=int(body["repeats"]),
            pages_always=bool(body["pages_always"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSteps:
    """What is due: `steps` in order, and whether a snooze is over, so that people are to be reminded."""

    steps: tuple[Step, ...] = ()
    is_awake: bool = False


@dataclass(slots=True, kw_only=True)
class Escalation:
    """One run through a step plan: for this timer, since its stage of this index was reached.

    `climbed` counts the steps taken. `waited` is the open time that counted before `waiting_since`, which is None
    while the escalation rests: acknowledged, its ticket waiting for somebody, or over; during a snooze it lies ahead.
    `next_at` is when the next step, or the end of a snooze, is due; None while it rests, and when there is nothing
    left. `told` are the outbox keys of the messages that told of it, which show what became of it.
    """

    id: int
    ticket_id: int
    timer_id: int
    stage: int
    is_breach: bool
    began_at: datetime
    climbed: int = 0
    waited: timedelta = _ZERO
    waiting_since: datetime | None = None
    next_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    snoozed_until: datetime | None = None
    snoozed_by: str | None = None
    snooze_reason: str = ""
    ended_at: datetime | None = None
    told: tuple[str, ...] = ()

    @classmethod
    def begin(
        cls,
        *,
        id: int,  # noqa: A002
        ticket_id: int,
        timer_id: int,
        stage: int,
        is_breach: bool,
        step_plan: StepPlan,
        hours: Calendar,
        at: datetime,
        told: tuple[str, ...] = (),
    ) -> Self:
        """A climb that begins with a stage reached at this instant; `told` are the rows that speak of it already."""
        escalation = cls(
            id=id,
            ticket_id=ticket_id,
            timer_id=timer_id,
            stage=stage,
            is_breach=is_breach,
            began_at=at,
            told=told,
        )
        escalation.go_on(step_plan, hours=hours, at=at)
        return escalation

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_unacknowledged(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.ended_at is None and self.acknowledged_at is None

    @property
    def is_snoozed(self) -> bool:
        return self.is_unacknowledged and self.snoozed_until is not None

    @property
    def is_unhandled(self) -> bool:
        """Whether nobody has acknowledged or snoozed it."""
        return self.is_unacknowledged and self.snoozed_until is None

    @property
    def rests(self) -> bool:
        """Whether its ticket waits for somebody else, so that nothing is to be done about it now."""
        return self.is_unacknowledged and self.waiting_since is None

    @property
    def has_run_out(self) -> bool:
        """Whether every step has been taken and still nobody has acknowledged it: no one is notified any more."""
        is_waiting = self.is_unacknowledged and self.waiting_since is not None
        return is_waiting and self.climbed > 0 and self.next_at is None

    def climb(self, step_plan: StepPlan, *, hours: Calendar, now: datetime) -> DueSteps:
        """What is due by now; several steps after the desk was down. The next one is aimed at."""
        due: list[Step] = []
        is_awake = False
        while self.next_at is not None and self.next_at <= now:
            if self.snoozed_until is not None:
                self.snoozed_until, is_awake = None, True
            else:
                due.append(step_plan.step(self.climbed))
                self.climbed += 1
            self._aim(step_plan, hours)
        return DueSteps(steps=tuple(due), is_awake=is_awake)

    def acknowledge(self, *, by: str, at: datetime) -> None:
        """Somebody sees to it: nobody else is called until the next stage."""
        if self.ended_at is not None:
            raise Refused("refusals.alert_over")
        if self.acknowledged_at is not None:
            raise AlreadySo("refusals.alert_acknowledged")
        self.acknowledged_by, self.acknowledged_at = by, at
        self.waiting_since = self.next_at = self.snoozed_until = None

    def snooze(
        self, step_plan: StepPlan, *, hours: Calendar, until: datetime, by: str, reason: str, at: datetime
    ) -> None:
        """Call nobody before then; people are reminded at its end, and the step plan goes on where it stopped.

        It need not be acknowledged by anybody any longer: who acknowledged it hands it back. `go_on` follows where
        the timer runs.
        """
        if self.ended_at is not None:
            raise Refused("refusals.alert_over")
        if until <= at:
            raise Refused("refusals.time_over")
        self.hand_back(step_plan)
        self.snoozed_until, self.snoozed_by, self.snooze_reason = until, by, reason
        if self.waiting_since is not None:
            self._count(step_plan, hours, until=at)
            self.waiting_since = until
            self._aim(step_plan, hours)

    def unacknowledge(self, step_plan: StepPlan, *, hours: Calendar, at: datetime) -> None:
        """Take back an acknowledgement or a snooze; `go_on` follows where the timer runs."""
        if self.ended_at is not None:
            raise Refused("refusals.alert_over")
        if self.acknowledged_at is None and self.snoozed_until is None:
            raise AlreadySo("refusals.alert_unhandled")
        self.hand_back(step_plan)
        if self.snoozed_until is not None:
            self.snoozed_until, self.snoozed_by, self.snooze_reason = None, None, ""
            if self.waiting_since is not None:
                self.waiting_since = at
                self._aim(step_plan, hours)

    def put_off(self, step_plan: StepPlan, *, hours: Calendar, at: datetime) -> None:
        """Somebody else is to see to it: the next step waits its whole delay for them."""
        if self.waiting_since is not None and self.snoozed_until is None:
            self.waited = self._waited_before(step_plan)
            self.waiting_since = at
            self._aim(step_plan, hours)

    def set_aside(self, *, until: datetime) -> None:
        """Take the next step then at the earliest; what was waited for it stays."""
        if self.next_at is not None:
            self.next_at = max(self.next_at, until)

    def keep_on(
        self, *, stage: int, is_breach: bool, step_plan: StepPlan, hours: Calendar, at: datetime
    ) -> None:
        """By this stage's step plan from now on, from its first step; what people have said of the alert stands."""
        self.stage, self.is_breach = stage, is_breach
        self.climbed, self.waited = 0, _ZERO
        if self.waiting_since is not None:
            self.waiting_since = max(at, self.snoozed_until or at)
            self._aim(step_plan, hours)

    def hand_back(self, step_plan: StepPlan) -> None:
        """Whoever acknowledged it sees to it no more; once it goes on, the next step waits its whole delay."""
        if self.ended_at is None and self.acknowledged_at is not None:
            self.acknowledged_by = self.acknowledged_at = None
            self.waited = self._waited_before(step_plan)

    def rest(self, step_plan: StepPlan, *, hours: Calendar, at: datetime) -> None:
        """The ticket waits for somebody else: what was waited so far counts on later."""
        if self.waiting_since is not None:
            self._count(step_plan, hours, until=at)
            self.waiting_since = self.next_at = None

    def go_on(self, step_plan: StepPlan, *, hours: Calendar, at: datetime) -> None:
        """Wait for the next step, from the beginning or after a rest; nothing once acknowledged or over."""
        if self.is_unacknowledged and self.waiting_since is None:
            self.waiting_since = max(at, self.snoozed_until or at)
            self._aim(step_plan, hours)

    def put_back(self, before: "Escalation") -> None:
        """What it had been changed by was undone; the messages that told of it in between still show it."""
        told = tuple(dict.fromkeys((*before.told, *self.told)))
        for each in fields(self):
            setattr(self, each.name, getattr(before, each.name))
        self.told = told

    def end(self, *, at: datetime) -> None:
        """The promise was kept, or a later stage speaks from now on."""
        if self.ended_at is None:
            self.ended_at = at
            self.waiting_since = self.next_at = None

    def _waited_before(self, step_plan: StepPlan) -> timedelta:
        """What had been waited when the last step was taken."""
        return step_plan.after(self.climbed - 1) if self.climbed else _ZERO

    def _count(self, step_plan: StepPlan, hours: Calendar, *, until: datetime) -> None:
        assert self.waiting_since is not None
        if self.waiting_since < until:
            self.waited += self._counting(step_plan, hours).between(self.waiting_since, until)

    def _aim(self, step_plan: StepPlan, hours: Calendar) -> None:
        if self.waiting_since is None:
            self.next_at = None
            return
        counting = self._counting(step_plan, hours)
        if self.snoozed_until is not None:
            is_open = counting.is_open(self.waiting_since)
            self.next_at = self.waiting_since if is_open else counting.next_open(self.waiting_since)
        elif self.climbed >= step_plan.length:
            self.next_at = None
        else:
            left = max(step_plan.after(self.climbed) - self.waited, _ZERO)
            self.next_at = counting.add(self.waiting_since, left)

    @staticmethod
    def _counting(step_plan: StepPlan, hours: Calendar) -> Calendar:
        return Calendar.around_the_clock() if step_plan.pages_always else hours

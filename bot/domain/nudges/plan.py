"""What is to come of a ticket on which somebody is waited for: its requester, or who it was given to.

A step is due by the policy in force when it is looked at; it is never taken outside the team's hours, and no two
follow one another faster than the policy says, however late the first was.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.calendars.calendar import Calendar
from bot.domain.calendars.working_days import after_working_days
from bot.domain.nudges.policy import ClaimPolicy, PendingPolicy


class PlanKind(StrEnum):
    """Who is waited for: the requester of a pending ticket, or the assignee of an open one."""

    PENDING = "pending"
    CLAIM = "claim"


class PlanState(StrEnum):
    """A step is ahead · none is, for now · no other will come · the claim lapsed, and nobody has the ticket."""

    RUNNING = "running"
    RESTING = "resting"
    DONE = "done"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeStep:
    """`is_last`: the ticket is resolved, or goes back to the queue; before that somebody is told."""

    at: datetime
    is_last: bool


@dataclass(slots=True, kw_only=True)
class NudgePlan:
    """One of a ticket and a kind. Instants are desk time, UTC.

    `person` is the key of the assignee, empty for a requester. `began_at` is when the wait counts from, `steps` how
    often somebody was told, `told_at` when last, `promised_at` what they were told of the end: it is not sooner.
    """

    ticket_id: int
    kind: PlanKind
    person: str = ""
    state: PlanState = PlanState.RUNNING
    began_at: datetime
    steps: int = 0
    told_at: datetime | None = None
    promised_at: datetime | None = None
    is_extended: bool = False
    next_at: datetime | None = None

    @classmethod
    def of_pending(cls, ticket_id: int, *, at: datetime) -> Self:
        return cls(ticket_id=ticket_id, kind=PlanKind.PENDING, began_at=at)

    @classmethod
    def of_claim(
        cls, ticket_id: int, *, person: str, at: datetime, state: PlanState = PlanState.RUNNING
    ) -> Self:
        return cls(ticket_id=ticket_id, kind=PlanKind.CLAIM, person=person, began_at=at, state=state)

    def expect(self, step: NudgeStep | None) -> None:
        """The next step, or none."""
        self.next_at = step.at if step is not None else None
        self.state = PlanState.RUNNING if step is not None else PlanState.DONE

    def note_told(self, *, at: datetime, promised: datetime | None) -> None:
        self.steps += 1
        self.told_at, self.promised_at = at, promised

    def extend(self, *, at: datetime) -> None:
        """The full time once more, from now on."""
        self.began_at, self.is_extended = at, True

    def rest(self) -> None:
        self.state, self.next_at = PlanState.RESTING, None

    def resume(self, *, at: datetime) -> None:
        self.state, self.began_at = PlanState.RUNNING, at

    def end(self, *, has_lapsed: bool = False) -> None:
        self.state, self.next_at = PlanState.LAPSED if has_lapsed else PlanState.DONE, None

    def after_snooze(self, until: datetime | None) -> "NudgePlan":
        """As it counts for a ticket that is snoozed until then, if at all: its full time is still to come."""
        return self if until is None or until <= self.began_at else replace(self, began_at=until)

    def postpone(self, *, until: datetime) -> None:
        self.next_at = until


def pending_step(plan: NudgePlan, policy: PendingPolicy, calendar: Calendar) -> NudgeStep | None:
    """None where nothing more is to come, or the team never works."""
    done = min(plan.steps, len(policy.after))
    if done == len(policy.after):
        at = resolution_at(plan, policy, calendar)
        return NudgeStep(at=at, is_last=True) if at is not None else None
    starts = [after_working_days(calendar, plan.began_at, policy.after[done])]
    if done and plan.told_at is not None:
        days = policy.after[done] - policy.after[done - 1]
        starts.append(after_working_days(calendar, plan.told_at, days))
    latest = _latest(starts)
    return NudgeStep(at=latest, is_last=False) if latest is not None else None


def resolution_at(
    plan: NudgePlan, policy: PendingPolicy, calendar: Calendar, *, nudged_at: datetime | None = None
) -> datetime | None:
    """When it is resolved unless somebody says something; None where the policy does not. `nudged_at`: also now."""
    if policy.resolve_after is None:
        return None
    told_at, told = (nudged_at, plan.steps + 1) if nudged_at is not None else (plan.told_at, plan.steps)
    starts = [after_working_days(calendar, plan.began_at, policy.resolve_after)]
    if told_at is not None:
        last = policy.after[min(told, len(policy.after)) - 1]
        starts.append(after_working_days(calendar, told_at, policy.resolve_after - last))
    if plan.promised_at is not None:
        starts.append(plan.promised_at)
    return _latest(starts)


def claim_step(plan: NudgePlan, policy: ClaimPolicy, calendar: Calendar) -> NudgeStep | None:
    """The warning once, then the lapse; None where the team never works."""
    if plan.steps:
        lapses_at = lapse_at(plan, policy, calendar)
        return NudgeStep(at=lapses_at, is_last=True) if lapses_at is not None else None
    warned_at = _in_hours(calendar, plan.began_at, policy.lapse_after - policy.warn_before)
    return NudgeStep(at=warned_at, is_last=False) if warned_at is not None else None


def lapse_at(
    plan: NudgePlan, policy: ClaimPolicy, calendar: Calendar, *, warned_at: datetime | None = None
) -> datetime | None:
    """When it lapses without a sign of the assignee's. `warned_at`: a warning goes out now."""
    starts = [_in_hours(calendar, plan.began_at, policy.lapse_after)]
    if (told_at := warned_at or plan.told_at) is not None:
        starts.append(_in_hours(calendar, told_at, policy.warn_before))
    if plan.promised_at is not None:
        starts.append(plan.promised_at)
    return _latest(starts)


def _in_hours(calendar: Calendar, start: datetime, time: timedelta) -> datetime | None:
    """So much open time after `start`, when the team is there."""
    if calendar.next_open(start) is None:
        return None
    return calendar.next_open(calendar.add(start, time))


def _latest(instants: list[datetime | None]) -> datetime | None:
    known = [each for each in instants if each is not None]
    return max(known) if len(known) == len(instants) else None

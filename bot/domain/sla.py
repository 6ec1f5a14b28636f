"""SLA policies, their targets, and the timers that run on a ticket.

A timer measures business time: `spent` up to `running_since`, and the calendar's open time since then.
It pauses, resumes and stops by the ticket's events; its due time and its next stage are instants, kept
in rows, so nothing is forgotten at a restart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from bot.domain.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.ticket import Priority, Status

_ZERO = timedelta()
_MINUTE = timedelta(minutes=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


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
    """A share of the target at which something happens; 1.0 is the due time. No `notify`: colour only."""

    share: float
    notify: tuple[Notify, ...] = ()

    @property
    def is_breach(self) -> bool:
        return self.share >= 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaPolicy:
    """Targets in business time by measure and priority, the stages, and the statuses that pause each measure.

    `calendar` None means: the calendar of the team that works the ticket; `on` fills it in. Raises
    ConfigurationError unless targets are positive and stages rise from above 0.
    """

    name: str
    calendar: Calendar | None = None
    targets: Mapping[Measure, Mapping[Priority, timedelta]]
    stages: tuple[Stage, ...] = (Stage(share=0.5), Stage(share=0.8), Stage(share=1.0))
    pauses: Mapping[Measure, frozenset[Status]]

    def __post_init__(self) -> None:
        shares = [0.0, *(stage.share for stage in self.stages)]
        if any(later <= earlier for earlier, later in pairwise(shares)):
            raise ConfigurationError(
                f"The stages of the SLA policy `{self.name}` must rise: each above the last, all above 0."
            )
        for measure, targets in self.targets.items():
            for priority, target in targets.items():
                if target <= _ZERO:
                    raise ConfigurationError(
                        f"In the SLA policy `{self.name}` the target of {measure.label} for {priority} "
                        "must be longer than nothing."
                    )

    def on(self, calendar: Calendar) -> Self:
        """The policy on its own calendar, or else on this one; copied like that, it is complete."""
        return self if self.calendar is not None else replace(self, calendar=calendar)

    @property
    def hours(self) -> Calendar:
        """The calendar that timers run on. Raises ConfigurationError for a policy that is on none yet."""
        if self.calendar is None:
            raise ConfigurationError(
                f"The SLA policy `{self.name}` has no calendar; put it on a team's first."
            )
        return self.calendar

    def target(self, measure: Measure, priority: Priority) -> timedelta | None:
        """What is promised, in business time; None when nothing is."""
        return self.targets.get(measure, {}).get(priority)

    def is_paused(self, measure: Measure, status: Status) -> bool:
        return status in self.pauses.get(measure, frozenset())

    def to_json(self) -> dict[str, Any]:
        """All of it, calendar included, always in the same order: equal policies give equal JSON.

        A ticket keeps this copy, so that a changed policy or calendar never moves a running clock.
        """
        return {
            "name": self.name,
            "calendar": None if self.calendar is None else self.calendar.to_json(),
            "targets": {
                measure: {
                    priority: targets[priority].total_seconds()
                    for priority in Priority
                    if priority in targets
                }
                for measure, targets in sorted(self.targets.items())
            },
            "stages": [{"share": stage.share, "notify": list(stage.notify)} for stage in self.stages],
            "pauses": {measure: sorted(statuses) for measure, statuses in sorted(self.pauses.items())},
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        """Read a copy. Keep the result while you use it: its calendar remembers what it has worked out."""
        calendar = body["calendar"]
        return cls(
            name=body["name"],
            calendar=None if calendar is None else Calendar.from_json(calendar),
            targets={
                Measure(measure): {
                    Priority(priority): timedelta(seconds=seconds) for priority, seconds in targets.items()
                }
                for measure, targets in body["targets"].items()
            },
            stages=tuple(
                Stage(share=stage["share"], notify=tuple(map(Notify, stage["notify"])))
                for stage in body["stages"]
            ),
            pauses={
                Measure(measure): frozenset(map(Status, statuses))
                for measure, statuses in body["pauses"].items()
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A stage of one timer that `fire` found reached: to be recorded, to be announced, or both.

    `index` is the stage's place in the policy, `at` the instant of the stage, `late_by` the desk time since
    then. `is_new`: reached just now, so record it. `notify`: whom to tell now; empty for colour only, for a
    ping put off to staffed hours, and for a stage that a later one in the same firing speaks for.
    """

    timer_id: int
    measure: Measure
    index: int
    stage: Stage
    at: datetime
    due_at: datetime
    late_by: timedelta
    is_new: bool
    notify: tuple[Notify, ...]


@dataclass(slots=True, kw_only=True)
class SlaTimer:
    """One clock on one ticket; its verbs need the policy that it runs by, on a calendar.

    `stage` counts the stages of the policy already reached, `announced` those that people were told of
    (or that tell nobody). Exactly one of `running_since`, `paused_at` and `stopped_at` is set; it is also
    the instant up to which time has been counted into `spent`, so a verb with an earlier instant counts
    nothing twice. `due_at` and `next_at` are None while it does not run; `next_at` is when `fire` has
    something to do, None when there is nothing left. `stopped_at` is when the promise was kept or its
    ticket closed; `breached_at` when it was broken, however late we noticed.
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

    def start(self, policy: SlaPolicy, *, at: datetime) -> None:
        """Run from this instant on: for the first time, after a pause, or reopened after a stop.

        What was spent stays spent, and a promise that was broken keeps the due time it had.
        """
        if self.running_since is None:
            self.running_since = max(at, self.paused_at or self.stopped_at or at)
            self.paused_at = self.stopped_at = None
            self._aim(policy, before=policy)

    def pause(self, policy: SlaPolicy, *, at: datetime) -> None:
        """Stand still until started again. A promise broken by then is noted, even if no tick saw it."""
        if self.running_since is not None:
            self.paused_at = self._halt(policy, at=at)

    def stop(self, policy: SlaPolicy, *, at: datetime) -> None:
        """The promise is kept, or there is nothing left to keep. At the due time itself it is still kept.

        `at` may lie in the past (a reply found later): a breach that was noted since then is taken back.
        """
        if self.running_since is not None:
            self.stopped_at = self._halt(policy, at=at)
        elif self.paused_at is not None:
            self.stopped_at, self.paused_at = max(at, self.paused_at), None

    def retarget(
        self, policy: SlaPolicy, *, target: timedelta, at: datetime, successor: SlaPolicy | None = None
    ) -> None:
        """Promise something else from now on: another target, or by another policy or calendar (`successor`).

        What was spent is kept and due moves, to this instant at the earliest. Stages that the new promise
        has not reached are ahead again, and a breach it does not know is forgotten. A stopped timer stays
        as it is: what was promised then was kept or broken.
        """
        if self.stopped_at is not None:
            return
        if self.running_since is not None:
            self.running_since = self._halt(policy, at=at)
        self.target = target
        if self.spent < target:
            self.breached_at = None
        self._aim(successor or policy, before=policy)

    def fire(self, now: datetime, *, policy: SlaPolicy, staffed: Calendar | None = None) -> list[Reached]:
        """Enter the stages whose instants have come, in order; several at once after the desk was down.

        The colour changes at once. A ping waits until `staffed`, the hours of the team that is pinged, are
        open: then `next_at` is their next opening, and the stage comes back from that firing with `is_new`
        false. There is one ping a firing: the last stage speaks for those before it, to all whom they notify.
        `staffed` None pings at any hour, and so does a team that does not open within a year.

        So the SLA clock loads the timers whose `next_at` has come, calls this, records what `is_new`,
        announces what has `notify`, and saves the timers.
        """
        if self.running_since is None or self.due_at is None:
            return []
        if self.due_at <= now and self.breached_at is None:
            self.breached_at = self.due_at
        known = self.stage
        while self._stage_at(policy, self.stage) <= now:
            self.stage += 1
        waiting = self._waiting(policy)
        put_off_to = _put_off(staffed, now) if waiting else None
        told = () if put_off_to else waiting
        if put_off_to is None:
            self.announced = self.stage
        self.next_at = _instant_or_none(min(self._stage_at(policy, self.stage), put_off_to or _NEVER))
        listed = sorted({*range(known, self.stage), *told[-1:]})
        return [self._reached(policy, index, known=known, told=told, now=now) for index in listed]

    def elapsed(self, now: datetime, *, policy: SlaPolicy) -> timedelta:
        """Business time counted so far."""
        if self.running_since is None:
            return self.spent
        return self.spent + policy.hours.between(self.running_since, now)

    def remaining(self, now: datetime, *, policy: SlaPolicy) -> timedelta:
        """Business time left; negative once overdue."""
        return self.target - self.elapsed(now, policy=policy)

    def _halt(self, policy: SlaPolicy, *, at: datetime) -> datetime:
        """Stop counting, and note whether the promise was broken by then; returns up to when was counted."""
        assert self.due_at is not None
        self.breached_at = self.due_at if at > self.due_at else None
        counted_until = self._count(policy, until=at)
        self.running_since = self.due_at = self.next_at = None
        return counted_until

    def _count(self, policy: SlaPolicy, *, until: datetime) -> datetime:
        """Add the time since `running_since` to what was spent; returns up to when that is."""
        assert self.running_since is not None
        self.spent += policy.hours.between(self.running_since, until)
        return max(self.running_since, until)

    def _aim(self, policy: SlaPolicy, *, before: SlaPolicy) -> None:
        """Work out, from `running_since` on, which stages are behind, the due time and the next stage."""
        self.stage = self._carried(self.stage, policy, before=before)
        self.announced = self._carried(self.announced, policy, before=before)
        if self.running_since is None:
            return
        left = max(self.target - self.spent, _ZERO)
        self.due_at = self.breached_at or policy.hours.add(self.running_since, left)
        soonest = self.running_since if self._waiting(policy) else self._stage_at(policy, self.stage)
        self.next_at = _instant_or_none(soonest)

    def _carried(self, count: int, policy: SlaPolicy, *, before: SlaPolicy) -> int:
        """How many stages of this policy correspond to the first `count` of the one before and are reached.

        A stage counts as reached in the minute before its share, for that is when it may have fired.
        """
        share = before.stages[count - 1].share if count else 0.0
        behind = (each for each in policy.stages if each.share <= share)
        return sum(1 for each in behind if self.target * each.share - self.spent < _MINUTE)

    def _waiting(self, policy: SlaPolicy) -> list[int]:
        """The stages reached of which people are still to be told."""
        return [index for index in range(self.announced, self.stage) if policy.stages[index].notify]

    def _stage_at(self, policy: SlaPolicy, index: int) -> datetime:
        """When this stage is reached, on a whole minute, so that several timers are announced together.

        A warning is rounded down, though not to before the timer ran; from the breach on, never early.
        """
        assert self.running_since is not None
        assert self.due_at is not None
        if index >= len(policy.stages):
            return _NEVER
        share = policy.stages[index].share
        if share == 1.0:
            return _minute_up(self.due_at)
        left = max(self.target * share - self.spent, _ZERO)
        reached_at = policy.hours.add(self.running_since, left)
        return _minute_up(reached_at) if share > 1.0 else max(self.running_since, _minute_down(reached_at))

    def _reached(
        self, policy: SlaPolicy, index: int, *, known: int, told: Sequence[int], now: datetime
    ) -> Reached:
        assert self.due_at is not None
        at = self._stage_at(policy, index)
        is_speaker = index in told[-1:]
        notify = dict.fromkeys(each for other in told for each in policy.stages[other].notify)
        return Reached(
            timer_id=self.id,
            measure=self.measure,
            index=index,
            stage=policy.stages[index],
            at=at,
            due_at=self.due_at,
            late_by=now - at,
            is_new=index >= known,
            notify=tuple(notify) if is_speaker else (),
        )


def _put_off(staffed: Calendar | None, now: datetime) -> datetime | None:
    """When a ping may go out; None: now. The minute in which a team closes is still its own.

    Without that, a promise due at closing time would be announced the next morning.
    """
    if staffed is None or staffed.is_open(now) or staffed.is_open(now - _MINUTE):
        return None
    return staffed.next_open(now)


def _minute_down(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _minute_up(at: datetime) -> datetime:
    down = _minute_down(at)
    return down if down == at else down + _MINUTE


def _instant_or_none(at: datetime) -> datetime | None:
    return None if at == _NEVER else at

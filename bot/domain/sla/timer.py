"""The timers that run on a ticket.

A timer measures time of its policy: `spent` up to `running_since`, and the calendar's open time since then.
It pauses, resumes and stops by the ticket's events; its due time and its next stage are instants, kept
in rows, so nothing is forgotten at a restart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.sla.policy import Measure, Notify, SlaPolicy, Stage, TargetStart

__all__ = ["Measure", "Notify", "ReachedStage", "SlaPolicy", "SlaTimer", "Stage"]

_ZERO = timedelta()
_MINUTE = timedelta(minutes=1)
_TEN_SECONDS = timedelta(seconds=10)
_NEVER = datetime.max.replace(tzinfo=UTC)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedStage:
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

    `reached` are the stages of the policy already reached, by their place, `told` those that people were told
    of (or that tell nobody). They are no mere numbers of stages: which of "80%" and "30 minutes left" comes
    first is another matter for each promise, and may change with a pause. `cycle_at` is what began the stretch
    that a repeated measure times: the word that waits for an answer, or the last one that gave news.

    `policy_target` is the policy's target for the ticket's priority, `target` itself where it is left out. They
    differ once a priority was raised: the new target leaves out `counts_from`, the time spent until the raise.

    Exactly one of `running_since`, `paused_at` and `stopped_at` is set; it is also the instant up to which time
    has been counted into `spent`, so a verb with an earlier instant counts nothing twice. `due_at` and `next_at`
    are None while it does not run; `next_at` is when `fire` has something to do, None when there is nothing
    left. `stopped_at` is when the promise was kept or its ticket closed; `breached_at` when it was broken,
    however late we noticed.
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
    reached: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    cycle_at: datetime | None = None
    stopped_at: datetime | None = None
    breached_at: datetime | None = None
    policy_target: timedelta = timedelta()
    counts_from: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.policy_target = self.policy_target or self.target

    @property
    def stage(self) -> int:
        """How many stages it has reached."""
        return len(self.reached)

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

        What was spent is kept and due moves, to this instant at the earliest: of a target used up already, `target`
        is what was spent by then, and of a promise broken already it stays, so late is what was spent beyond it.
        Where the policy counts from the raise, a raised priority makes nothing due before its own target has passed
        since then, nor later than it was.
        Stages that the new promise has not reached are ahead again, and a breach it does not know is forgotten. A
        stopped timer stays as it is: what was promised then was kept or broken.
        """
        if self.stopped_at is not None:
            return
        if self.running_since is not None:
            self.running_since = self._halt(policy, at=at)
        ahead = successor or policy
        self.policy_target, target = (
            target,
            self._target_for(target, ahead, is_new_policy=successor is not None),
        )
        if self.spent < target:
            self.target, self.breached_at = target, None
        elif self.breached_at is None:
            self.target = self.spent
        self._aim(ahead, before=policy)

    def restore(self, replayed: "SlaTimer", policy: SlaPolicy) -> bool:
        """Become what a replay says it is, where that is something else; stages that are ahead then are ahead again.

        False where nothing changes.
        """
        names = (
            "target",
            "policy_target",
            "counts_from",
            "spent",
            "running_since",
            "paused_at",
            "stopped_at",
        )
        if all(getattr(self, name) == getattr(replayed, name) for name in names):
            return False
        for name in (*names, "due_at", "breached_at"):
            setattr(self, name, getattr(replayed, name))
        self.next_at = None
        self._aim(policy, before=policy)
        return True

    def put_back(self, before: "SlaTimer") -> None:
        """What it had been changed by was undone: it is what it was before, and goes on from there."""
        for each in fields(self):
            setattr(self, each.name, getattr(before, each.name))

    def void(self) -> None:
        """End when it began: there was nothing to promise."""
        self.stopped_at = self.cycle_at or self.running_since or self.paused_at or self.stopped_at
        self.running_since = self.paused_at = self.due_at = self.next_at = self.breached_at = None
        self.spent, self.reached, self.told = _ZERO, frozenset(), frozenset()

    def carry(self, successor: SlaPolicy, *, before: SlaPolicy) -> None:
        """Know by the stages of this policy what was reached by those of the one before."""
        self.reached = self._carried(self.reached, successor, before=before)
        self.told = self._carried(self.told, successor, before=before)

    def fire(
        self, now: datetime, *, policy: SlaPolicy, staffed: Calendar | None = None
    ) -> list[ReachedStage]:
        """Enter the stages whose instants have come, in order; several at once after the desk was down.

        The colour changes at once. A ping waits until `staffed`, the hours of the team that is pinged, are
        open, unless its stage pages always: then `next_at` is their next opening, and the stage comes back
        from that firing with `is_new` false. There is one ping a firing: the last stage speaks for those
        before it, to all whom they notify.
        `staffed` None pings at any hour, and so does a team that does not open within a year.

        So the SLA clock loads the timers whose `next_at` has come, calls this, records what `is_new`,
        announces what has `notify`, and saves the timers.
        """
        if self.running_since is None or self.due_at is None:
            return []
        self.breached_at = self.missed_at(now)
        instants = {index: self._stage_at(policy, index) for index in range(len(policy.stages))}
        entered = {index for index in instants if index not in self.reached and instants[index] <= now}
        self.reached |= entered
        told, put_off_to = self._tell(policy, now, instants=instants, staffed=staffed)
        ahead = (at for index, at in instants.items() if index not in self.reached)
        self.next_at = _instant_or_none(min([*ahead, put_off_to or _NEVER]))
        listed = _in_order({*entered, *told[-1:]}, policy, instants)
        return [
            self._reached(policy, index, at=instants[index], is_new=index in entered, told=told, now=now)
            for index in listed
        ]

    def set_aside(self, *, until: datetime) -> None:
        """Let `fire` wait until then; its due time stays."""
        if self.next_at is not None:
            self.next_at = max(self.next_at, until)

    def missed_at(self, now: datetime) -> datetime | None:
        """When it was broken by now, also where no tick of the clock has seen that yet; None when it was not."""
        is_overdue = self.due_at is not None and self.due_at <= now
        return self.breached_at or (self.due_at if is_overdue else None)

    def elapsed(self, now: datetime, *, policy: SlaPolicy) -> timedelta:
        """Business time counted so far."""
        if self.running_since is None:
            return self.spent
        return self.spent + policy.hours_of(self.measure).between(self.running_since, now)

    def remaining(self, now: datetime, *, policy: SlaPolicy) -> timedelta:
        """Business time left; negative once overdue."""
        return self.target - self.elapsed(now, policy=policy)

    def _target_for(self, policy_target: timedelta, policy: SlaPolicy, *, is_new_policy: bool) -> timedelta:
        """What this promise comes to in time of the timer's whole life."""
        if policy.raised is TargetStart.FROM_OPENING:
            self.counts_from = _ZERO
            return policy_target
        if policy_target == self.policy_target:
            return self.target
        if is_new_policy:
            return self.counts_from + policy_target
        if policy_target > self.policy_target:
            self.counts_from = _ZERO
            return max(self.target, policy_target)
        if self.breached_at is None:
            self.counts_from = self.spent
        return min(self.target, self.spent + policy_target)

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
        self.spent += policy.hours_of(self.measure).between(self.running_since, until)
        return max(self.running_since, until)

    def _aim(self, policy: SlaPolicy, *, before: SlaPolicy) -> None:
        """Work out, from `running_since` on, the due time, which stages are behind, and the next stage."""
        if self.running_since is not None:
            left = max(self.target - self.spent, _ZERO)
            self.due_at = self.breached_at or policy.hours_of(self.measure).add(self.running_since, left)
        self.carry(policy, before=before)
        if self.running_since is not None:
            soonest = self.running_since if self._waiting(policy) else self._soonest(policy)
            self.next_at = _instant_or_none(soonest)

    def _carried(self, known: frozenset[int], policy: SlaPolicy, *, before: SlaPolicy) -> frozenset[int]:
        """The stages of this policy that correspond to known ones of the one before and are still reached."""
        if not known:
            return known
        # Timers that were stopped under an older policy once kept the places of its stages.
        behind = [before.stages[index] for index in known if index < len(before.stages)]
        return frozenset(
            index
            for index, stage in enumerate(policy.stages)
            if any(each.covers(stage) for each in behind) and self._is_behind(policy, stage)
        )

    def _is_behind(self, policy: SlaPolicy, stage: Stage) -> bool:
        """Whether the stage has come, or comes within the minute, for that is when it may have fired.

        How much time is left is known only while the clock runs; until then it is as it was.
        """
        if stage.share is not None:
            return self.target * stage.share - self.spent < _MINUTE
        return self.running_since is None or self._left_at(policy, stage) < self.running_since + _MINUTE

    def _waiting(self, policy: SlaPolicy) -> set[int]:
        """The stages reached of which people are still to be told."""
        return {index for index in self.reached - self.told if policy.stages[index].notify}

    def _tell(
        self, policy: SlaPolicy, now: datetime, *, instants: Mapping[int, datetime], staffed: Calendar | None
    ) -> tuple[list[int], datetime | None]:
        """The stages to tell of now, by their instants, and when the others are told: None when there are none."""
        waiting = _in_order(self._waiting(policy), policy, instants)
        is_for_all = all(policy.stages[index].pages_always for index in waiting)
        put_off_to = None if is_for_all else _put_off(staffed, now)
        if put_off_to is None:
            self.told = self.reached
            return waiting, None
        told = [index for index in waiting if policy.stages[index].pages_always]
        # What came before a stage that people are told of is no news any more.
        self.told |= set(waiting[: waiting.index(told[-1]) + 1] if told else ())
        return told, put_off_to if self._waiting(policy) else None

    def _soonest(self, policy: SlaPolicy) -> datetime:
        """When the next stage is reached; of the shares, which rise, only the first one ahead is looked at."""
        ahead = [index for index in range(len(policy.stages)) if index not in self.reached]
        share = next((index for index in ahead if policy.stages[index].share is not None), None)
        looked_at = [index for index in ahead if index == share or policy.stages[index].share is None]
        return min((self._stage_at(policy, index) for index in looked_at), default=_NEVER)

    def _stage_at(self, policy: SlaPolicy, index: int) -> datetime:
        """When this stage is reached, rounded so that several timers are announced together.

        A warning is rounded down to the minute, though not to before the timer ran; from the breach on, never
        early and at most ten seconds late.
        """
        assert self.running_since is not None
        assert self.due_at is not None
        stage = policy.stages[index]
        if stage.share is None:
            return max(self.running_since, _minute_down(self._left_at(policy, stage)))
        if stage.share == 1.0:
            return _ten_seconds_up(self.due_at)
        left = max(self.target * stage.share - self.spent, _ZERO)
        reached_at = policy.hours_of(self.measure).add(self.running_since, left)
        return (
            _ten_seconds_up(reached_at)
            if stage.is_breach
            else max(self.running_since, _minute_down(reached_at))
        )

    def _left_at(self, policy: SlaPolicy, stage: Stage) -> datetime:
        """The last instant at which the team still has as long as the stage says until the due time."""
        assert self.due_at is not None
        assert stage.left is not None
        try:
            return policy.staffed_hours.subtract(self.due_at, stage.left)
        except ConfigurationError:  # before then it was never there for so long
            return _EVER

    def _reached(
        self,
        policy: SlaPolicy,
        index: int,
        *,
        at: datetime,
        is_new: bool,
        told: Sequence[int],
        now: datetime,
    ) -> ReachedStage:
        assert self.due_at is not None
        notify = dict.fromkeys(each for other in told for each in policy.stages[other].notify)
        return ReachedStage(
            timer_id=self.id,
            measure=self.measure,
            index=index,
            stage=policy.stages[index],
            at=at,
            due_at=self.due_at,
            late_by=now - at,
            is_new=is_new,
            notify=tuple(notify) if index in told[-1:] else (),
        )


def _in_order(stages: set[int], policy: SlaPolicy, instants: Mapping[int, datetime]) -> list[int]:
    """Warnings by when they came, then the breach: a clock that went on overdue has its breach behind it."""
    return sorted(stages, key=lambda index: (policy.stages[index].is_breach, instants[index], index))


def _put_off(staffed: Calendar | None, now: datetime) -> datetime | None:
    """When a ping may go out; None: now. The minute in which a team closes is still its own.

    Without that, a promise due at closing time would be announced the next morning.
    """
    if staffed is None or staffed.is_open(now) or staffed.is_open(now - _MINUTE):
        return None
    return staffed.next_open(now)


def _minute_down(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _ten_seconds_up(at: datetime) -> datetime:
    down = at.replace(second=at.second // 10 * 10, microsecond=0)
    return down if down == at else down + _TEN_SECONDS


def _instant_or_none(at: datetime) -> datetime | None:
    return None if at == _NEVER else at

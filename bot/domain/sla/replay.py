"""A ticket's clocks, run again through its turns by the rules that moved them, under the same policies or others.

Under the policies that were applied the timers come out as they are stored; under others, as they would have been
had people done the same at the same instants.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import count

from bot.domain.sla.ticket_history import HistoryTurn
from bot.domain.sla.timer import SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import follow, start_timers
from bot.domain.tickets.ticket import Ticket


class TimerState(Enum):
    """What a timer did for some time: not started yet, counting its calendar's open time, or standing still."""

    BEFORE = auto()
    RUNNING = auto()
    PAUSED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A timer did one thing from `since` to `until`, while the ticket and the policy were as they are here.

    Only a segment that is `RUNNING` counts, and of it `policy.hours_of(measure).between(since, until)`. One that is
    `PAUSED` is so by `ticket.status`; one that is `STOPPED` by it too, or because `ticket.priority` has no target.
    """

    since: datetime
    until: datetime
    state: TimerState
    ticket: Ticket
    policy: SlaPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPeriod:
    """From this turn on the timer's target was the one of its `policy` for the priority that `turn.ticket` had."""

    turn: HistoryTurn
    policy: SlaPolicy
    due_at: datetime | None
    counts_from: timedelta
    """How much of the timer's time was spent before the target counts; zero where it counts from the start."""

    @classmethod
    def of(cls, timer: SlaTimer, *, turn: HistoryTurn, policy: SlaPolicy) -> "TargetPeriod":
        return cls(turn=turn, policy=policy, due_at=timer.due_at, counts_from=timer.counts_from)


@dataclass(slots=True, kw_only=True)
class TimerReplay:
    """One timer and how it got where it is.

    The segments follow one another without gaps or overlaps, from when the ticket was opened (or a repeated measure's
    `cycle_at`) to the stop, else to the instant up to which the clocks were run. The counted time of the running
    ones is `timer.elapsed`, to the microsecond. `policy` is the one that the timer runs by, or stopped by.
    """

    timer: SlaTimer
    policy: SlaPolicy
    segments: list[Segment] = field(default_factory=list)
    target_periods: list[TargetPeriod] = field(default_factory=list)


def replay(
    turns: Iterable[HistoryTurn], *, policy_at: Callable[[HistoryTurn], SlaPolicy | None], until: datetime
) -> list[TimerReplay]:
    """Run the clocks through the turns up to `until` (UTC); one replay for each timer, in order of their start.
    Which of two that start in one instant comes first is not promised.

    `policy_at` gives the policy, complete with its calendar (`SlaPolicy.on`), that is put on the ticket at this
    turn; None leaves the one it has. As it was: the copy of `turn.applied`. As it would be under another
    configuration: what that chooses for `turn.ticket` whenever `turn.is_choice`.
    Turns after `until` are not looked at. A promise that is overdue at `until` is broken, though no clock ticked.
    """
    clocks = _Clocks()
    for turn in turns:
        if turn.at > until:
            break
        clocks.take(turn, policy_at(turn))
    return clocks.results_at(until)


class _Clocks:
    """The timers so far, the policy in force, and the ticket as it was at the last turn."""

    def __init__(self) -> None:
        self._replays: list[TimerReplay] = []
        self._policy: SlaPolicy | None = None
        self._last: Ticket | None = None
        self._ids = count(1)

    def take(self, turn: HistoryTurn, successor: SlaPolicy | None) -> None:
        ahead = successor or self._policy
        if ahead is not None:
            self._move(turn, policy=self._policy or ahead, successor=successor)
            self._start(turn, policy=ahead)
        self._policy, self._last = ahead, turn.ticket

    def results_at(self, until: datetime) -> list[TimerReplay]:
        for replayed in self._replays:
            timer = replayed.timer
            if timer.stopped_at is None:
                self._cover(replayed, state=_state_of(timer), until=until)
            timer.breached_at = timer.missed_at(until)
        return self._replays

    def _move(self, turn: HistoryTurn, *, policy: SlaPolicy, successor: SlaPolicy | None) -> None:
        timers = [replayed.timer for replayed in self._replays]
        before = [replace(timer) for timer in timers]
        follow(timers, turn.ticket, policy=policy, at=turn.at, successor=successor)
        for replayed, was in zip(self._replays, before, strict=True):
            timer = replayed.timer
            if was.stopped_at is not None and timer.stopped_at is not None:
                continue
            goes_on = (_state_of(timer), _counted_to(timer)) == (_state_of(was), _counted_to(was))
            self._cover(replayed, state=_state_of(was), until=turn.at if goes_on else _counted_to(timer))
            if timer.stopped_at is None:
                replayed.policy = successor or policy
                is_same = (timer.target, timer.policy_target) == (was.target, was.policy_target)
                if not is_same or replayed.policy is not replayed.target_periods[-1].policy:
                    replayed.target_periods.append(TargetPeriod.of(timer, turn=turn, policy=replayed.policy))

    def _start(self, turn: HistoryTurn, *, policy: SlaPolicy) -> None:
        timers = start_timers(
            turn.ticket,
            policy=policy,
            at=turn.at,
            new_id=self._ids.__next__,
            besides=[replayed.timer for replayed in self._replays],
        )
        for timer in timers:
            replayed = TimerReplay(timer=timer, policy=policy)
            replayed.target_periods.append(TargetPeriod.of(timer, turn=turn, policy=policy))
            begun_at = timer.cycle_at or turn.ticket.opened_at
            if begun_at < turn.at:
                replayed.segments.append(
                    _segment(turn.ticket, policy, TimerState.BEFORE, since=begun_at, until=turn.at)
                )
            self._replays.append(replayed)

    def _cover(self, replayed: TimerReplay, *, state: TimerState, until: datetime) -> None:
        """Say what the timer did since its last segment; what is known better now is taken back."""
        segments = replayed.segments
        while segments and segments[-1].since >= until and segments[-1].state is not TimerState.BEFORE:
            segments.pop()
        if segments and segments[-1].until > until and segments[-1].state is not TimerState.BEFORE:
            segments[-1] = replace(segments[-1], until=until)
        since = segments[-1].until if segments else replayed.target_periods[0].turn.at
        if since < until:
            assert self._last is not None
            segments.append(_segment(self._last, replayed.policy, state, since=since, until=until))


def _segment(
    ticket: Ticket, policy: SlaPolicy, state: TimerState, *, since: datetime, until: datetime
) -> Segment:
    return Segment(since=since, until=until, state=state, ticket=ticket, policy=policy)


def _state_of(timer: SlaTimer) -> TimerState:
    if timer.running_since is not None:
        return TimerState.RUNNING
    return TimerState.PAUSED if timer.paused_at is not None else TimerState.STOPPED


def _counted_to(timer: SlaTimer) -> datetime:
    """The instant from which on the timer does what it does now."""
    at = timer.running_since or timer.paused_at or timer.stopped_at
    assert at is not None
    return at

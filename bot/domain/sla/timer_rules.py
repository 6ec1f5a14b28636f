"""A ticket's SLA timers follow the ticket: what each does is a matter of the ticket's state alone.

So no order of events, no repeated event and no event in the same instant as another can confuse them. What is
promised again and again has a timer for each time; those of times that are over stay as they ended.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import assert_never

from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Ticket

_WARNED_AT = 2
"""Stages after which a card warns, whether or not they notify anybody."""


def start_timers(
    ticket: Ticket,
    *,
    policy: SlaPolicy,
    at: datetime,
    new_id: Callable[[], int],
    besides: Iterable[SlaTimer] = (),
) -> list[SlaTimer]:
    """New timers for what the policy promises a ticket of this priority and still can be kept or broken.

    Not for what has a timer in `besides`: call it again after every change.
    What was spent before a promise was made does not count against it.
    """
    timed = {(timer.measure, timer.cycle_at) for timer in besides}
    timers = []
    for measure in Measure:
        target, cycle_at = policy.target(measure, ticket.priority), _cycle(measure, ticket)
        if target is None or (measure, cycle_at) in timed:
            continue
        if _wanted(measure, ticket, policy) is _State.STOPPED:
            continue
        timer = SlaTimer(id=new_id(), ticket_id=ticket.id, measure=measure, target=target, cycle_at=cycle_at)
        timer.start(policy, at=at)
        if _wanted(measure, ticket, policy) is _State.PAUSED:
            timer.pause(policy, at=at)
        timers.append(timer)
    return timers


def follow(
    timers: Iterable[SlaTimer],
    ticket: Ticket,
    *,
    policy: SlaPolicy,
    at: datetime,
    successor: SlaPolicy | None = None,
) -> list[SlaTimer]:
    """Bring the timers in line with the ticket as it is after what happened at `at`; returns those changed.

    The first response stops at the first public reply by an agent, a next response at the next one, an update
    period at the word that begins another; every timer pauses in the statuses that
    the policy says, stops when the ticket is resolved or closed, or its priority has no target any more,
    and goes on when it is reopened. A changed priority moves the due times. `policy` is what the timers ran
    by until now, `successor` the one from now on, when that is another: after a transfer to a team with
    other hours, or a new choice of policy.
    """
    changed = []
    for timer in timers:
        before = replace(timer)
        _bring_in_line(timer, ticket, policy=policy, at=at, successor=successor)
        if timer != before:
            changed.append(timer)
    return changed


def show_stage(ticket: Ticket, timers: Sequence[SlaTimer], *, policy: SlaPolicy | None) -> None:
    """Let the ticket show how far its timers are, which run by this policy, and whether it is at risk by that."""
    notifying = policy.notifying_stages if policy is not None else frozenset[int]()
    ticket.reach_stage(furthest_stage(timers), is_warned=any(is_warned(timer, notifying) for timer in timers))


def is_warned(timer: SlaTimer, notifying: AbstractSet[int]) -> bool:
    """Whether it runs and is so near its end that people were told, or past its second stage or its due time.

    `notifying` are its policy's `notifying_stages`. A first stage that notifies nobody, such as half of the time, is
    no warning.
    """
    is_near = timer.stage >= _WARNED_AT or timer.breached_at is not None
    return timer.running_since is not None and (is_near or not timer.reached.isdisjoint(notifying))


def furthest_stage(timers: Sequence[SlaTimer]) -> int:
    """How many stages the furthest of the timers has reached that are not stopped: a ticket's `sla_stage`.

    0 is calm: no alert can be under way.
    """
    return max((timer.stage for timer in timers if timer.stopped_at is None), default=0)


def ended_unmet(timer: SlaTimer, ticket: Ticket) -> bool:
    """Whether a missed promise stopped because its ticket ended, without an answer or as a duplicate."""
    if timer.breached_at is None or timer.stopped_at is None or ticket.closed_at is None:
        return False
    return ticket.is_excluded and timer.stopped_at >= ticket.closed_at


def owed_first(timers: Iterable[SlaTimer]) -> list[SlaTimer]:
    """In the order in which they are named: the answer that somebody waits for, then the end, then news."""
    order = list(Measure)
    return sorted(timers, key=lambda timer: order.index(timer.measure))


def first_due(timers: Sequence[SlaTimer]) -> datetime | None:
    """When the first of the timers that run is due: a ticket's `due_at`."""
    return min((timer.due_at for timer in timers if timer.due_at is not None), default=None)


class _State(Enum):
    RUNNING = auto()
    PAUSED = auto()
    STOPPED = auto()


def _bring_in_line(
    timer: SlaTimer, ticket: Ticket, *, policy: SlaPolicy, at: datetime, successor: SlaPolicy | None
) -> None:
    ahead = successor or policy
    target = ahead.target(timer.measure, ticket.priority)
    wanted = _wanted(timer.measure, ticket, ahead)
    is_over = timer.cycle_at != _cycle(timer.measure, ticket)
    if target is None or is_over or wanted is _State.STOPPED:
        timer.stop(policy, at=_stopped_at(timer, ticket, at))
        if successor is not None:  # should it be reopened, it goes on by that one
            timer.carry(successor, before=policy)
        return
    if timer.stopped_at is not None:
        timer.start(policy, at=at)
    if successor is not None or _is_promised_otherwise(timer, target, policy=policy, at=at):
        timer.retarget(policy, target=target, at=at, successor=successor)
    if wanted is _State.PAUSED:
        timer.pause(ahead, at=at)
    else:
        timer.start(ahead, at=at)


def _is_promised_otherwise(timer: SlaTimer, target: timedelta, *, policy: SlaPolicy, at: datetime) -> bool:
    """A broken promise keeps its own target, unless the ticket's would not have been used up by now."""
    if target == timer.policy_target:
        return False
    return timer.missed_at(at) is None or timer.elapsed(at, policy=policy) < target


def _wanted(measure: Measure, ticket: Ticket, policy: SlaPolicy) -> _State:
    """What a timer of this measure should be doing."""
    if policy.target(measure, ticket.priority) is None or _is_met(measure, ticket):
        return _State.STOPPED
    return _State.PAUSED if policy.is_paused(measure, ticket.status) else _State.RUNNING


def _cycle(measure: Measure, ticket: Ticket) -> datetime | None:
    """What began the present stretch of a repeated measure; None when there is none, or it is no such measure."""
    match measure:
        case Measure.FIRST_RESPONSE | Measure.RESOLUTION:
            return None
        case Measure.NEXT_RESPONSE:
            return ticket.awaits_reply_since
        case Measure.PERIODIC_UPDATE:
            return ticket.last_update_at
        case _:
            assert_never(measure)


def _is_met(measure: Measure, ticket: Ticket) -> bool:
    if not ticket.status.is_live:
        return True
    match measure:
        case Measure.FIRST_RESPONSE:
            return ticket.first_replied_at is not None
        case Measure.RESOLUTION:
            return False
        case Measure.NEXT_RESPONSE | Measure.PERIODIC_UPDATE:
            return _cycle(measure, ticket) is None
        case _:
            assert_never(measure)


def _stopped_at(timer: SlaTimer, ticket: Ticket, at: datetime) -> datetime:
    """When what the timer waits for was said, which may be known only later."""
    match timer.measure:
        case Measure.RESOLUTION:
            return at
        case Measure.FIRST_RESPONSE:
            return ticket.first_replied_at or at
        case Measure.NEXT_RESPONSE | Measure.PERIODIC_UPDATE:
            said_at = ticket.last_update_at
            is_answer = said_at is not None and timer.cycle_at is not None and said_at > timer.cycle_at
            return said_at if said_at is not None and is_answer else at
        case _:
            assert_never(timer.measure)

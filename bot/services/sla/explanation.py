"""Why a ticket's clocks say what they say: each stored timer beside its replay, run again from the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.caches.policy_snapshots import PolicyCopies
from bot.domain.sla.replay import TimerReplay, replay
from bot.domain.sla.ticket_history import HistoryTurn, ticket_history
from bot.domain.sla.timer import SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerExplanation:
    """A timer as it is stored, `elapsed` in time of its policy by now, and how it came to that.

    `replayed` is None where the log does not tell of this timer, or tells another story than its row does: a clock
    is never explained by something that does not add up to it.
    """

    timer: SlaTimer
    elapsed: timedelta
    replayed: TimerReplay | None

    @property
    def is_open(self) -> bool:
        return self.timer.stopped_at is None


def explain(
    uow: UnitOfWork, ticket: Ticket, *, now: datetime, copies: PolicyCopies
) -> Sequence[TimerExplanation]:
    """The ticket's timers in order of their start; none for a ticket without clocks."""

    def applied(turn: HistoryTurn) -> SlaPolicy | None:
        return copies.of(uow, turn.applied.copy) if turn.applied else None

    turns = ticket_history(ticket, uow.audit_log.of_ticket(ticket.id))
    replays = {_name(each.timer): each for each in replay(turns, policy_at=applied, until=now)}
    policy = copies.of(uow, ticket.sla_policy_copy) if ticket.sla_policy_copy else None
    return [
        _explained(timer, replays.get(_name(timer)), policy=policy, now=now)
        for timer in uow.sla_timers.of_ticket(ticket.id)
    ]


def _explained(
    timer: SlaTimer, replayed: TimerReplay | None, *, policy: SlaPolicy | None, now: datetime
) -> TimerExplanation:
    elapsed = timer.elapsed(now, policy=policy) if policy else timer.spent
    is_the_same = replayed is not None and _state(replayed.timer) == _state(timer)
    return TimerExplanation(timer=timer, elapsed=elapsed, replayed=replayed if is_the_same else None)


def _name(timer: SlaTimer) -> tuple[object, ...]:
    return timer.measure, timer.cycle_at


def _state(timer: SlaTimer) -> tuple[object, ...]:
    """What a clock shows; whether a tick has noticed a breach already is another matter."""
    since = (timer.running_since, timer.paused_at, timer.stopped_at)
    return timer.target, timer.policy_target, timer.counts_from, timer.spent, since, timer.due_at

"""What would have become of a past ticket's promises under other policies, had people done the same.

Before is what really happened: the timers as they are stored. After is the same deeds, run through the clocks again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.sla.replay import replay
from bot.domain.sla.ticket_history import AuditLine, HistoryTurn, ticket_history
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Priority, Ticket


class TargetOutcome(StrEnum):
    """What became of a target. `OPEN`: it still runs or rests, and was not due yet."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    NONE = "no target"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetComparison:
    """One promise, or one stretch of a repeated one, begun at `cycle_at`; `missed_at` is when it was due, UTC.

    `team` and `priority` are those that the ticket had when it was decided, as in reports.
    """

    measure: Measure
    cycle_at: datetime | None
    team: str
    priority: Priority
    before: TargetOutcome
    after: TargetOutcome
    missed_at_before: datetime | None = None
    missed_at_after: datetime | None = None
    policy_after: str = ""
    """The policy's name, with its variant after a slash; empty where nothing is promised."""

    @property
    def is_changed(self) -> bool:
        return self.before is not self.after


def compare_targets(
    ticket: Ticket,
    entries: Sequence[AuditLine],
    timers: Iterable[SlaTimer],
    *,
    policy_at: Callable[[HistoryTurn], SlaPolicy | None],
    until: datetime,
) -> list[TargetComparison]:
    """Each promise of the ticket before and after; `timers` are the stored ones, `entries` its whole audit log.

    `policy_at` is that of `replay`. Raises ConfigurationError for a calendar that ends before a promise is due.
    """
    stored = {(timer.measure, timer.cycle_at): timer for timer in timers}
    turns = ticket_history(ticket, entries)
    replays = replay(turns, policy_at=policy_at, until=until)
    again = {(replayed.timer.measure, replayed.timer.cycle_at): replayed for replayed in replays}
    comparisons = []
    for measure, cycle_at in dict.fromkeys([*stored, *again]):
        before, after = stored.get((measure, cycle_at)), again.get((measure, cycle_at))
        then = _as_decided(ticket, turns, before or (after.timer if after else None), until)
        comparisons.append(
            TargetComparison(
                measure=measure,
                cycle_at=cycle_at,
                team=then.team,
                priority=then.priority,
                before=_outcome(ticket, before, until),
                after=_outcome(ticket, after.timer if after else None, until),
                missed_at_before=before.missed_at(until) if before else None,
                missed_at_after=after.timer.missed_at(until) if after else None,
                policy_after=_name(after.policy) if after else "",
            )
        )
    return comparisons


def _as_decided(
    ticket: Ticket, turns: Sequence[HistoryTurn], timer: SlaTimer | None, until: datetime
) -> Ticket:
    """The ticket when the target was missed, or met."""
    decided_at = None if timer is None else timer.missed_at(until) or timer.stopped_at
    if decided_at is None:
        return ticket
    return next((turn.ticket for turn in reversed(turns) if turn.at <= decided_at), ticket)


def _outcome(ticket: Ticket, timer: SlaTimer | None, until: datetime) -> TargetOutcome:
    """A ticket that no report counts meets nothing; what it had missed stays missed."""
    if timer is None:
        return TargetOutcome.NONE
    if timer.missed_at(until) is not None:
        return TargetOutcome.MISSED
    if ticket.is_excluded:
        return TargetOutcome.NONE
    return TargetOutcome.OPEN if timer.stopped_at is None else TargetOutcome.MET


def _name(policy: SlaPolicy) -> str:
    return f"{policy.name}/{policy.variant}" if policy.variant else policy.name

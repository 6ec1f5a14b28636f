"""Why a ticket's clocks say what they say: each stored timer beside its replay, run again from the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.caches.policy_snapshots import PolicyCopies
from bot.domain import events as happened
from bot.domain.replies.status_words import StatusWordsRecalled
from bot.domain.sla.replay import TimerReplay, replay
from bot.domain.sla.ticket_history import HistoryTurn, ticket_history
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.audit_log import AuditEntry
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
    answer_gone_at: datetime | None = None
    """When the reply that met its target was recalled or deleted; None while that can be read."""

    @property
    def is_open(self) -> bool:
        return self.timer.stopped_at is None


def explain(
    uow: UnitOfWork, ticket: Ticket, *, now: datetime, copies: PolicyCopies
) -> Sequence[TimerExplanation]:
    """The ticket's timers in order of their start; none for a ticket without clocks."""

    def applied(turn: HistoryTurn) -> SlaPolicy | None:
        return copies.of(uow, turn.applied.copy) if turn.applied else None

    entries = uow.audit_log.of_ticket(ticket.id)
    turns, gone = ticket_history(ticket, entries), answers_gone(entries)
    replays = {_name(each.timer): each for each in replay(turns, policy_at=applied, until=now)}
    policy = copies.of(uow, ticket.sla_policy_copy) if ticket.sla_policy_copy else None
    explained = [
        _explained(timer, replays.get(_name(timer)), policy=policy, now=now)
        for timer in uow.sla_timers.of_ticket(ticket.id)
    ]
    return [
        replace(each, answer_gone_at=gone.get(each.timer.stopped_at))
        if each.timer.measure in _ANSWERED and each.timer.stopped_at is not None
        else each
        for each in explained
    ]


def answers_gone(entries: Sequence[AuditEntry]) -> Mapping[datetime, datetime]:
    """When the requester was answered by what was recalled or deleted later, and when that was.

    Words with a change of status come beside that: before a next response, after a first one.
    """
    removed = {int(each.details["message"]): each.at for each in entries if each.event in _REMOVALS}
    recalled = {each.details["change"]: each.at for each in entries if each.event == _WORDS_RECALLED}
    gone: dict[datetime, datetime] = {}
    change = 0
    for before, after in pairwise(entries):
        change += after.event == _CHANGED
        at: datetime | None = None
        if before.event == happened.MessageAdded.stored_as and after.event in _ANSWERS:
            at = removed.get(int(before.details["message"]))
        elif _CHANGED in (before.event, after.event) and {before.event, after.event} & _ANSWERS:
            at = recalled.get(change)
        if at is not None:
            gone[after.at] = at
    return gone


_ANSWERED = (Measure.FIRST_RESPONSE, Measure.NEXT_RESPONSE)
_ANSWERS = frozenset({happened.FirstResponseGiven.stored_as, happened.NextResponseGiven.stored_as})
_CHANGED = happened.StatusChanged.stored_as
_WORDS_RECALLED = StatusWordsRecalled.stored_as
_REMOVALS = (happened.TicketMessageRecalled.stored_as, happened.TicketMessageDeleted.stored_as)


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

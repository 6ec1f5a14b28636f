"""Applying a changed SLA policy to a ticket that is under way: what would move, and moving it.

A copied policy never changes by itself (`sla apply` asks for it): what was spent so far is kept, and the rest is
counted by the new policy from now on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.caches.policy_snapshots import policy_for
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import follow, start_timers
from bot.domain.suggestions import did_you_mean, nearest
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.sla.timers import policy_of, request_of
from bot.services.tickets.change_recorder import record_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """One clock as it stands: `due_at` None while it does not run; `is_broken` whenever it broke."""

    target: timedelta
    due_at: datetime | None
    is_broken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChange:
    """What a clock promises before and after; None for one that there is not, or not any more."""

    measure: Measure
    before: TargetState | None
    after: TargetState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reapplication:
    """`before` is the copy that the ticket runs by, `choice` what runs it then; `moves` are those of its clocks."""

    before: SlaPolicy | None
    choice: PolicyChoice
    moves: tuple[TargetChange, ...]


def propose(context: Context, ticket: Ticket, *, policy: str | None = None) -> Reapplication | None:
    """What applying the policy as it is configured now would move; None when the ticket runs by exactly that.

    `policy` names another one than the ticket's own. Writes nothing. Raises Refused for a policy that is not
    configured, and for a ticket that is not live.
    """
    choice = _choice(context, ticket, named=policy)
    before, after = policy_of(context, ticket), choice.policy.on(context.team_of(ticket).calendar)
    if before == after:
        return None
    timers = list(context.uow.sla_timers.of_ticket(ticket.id))
    moved = [replace(timer) for timer in timers]
    follow(moved, ticket, policy=before or after, successor=after, at=context.now)
    added = start_timers(ticket, policy=after, at=context.now, new_id=count().__next__, besides=moved)
    pairs = [*zip(timers, moved, strict=True), *((None, timer) for timer in added)]
    moves = (
        TargetChange(
            measure=ahead.measure,
            before=_target_state(then, context.now),
            after=_target_state(ahead, context.now),
        )
        for then, ahead in pairs
        if _target_state(then, context.now) != _target_state(ahead, context.now)
    )
    return Reapplication(before=before, choice=choice, moves=tuple(moves))


def reapply(context: Context, ticket: Ticket, *, policy: str | None = None) -> Reapplication | None:
    """Do what `propose` says, on a locked ticket; the audit log tells who asked for it. Raises as `propose`."""
    proposed = propose(context, ticket, policy=policy)
    if proposed is not None:
        record_policy(context, ticket, proposed.choice, by=context.actor.key)
    return proposed


def unknown_policy(name: str, configured: Iterable[str]) -> Refused:
    """What to say of a policy that is not configured."""
    return Refused("refusals.no_such_policy", *did_you_mean(nearest(name, configured)), policy=name)


def _choice(context: Context, ticket: Ticket, *, named: str | None) -> PolicyChoice:
    configured = context.desk.sla_policies
    if not ticket.status.is_live:
        raise Refused("refusals.clocks_stopped", reference=ticket.reference, status=ticket.status.term)
    if named is not None and named not in configured:
        raise unknown_policy(named, configured)
    choice = policy_for(
        context.desk,
        context.team_of(ticket),
        named=named or ticket.sla_policy,
        why=sentence("sla.why_reapplied", name=context.actor.name),
        request=lambda: request_of(context, ticket),
    )
    if choice is None:
        raise Refused("refusals.no_policy_for", reference=ticket.reference)
    return choice


def _target_state(timer: SlaTimer | None, now: datetime) -> TargetState | None:
    """None for a clock that is stopped: what it promised was kept or broken."""
    if timer is None or timer.stopped_at is not None:
        return None
    return TargetState(target=timer.target, due_at=timer.due_at, is_broken=timer.missed_at(now) is not None)

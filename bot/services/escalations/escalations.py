"""The escalations of a ticket's alerts: begun by a stage, climbed by the clock, stopped by people.

An escalation follows its ticket as a timer does: it rests while the clock does, ends when the target is met or
moved away, and begins again when it is reopened, and for the team that a ticket is transferred to. Whoever takes the
ticket acknowledges it, until they give it back. A clock that has reached an alert always has one escalation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain import events as happened
from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import DESK
from bot.domain.errors import AlreadySo, Refused
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import ReachedStage, SlaPolicy, SlaTimer, Stage
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.escalations.alerts import show_alerts

log = structlog.get_logger(__name__)


def enter_stages(
    context: Context,
    ticket: Ticket,
    reached: Sequence[ReachedStage],
    *,
    policy: SlaPolicy,
    under_way: Iterable[Escalation],
) -> list[Escalation]:
    """Begin a climb for the last stage that each timer has just reached; returns those under way from now on."""
    last = {each.timer_id: each for each in reached if each.is_new and each.stage.raises_alert}
    going_on = []
    for escalation in under_way:
        if escalation.timer_id in last:
            end(context, escalation)
        else:
            going_on.append(escalation)
    for each in last.values():
        begun = _begin(context, ticket, timer=each.timer_id, stage=each.index, policy=policy)
        context.uow.escalations.add(begun)
        going_on.append(begun)
    return going_on


def end(context: Context, escalation: Escalation) -> None:
    """The messages that told of it say so."""
    escalation.end(at=context.now)
    context.uow.escalations.save(escalation)
    show_alerts(context, escalation)


def follow_escalations(
    context: Context, ticket: Ticket, events: Sequence[happened.Event], *, policy: SlaPolicy
) -> list[happened.Event]:
    """Bring the step plans in line with the ticket and its timers, which have followed these events already."""
    timers = {timer.id: timer for timer in context.uow.sla_timers.of_ticket(ticket.id)}
    is_transferred = any(isinstance(event, happened.TicketTransferred) for event in events)
    acknowledged: list[happened.Event] = []
    missing = {timer.id for timer in timers.values() if _alerting(timer, policy) is not None}
    for escalation in context.uow.escalations.under_way([ticket.id]):
        if is_transferred:
            end(context, escalation)
            continue
        missing.discard(escalation.timer_id)
        before, timer = replace(escalation), timers[escalation.timer_id]
        _bring_in_line(context, ticket, escalation, events, timer=timer, policy=policy)
        acknowledged += _follow_assignment(context, ticket, escalation, events, timer=timer, policy=policy)
        if escalation != before:
            context.uow.escalations.save(escalation)
            show_alerts(context, escalation)
    for timer_id in sorted(missing):
        _begin_again(context, ticket, timers[timer_id], policy=policy)
    return acknowledged


def acknowledge_alerts(context: Context, ticket: Ticket) -> list[happened.Event]:
    """The actor sees to every alert of a locked ticket that nobody handles; else to those that are snoozed.

    Raises Refused where there is none to see to.
    """
    events: list[happened.Event] = []
    active = _active(context, ticket)
    unhandled = [each for each in active if each.escalation.is_unhandled]
    waiting = unhandled or [each for each in active if each.escalation.is_unacknowledged]
    if not waiting:
        raise _already_acknowledged(context, ticket, active[-1].escalation)
    for each in waiting:
        each.escalation.acknowledge(by=context.actor.key, at=context.now)
        _save(context, each.escalation)
        events.append(_acknowledged(context, each.timer, each.stage))
    return events


def unacknowledge_alerts(
    context: Context, ticket: Ticket, *, snoozes_only: bool = False
) -> list[happened.Event]:
    """Take back every acknowledgement and snooze of a locked ticket's alerts. Raises Refused where there is none."""
    events: list[happened.Event] = []
    hours = context.team_of(ticket).calendar
    handled = [
        each
        for each in _active(context, ticket)
        if (each.escalation.is_snoozed if snoozes_only else not each.escalation.is_unhandled)
    ]
    if not handled:
        raise AlreadySo("refusals.nothing_acknowledged", reference=ticket.reference)
    for each in handled:
        each.escalation.unacknowledge(each.stage.step_plan, hours=hours, at=context.now)
        _go_on(context, each, hours=hours)
        events.append(
            happened.AlertUnacknowledged(
                actor=context.actor.key, at=context.now, measure=each.timer.measure, stage=each.stage.term
            )
        )
    return events


def has_just_acknowledged(context: Context, ticket: Ticket) -> bool:
    """Whether the actor acknowledged an alarm of the ticket in this transaction, if only by claiming it."""
    under_way = context.uow.escalations.under_way([ticket.id])
    just_now = (context.actor.key, context.now)
    return any((each.acknowledged_by, each.acknowledged_at) == just_now for each in under_way)


def snooze_alerts(
    context: Context, ticket: Ticket, *, until: datetime, reason: str, unhandled_only: bool = False
) -> list[happened.Event]:
    """Nobody is called before then, also where somebody had acknowledged it. Raises Refused where there is none."""
    events: list[happened.Event] = []
    hours = context.team_of(ticket).calendar
    for each in _active(context, ticket):
        if unhandled_only and not each.escalation.is_unhandled:
            continue
        each.escalation.snooze(
            each.stage.step_plan,
            hours=hours,
            until=until,
            by=context.actor.key,
            reason=reason,
            at=context.now,
        )
        _go_on(context, each, hours=hours)
        events.append(
            happened.AlertSnoozed(
                actor=context.actor.key,
                at=context.now,
                measure=each.timer.measure,
                stage=each.stage.term,
                until=until,
                reason=reason,
            )
        )
    return events


def _begin(
    context: Context,
    ticket: Ticket,
    *,
    timer: int,
    stage: int,
    policy: SlaPolicy,
    told: tuple[str, ...] = (),
) -> Escalation:
    return Escalation.begin(
        id=context.uow.new_id(),
        ticket_id=ticket.id,
        timer_id=timer,
        stage=stage,
        is_breach=policy.stages[stage].is_breach,
        step_plan=policy.stages[stage].step_plan,
        hours=context.team_of(ticket).calendar,
        at=context.now,
        told=told,
    )


def _begin_again(context: Context, ticket: Ticket, timer: SlaTimer, *, policy: SlaPolicy) -> None:
    """For another team, or reopened: whatever was acknowledged before is news to whoever is to see to it now."""
    stage = _alerting(timer, policy)
    assert stage is not None
    earlier = [each for each in context.uow.escalations.of_ticket(ticket.id) if each.timer_id == timer.id]
    told = earlier[-1].told if earlier else ()
    begun = _begin(context, ticket, timer=timer.id, stage=stage, policy=policy, told=told)
    if timer.running_since is None:
        begun.rest(policy.stages[stage].step_plan, hours=context.team_of(ticket).calendar, at=context.now)
    context.uow.escalations.add(begun)
    show_alerts(context, begun)


def _bring_in_line(
    context: Context,
    ticket: Ticket,
    escalation: Escalation,
    events: Sequence[happened.Event],
    *,
    timer: SlaTimer,
    policy: SlaPolicy,
) -> None:
    stage, hours = _alerting(timer, policy), context.team_of(ticket).calendar
    if stage is None:
        escalation.end(at=context.now)
        return
    has_new_policy = any(isinstance(event, happened.PolicyApplied) for event in events)
    if has_new_policy or escalation.stage not in timer.reached:
        escalation.keep_on(
            stage=stage,
            is_breach=policy.stages[stage].is_breach,
            step_plan=policy.stages[stage].step_plan,
            hours=hours,
            at=context.now,
        )
    step_plan = policy.stages[escalation.stage].step_plan
    if any(_gave_back(event, escalation) for event in events):
        escalation.hand_back(step_plan)
    if timer.running_since is None:
        escalation.rest(step_plan, hours=hours, at=context.now)
    else:
        escalation.go_on(step_plan, hours=hours, at=context.now)


def _alerting(timer: SlaTimer, policy: SlaPolicy) -> int | None:
    """The last stage that this timer has reached and that somebody has to see to, by its place in the policy."""
    if timer.stopped_at is not None:
        return None
    reached = [index for index in timer.reached if policy.stages[index].raises_alert]
    return max(reached, key=lambda index: (policy.stages[index].is_breach, index), default=None)


def _gave_back(event: happened.Event, escalation: Escalation) -> bool:
    """Whether whoever acknowledged it has put the ticket back into the queue."""
    return isinstance(event, happened.TicketReleased) and event.before == escalation.acknowledged_by


def _follow_assignment(
    context: Context,
    ticket: Ticket,
    escalation: Escalation,
    events: Sequence[happened.Event],
    *,
    timer: SlaTimer,
    policy: SlaPolicy,
) -> list[happened.Event]:
    """Taken, it is acknowledged; given to somebody else, the next step waits for them."""
    assigned = [event for event in events if isinstance(event, happened.TicketAssigned)]
    if not assigned or not escalation.is_unacknowledged:
        return []
    stage = policy.stages[escalation.stage]
    if assigned[-1].actor == assigned[-1].after:
        escalation.acknowledge(by=context.actor.key, at=context.now)
        return [_acknowledged(context, timer, stage)]
    if assigned[-1].actor != DESK:
        escalation.put_off(stage.step_plan, hours=context.team_of(ticket).calendar, at=context.now)
    return []


@dataclass(frozen=True, slots=True)
class _Active:
    """An escalation that is not over, with the timer and the stage it is about."""

    escalation: Escalation
    timer: SlaTimer
    stage: Stage


def _active(context: Context, ticket: Ticket) -> list[_Active]:
    """Raises Refused where the ticket has none."""
    under_way = context.uow.escalations.under_way([ticket.id])
    if not under_way:
        raise Refused("refusals.no_alert", reference=ticket.reference)
    assert ticket.sla_policy_copy is not None, "only a policy raises alerts"
    policy = context.policies.of(context.uow, ticket.sla_policy_copy)
    timers = {timer.id: timer for timer in context.uow.sla_timers.of_ticket(ticket.id)}
    return [_Active(each, timers[each.timer_id], policy.stages[each.stage]) for each in under_way]


def _go_on(context: Context, active: _Active, *, hours: Calendar) -> None:
    """Wait for the next step again, unless the clock rests, and show it."""
    if active.timer.running_since is not None:
        active.escalation.go_on(active.stage.step_plan, hours=hours, at=context.now)
    _save(context, active.escalation)


def _save(context: Context, escalation: Escalation) -> None:
    context.uow.escalations.save(escalation)
    show_alerts(context, escalation)


def _already_acknowledged(context: Context, ticket: Ticket, escalation: Escalation) -> AlreadySo:
    if escalation.acknowledged_by == context.actor.key:
        return AlreadySo("refusals.acknowledged_by_you", reference=ticket.reference)
    person = context.uow.people.find(escalation.acknowledged_by or "")
    name = person.name if person is not None else str(escalation.acknowledged_by)
    return AlreadySo("refusals.acknowledged_by", reference=ticket.reference, name=name)


def _acknowledged(context: Context, timer: SlaTimer, stage: Stage) -> happened.AlertAcknowledged:
    return happened.AlertAcknowledged(
        actor=context.actor.key, at=context.now, measure=timer.measure, stage=stage.term
    )

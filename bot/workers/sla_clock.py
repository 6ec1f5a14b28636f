"""Due timers → warnings, breaches and the steps that follow while nobody acts; ticked, and after a fast-forward.

Due times are rows, so what fell due while nothing ran fires once at the next tick, with how late that is.
What falls due together is told in one message per escalation channel.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK, Person
from bot.domain.errors import StorageUnavailable
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import ReachedStage, SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import is_warned, show_stage
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.escalations.alerts import Alert, AlertBatch
from bot.services.escalations.escalations import enter_stages
from bot.services.escalations.recipients import Recipients
from bot.services.tickets.change_recorder import record_changes
from bot.workers.escalation_steps import take_step

log = structlog.get_logger(__name__)

BATCH = 500
SET_ASIDE = timedelta(hours=1)
"""How long a ticket rests whose clocks could not be moved on."""


class SlaClock:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Fire every timer and take every step that has come due; returns how many tickets had one."""
        handled = 0
        while count := await self._storage.run(self._fire_batch):
            handled += count
            if count < BATCH:
                break
        return handled

    def _fire_batch(self, uow: UnitOfWork) -> int:
        context = self._contexts.context(uow)
        at_stages = uow.sla_timers.lock_due_tickets(context.now, limit=BATCH)
        at_steps = uow.escalations.lock_due_tickets(context.now, limit=BATCH)
        due = {ticket.id: ticket for ticket in (*at_steps, *at_stages)}
        if not due:
            return 0
        alerts = AlertBatch(context)
        uow.conversations.read_ahead(due)
        timers = uow.sla_timers.of_tickets(due)
        under_way: defaultdict[int, list[Escalation]] = defaultdict(list)
        for escalation in uow.escalations.under_way(due):
            under_way[escalation.ticket_id].append(escalation)
        calling = Recipients(uow, context.desk, now=context.now)
        for ticket in due.values():
            _move_on_or_set_aside(context, ticket, timers[ticket.id], under_way[ticket.id], alerts, calling)
        alerts.tell(is_more_to_come=len(due) >= BATCH)
        return len(due)


def _move_on_or_set_aside(
    context: Context,
    ticket: Ticket,
    timers: Sequence[SlaTimer],
    under_way: Sequence[Escalation],
    alerts: AlertBatch,
    calling: Recipients,
) -> None:
    """One ticket whose clocks cannot be read must not stop those of all others."""
    try:
        _move_on(context, ticket, timers, under_way, alerts, calling)
    except StorageUnavailable:
        raise
    except Exception:
        log.exception(
            "a ticket's clocks could not be moved on; they are tried again later", ticket=ticket.reference
        )
        _set_aside(context, ticket)


def _set_aside(context: Context, ticket: Ticket) -> None:
    later = context.now + SET_ASIDE
    for timer in context.uow.sla_timers.of_ticket(ticket.id):
        if timer.next_at is not None:
            timer.set_aside(until=later)
            context.uow.sla_timers.save(timer)
    for escalation in context.uow.escalations.under_way([ticket.id]):
        if escalation.next_at is not None:
            escalation.set_aside(until=later)
            context.uow.escalations.save(escalation)


def _move_on(
    context: Context,
    ticket: Ticket,
    timers: Sequence[SlaTimer],
    under_way: Sequence[Escalation],
    alerts: AlertBatch,
    calling: Recipients,
) -> None:
    """Move one ticket's timers on, then its step plans; its card follows, and what must be told is gathered."""
    assert ticket.sla_policy_copy is not None, "only a policy starts timers"
    policy = context.policies.of(context.uow, ticket.sla_policy_copy)
    reached = _fire(context, ticket, timers, policy=policy)
    under_way = enter_stages(context, ticket, reached, policy=policy, under_way=under_way)
    channel = context.team_of(ticket).escalation_channel
    warned = {each.id for each in timers if is_warned(each, policy.notifying_stages)}
    entered = [
        _event(
            context,
            each,
            called=calling.mentioned(channel, ticket, each.notify),
            is_reminder=each.timer_id not in warned,
        )
        for each in reached
        if each.is_new
    ]
    record_changes(context, ticket, entered)
    by_timer = {escalation.timer_id: escalation for escalation in under_way}
    for each in reached:
        escalation = by_timer.get(each.timer_id)
        if each.notify and (escalation is None or _is_waiting(escalation)):
            mentioned = calling.mentioned(channel, ticket, each.notify)
            is_unheard = calling.is_unheard(channel, ticket, each.notify)
            alert = _alert(ticket, each, escalation, mentioned=mentioned, is_unheard=is_unheard)
            alerts.add(channel, alert)
    for timer in timers:
        escalation = by_timer.get(timer.id)
        if escalation is None or not _is_due(escalation, context):
            continue
        # A step of another timer's step plan may have moved the ticket, and ended this one.
        escalation = context.uow.escalations.get_many([escalation.id])[escalation.id]
        if _is_due(escalation, context):
            take_step(context, ticket, escalation, timer=timer, policy=policy, alerts=alerts)


def _is_waiting(escalation: Escalation) -> bool:
    """A ping that waited for staffed hours is not told of what was acknowledged or snoozed meanwhile."""
    return escalation.is_unacknowledged and not escalation.is_snoozed


def _is_due(escalation: Escalation, context: Context) -> bool:
    return escalation.next_at is not None and escalation.next_at <= context.now


def _fire(
    context: Context, ticket: Ticket, timers: Sequence[SlaTimer], *, policy: SlaPolicy
) -> list[ReachedStage]:
    staffed = context.team_of(ticket).calendar
    reached: list[ReachedStage] = []
    for timer in timers:
        if timer.next_at is not None and timer.next_at <= context.now:
            reached += timer.fire(context.now, policy=policy, staffed=staffed)
            context.uow.sla_timers.save(timer)
    show_stage(ticket, timers, policy=policy)
    return reached


def _alert(
    ticket: Ticket,
    each: ReachedStage,
    escalation: Escalation | None,
    *,
    mentioned: Sequence[Person],
    is_unheard: bool,
) -> Alert:
    keys = tuple(person.key for person in mentioned)
    return Alert(
        ticket=ticket.id,
        timer=each.timer_id,
        measure=each.measure,
        is_breach=each.stage.is_breach,
        notify=each.notify,
        # A ping that waited for staffed hours is not late: it is when it should be.
        late_by_s=int(each.late_by.total_seconds()) if each.is_new else 0,
        escalation=escalation.id if escalation is not None else None,
        mentioned=keys,
        notified=keys,
        is_unheard=is_unheard,
    )


def _event(
    context: Context, each: ReachedStage, *, called: Sequence[Person], is_reminder: bool
) -> happened.SlaStageReached:
    return happened.SlaStageReached(
        actor=DESK,
        at=context.now,
        measure=each.measure,
        stage=each.stage.term,
        share=each.stage.share,
        due_at=each.due_at,
        late_by_s=int(each.late_by.total_seconds()),
        called=tuple(person.key for person in called),
        is_reminder=is_reminder,
    )

"""Due timers → warnings, breaches and the steps that follow while nobody acts; ticked, and after a fast-forward.

Due times are rows, so what fell due while nothing ran fires once at the next tick, with how late that is.
What falls due together is told in one message per escalation channel.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.errors import StorageUnavailable
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import Reached, SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import furthest_stage
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Work, Workplace
from bot.services.escalations.alerts import Alarm, Alarms
from bot.services.escalations.escalations import enter_stages
from bot.services.tickets.change_recorder import record
from bot.workers.escalation_steps import climb

log = structlog.get_logger(__name__)

BATCH = 500
SET_ASIDE = timedelta(hours=1)
"""How long a ticket rests whose clocks could not be moved on."""


class SlaClock:
    def __init__(self, *, storage: Storage, workplace: Workplace) -> None:
        self._storage = storage
        self._workplace = workplace

    async def tick(self) -> int:
        """Fire every timer and take every step that has come due; returns how many tickets had one."""
        handled = 0
        while count := await self._storage.run(self._fire_batch):
            handled += count
            if count < BATCH:
                break
        return handled

    def _fire_batch(self, uow: UnitOfWork) -> int:
        work = self._workplace.work(uow)
        at_stages = uow.sla_timers.lock_due_tickets(work.now, limit=BATCH)
        at_steps = uow.escalations.lock_due_tickets(work.now, limit=BATCH)
        due = {ticket.id: ticket for ticket in (*at_steps, *at_stages)}
        if not due:
            return 0
        alarms = Alarms(work)
        uow.conversations.read_ahead(due)
        timers = uow.sla_timers.of_tickets(due)
        under_way: defaultdict[int, list[Escalation]] = defaultdict(list)
        for escalation in uow.escalations.under_way(due):
            under_way[escalation.ticket_id].append(escalation)
        for ticket in due.values():
            _move_on_or_set_aside(work, ticket, timers[ticket.id], under_way[ticket.id], alarms)
        alarms.tell(is_more_to_come=len(due) >= BATCH)
        return len(due)


def _move_on_or_set_aside(
    work: Work,
    ticket: Ticket,
    timers: Sequence[SlaTimer],
    under_way: Sequence[Escalation],
    alarms: Alarms,
) -> None:
    """One ticket whose clocks cannot be read must not stop those of all others."""
    try:
        _move_on(work, ticket, timers, under_way, alarms)
    except StorageUnavailable:
        raise
    except Exception:
        log.exception(
            "a ticket's clocks could not be moved on; they are tried again later", ticket=ticket.reference
        )
        _set_aside(work, ticket)


def _set_aside(work: Work, ticket: Ticket) -> None:
    later = work.now + SET_ASIDE
    for timer in work.uow.sla_timers.of_ticket(ticket.id):
        if timer.next_at is not None:
            timer.next_at = max(timer.next_at, later)
            work.uow.sla_timers.save(timer)
    for escalation in work.uow.escalations.under_way([ticket.id]):
        if escalation.next_at is not None:
            escalation.next_at = max(escalation.next_at, later)
            work.uow.escalations.save(escalation)


def _move_on(
    work: Work,
    ticket: Ticket,
    timers: Sequence[SlaTimer],
    under_way: Sequence[Escalation],
    alarms: Alarms,
) -> None:
    """Move one ticket's timers on, then its ladders; its card follows, and what must be told is gathered."""
    assert ticket.sla_policy_copy is not None, "only a policy starts timers"
    policy = work.policies.of(work.uow, ticket.sla_policy_copy)
    reached = _fire(work, ticket, timers, policy=policy)
    under_way = enter_stages(work, ticket, reached, policy=policy, under_way=under_way)
    record(work, ticket, [_event(work, each) for each in reached if each.is_new])
    by_timer = {escalation.timer_id: escalation for escalation in under_way}
    channel = work.team_of(ticket).escalation_channel
    for each in reached:
        escalation = by_timer.get(each.timer_id)
        if each.notify and (escalation is None or _is_waiting(escalation)):
            alarms.add(channel, _alarm(ticket, each, escalation))
    for timer in timers:
        escalation = by_timer.get(timer.id)
        if escalation is None or not _is_due(escalation, work):
            continue
        # A step of another timer's ladder may have moved the ticket, and ended this one.
        escalation = work.uow.escalations.get_many([escalation.id])[escalation.id]
        if _is_due(escalation, work):
            climb(work, ticket, escalation, timer=timer, policy=policy, alarms=alarms)


def _is_waiting(escalation: Escalation) -> bool:
    """A ping that waited for staffed hours is not told of what was acknowledged or snoozed meanwhile."""
    return escalation.is_standing and not escalation.is_snoozed


def _is_due(escalation: Escalation, work: Work) -> bool:
    return escalation.next_at is not None and escalation.next_at <= work.now


def _fire(work: Work, ticket: Ticket, timers: Sequence[SlaTimer], *, policy: SlaPolicy) -> list[Reached]:
    staffed = work.team_of(ticket).calendar
    reached: list[Reached] = []
    for timer in timers:
        if timer.next_at is not None and timer.next_at <= work.now:
            reached += timer.fire(work.now, policy=policy, staffed=staffed)
            work.uow.sla_timers.save(timer)
    ticket.sla_stage = furthest_stage(timers)
    return reached


def _alarm(ticket: Ticket, each: Reached, escalation: Escalation | None) -> Alarm:
    return Alarm(
        ticket=ticket.id,
        timer=each.timer_id,
        measure=each.measure,
        is_breach=each.stage.is_breach,
        notify=each.notify,
        # A ping that waited for staffed hours is not late: it is when it should be.
        late_by_s=int(each.late_by.total_seconds()) if each.is_new else 0,
        escalation=escalation.id if escalation is not None else None,
    )


def _event(work: Work, each: Reached) -> happened.SlaStageReached:
    return happened.SlaStageReached(
        actor=DESK,
        at=work.now,
        measure=each.measure,
        stage=each.stage.label,
        share=each.stage.share,
        due_at=each.due_at,
        late_by_s=int(each.late_by.total_seconds()),
    )

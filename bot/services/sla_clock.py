"""Due timers → warnings, breaches and their pings; ticked, and asked anew after a fast-forward.

Due times are rows, so what fell due while nothing ran fires once at the next tick, with how late that is.
What falls due together is told in one message per escalation channel.
"""

from collections import defaultdict
from datetime import timedelta

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK, ChannelRef
from bot.domain.errors import StorageUnavailable
from bot.domain.sla import Reached
from bot.domain.ticket import Ticket
from bot.domain.timekeeping import furthest_stage
from bot.ports.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.pings import Alarm
from bot.services.recording import record
from bot.services.work import Work, Workplace

log = structlog.get_logger(__name__)

BATCH = 500
SET_ASIDE = timedelta(hours=1)
"""How long a ticket rests whose clocks could not be moved on."""


class SlaClock:
    def __init__(self, *, storage: Storage, workplace: Workplace) -> None:
        self._storage = storage
        self._workplace = workplace

    async def tick(self) -> int:
        """Fire every timer that has come due; returns how many tickets had one."""
        handled = 0
        while count := await self._storage.run(self._fire_batch):
            handled += count
            if count < BATCH:
                break
        return handled

    def _fire_batch(self, uow: UnitOfWork) -> int:
        work = self._workplace.work(uow)
        tickets = uow.sla_timers.lock_due_tickets(work.now, limit=BATCH)
        alarms: defaultdict[ChannelRef, list[Alarm]] = defaultdict(list)
        for ticket in tickets:
            for alarm in _fire_or_set_aside(work, ticket):
                channel = work.team_of(ticket).escalation_channel
                if channel is not None:
                    alarms[channel].append(alarm)
        for channel, each in alarms.items():
            _ping(work, channel, each)
        return len(tickets)


def _fire_or_set_aside(work: Work, ticket: Ticket) -> list[Alarm]:
    """One ticket whose clocks cannot be read must not stop those of all others."""
    try:
        return _fire(work, ticket)
    except StorageUnavailable:
        raise
    except Exception:
        log.exception(
            "a ticket's clocks could not be moved on; they are tried again later", ticket=ticket.reference
        )
        for timer in work.uow.sla_timers.of_ticket(ticket.id):
            if timer.next_at is not None:
                timer.next_at = max(timer.next_at, work.now + SET_ASIDE)
                work.uow.sla_timers.save(timer)
        return []


def _fire(work: Work, ticket: Ticket) -> list[Alarm]:
    """Move one ticket's timers on; its card follows, and what must be told is returned."""
    assert ticket.sla_policy_copy is not None, "only a policy starts timers"
    policy = work.policies.of(work.uow, ticket.sla_policy_copy)
    staffed = work.team_of(ticket).calendar
    timers = work.uow.sla_timers.of_ticket(ticket.id)
    reached: list[Reached] = []
    for timer in timers:
        if timer.next_at is not None and timer.next_at <= work.now:
            reached += timer.fire(work.now, policy=policy, staffed=staffed)
            work.uow.sla_timers.save(timer)
    ticket.sla_stage = furthest_stage(timers)
    record(work, ticket, [_event(work, each) for each in reached if each.is_new])
    return [_alarm(ticket, each) for each in reached if each.notify]


def _alarm(ticket: Ticket, each: Reached) -> Alarm:
    return Alarm(
        ticket=ticket.id,
        timer=each.timer_id,
        measure=each.measure,
        is_breach=each.stage.is_breach,
        notify=each.notify,
        # A ping that waited for staffed hours is not late: it is when it should be.
        late_by_s=int(each.late_by.total_seconds()) if each.is_new else 0,
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


def _ping(work: Work, channel: ChannelRef, alarms: list[Alarm]) -> None:
    """One message for all that fell due together. Urgent: it overtakes card refreshes."""
    conversation = work.uow.conversations.of_channel(channel)
    marks = ",".join(f"{each.ticket}/{each.measure}/{each.is_breach}" for each in alarms[:20])
    work.uow.outbox.tell(
        RowKind.PING,
        conversation=conversation.id,
        key=f"sla:{work.now:%Y%m%dT%H%M%S}:{marks}",
        payload={"alarms": [each.to_json() for each in alarms]},
        now=work.now,
        is_urgent=True,
    )

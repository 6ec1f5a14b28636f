"""One step of a ladder, taken by the clock because nobody had acknowledged the alarm: call people, change the ticket.

Several steps that fall due together, after the desk was down, are one call: what they change is changed in order, and
everybody they call is called once.
"""

from collections.abc import Callable, Sequence

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK, ChannelRef
from bot.domain.errors import Refused
from bot.domain.escalations.escalation import Called, Climb, Escalation, Step
from bot.domain.sla.timer import Notify, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Work
from bot.services.escalations.alerts import Alarm, Alarms
from bot.services.escalations.recipients import Calling
from bot.services.on_call.roster import on_call
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record

log = structlog.get_logger(__name__)

ESCALATED = "nobody had acknowledged its alarm"


def climb(
    work: Work,
    ticket: Ticket,
    escalation: Escalation,
    *,
    timer: SlaTimer,
    policy: SlaPolicy,
    alarms: Alarms,
) -> None:
    """Take what is due by now on a locked ticket, and gather what is to be told of it."""
    stage = policy.stages[escalation.stage]
    climbed = escalation.climb(stage.ladder, hours=work.team_of(ticket).calendar, now=work.now)
    work.uow.escalations.save(escalation)
    if not climbed.steps and not climbed.is_awake:
        return
    calling = Calling(work.uow, work.desk, now=work.now)
    if climbed.steps:
        people = calling.called(ticket, _notify(_all_called(climbed.steps)))
        taken = happened.EscalationStepTaken(
            actor=DESK,
            at=work.now,
            measure=timer.measure,
            stage=stage.label,
            number=escalation.climbed,
            called=tuple(person.key for person in people),
        )
        record(work, ticket, [taken])
    for step in climbed.steps:
        _change(work, ticket, step)
    _call(work, ticket, escalation, timer, climbed, calling=calling, alarms=alarms)


def _call(
    work: Work,
    ticket: Ticket,
    escalation: Escalation,
    timer: SlaTimer,
    climbed: Climb,
    *,
    calling: Calling,
    alarms: Alarms,
) -> None:
    """In the channel of the team that has it by now, in direct messages, and by webhook."""

    def alarm(*notify: Notify) -> Alarm:
        return Alarm(
            ticket=ticket.id,
            timer=timer.id,
            measure=timer.measure,
            is_breach=escalation.is_breach,
            notify=notify,
            escalation=escalation.id,
            step=escalation.climbed if climbed.steps else 0,
            is_awake=climbed.is_awake,
        )

    mentions = [each for step in climbed.steps for each in step.mentions]
    # Whoever snoozed it is reminded through the ticket: it is theirs, or nobody's.
    reminded = (Notify.ASSIGNEE,) if climbed.is_awake else ()
    channel = work.team_of(ticket).escalation_channel
    alarms.add(channel, alarm(Notify.ESCALATION_CHANNEL, *reminded, *_notify(mentions)))
    directs = _notify([each for step in climbed.steps for each in step.directs])
    for person in calling.called(ticket, directs):
        alarms.add(ChannelRef.direct(person.key), alarm())
    for webhook in dict.fromkeys(step.webhook for step in climbed.steps if step.webhook):
        alarms.add(ChannelRef(platform="webhook", channel=webhook), alarm())


def _change(work: Work, ticket: Ticket, step: Step) -> None:
    """What cannot be done is passed over and logged: the rest of the step still is."""
    priority, team = step.priority, step.transfer
    if priority is not None and _is_raised(ticket, priority):
        _try(ticket, lambda: actions.set_priority(work, ticket, priority))
    if team is not None:
        _try(ticket, lambda: _transfer(work, ticket, team))
    if step.reassign:
        _try(ticket, lambda: _reassign(work, ticket))


def _try(ticket: Ticket, change: Callable[[], None]) -> None:
    try:
        change()
    except Refused as refused:
        log.warning("a step of an escalation was not taken whole", ticket=ticket.reference, why=str(refused))


def _is_raised(ticket: Ticket, to: Priority) -> bool:
    order = list(Priority)
    return order.index(to) > order.index(ticket.priority)


def _transfer(work: Work, ticket: Ticket, name: str) -> None:
    """Upwards only: no ladder sends a ticket back to where one has taken it from."""
    team = work.desk.teams.get(name)
    if team is None or team.name == ticket.team or team.name in _escalated_from(work, ticket):
        log.warning("an escalation does not transfer a ticket", ticket=ticket.reference, team=name)
        return
    actions.transfer_ticket(work, ticket, team=team, reason=ESCALATED)


def _escalated_from(work: Work, ticket: Ticket) -> set[str]:
    return {
        str(entry.details["before"])
        for entry in work.uow.audit_log.of_ticket(ticket.id)
        if entry.event == happened.TicketTransferred.__name__ and entry.actor == DESK
    }


def _reassign(work: Work, ticket: Ticket) -> None:
    person = on_call(work.uow, work.desk, work.team_of(ticket), now=work.now)
    if person is not None and person.key != ticket.assignee:
        actions.assign_ticket(work, ticket, to=person)


def _all_called(steps: Sequence[Step]) -> list[Called]:
    return [each for step in steps for each in (*step.mentions, *step.directs)]


def _notify(people: Sequence[Called]) -> tuple[Notify, ...]:
    """The same people, as pings name them."""
    return tuple(Notify(each.value) for each in dict.fromkeys(people))

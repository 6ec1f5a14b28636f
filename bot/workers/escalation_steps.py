"""One step of a step plan, taken by the clock while nobody has acknowledged the alert: notify people, change the
ticket.

Several steps that fall due together, after the desk was down, are one call: what they change is changed in order, and
everybody they call is called once.
"""

from collections.abc import Callable, Sequence

import structlog

from bot.domain import events as happened
from bot.domain.directory import DESK, ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.escalations.escalation import DueSteps, Escalation, Step, StepRecipient
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Notify, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.escalations.alerts import Alert, AlertBatch
from bot.services.escalations.recipients import Recipients
from bot.services.on_call.roster import on_call
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes

log = structlog.get_logger(__name__)

ESCALATED = sentence("team.why_unacknowledged")


def take_step(
    context: Context,
    ticket: Ticket,
    escalation: Escalation,
    *,
    timer: SlaTimer,
    policy: SlaPolicy,
    alerts: AlertBatch,
) -> None:
    """Take what is due by now on a locked ticket, and gather what is to be told of it."""
    stage = policy.stages[escalation.stage]
    climbed = escalation.climb(stage.step_plan, hours=context.team_of(ticket).calendar, now=context.now)
    context.uow.escalations.save(escalation)
    if not climbed.steps and not climbed.is_awake:
        return
    calling = Recipients(context.uow, context.desk, now=context.now)
    # Whoever snoozed it is reminded through the ticket: it is theirs, or nobody's.
    reminded = (Notify.ASSIGNEE,) if climbed.is_awake else ()
    people = calling.called(ticket, (*reminded, *_notify(_all_called(climbed.steps))))
    if climbed.steps:
        taken = happened.EscalationStepTaken(
            actor=DESK,
            at=context.now,
            measure=timer.measure,
            stage=stage.term,
            number=escalation.climbed,
            called=tuple(person.key for person in people),
        )
        record_changes(context, ticket, [taken])
    for step in climbed.steps:
        _change(context, ticket, step)
    _call(
        context,
        ticket,
        escalation,
        timer,
        climbed,
        calling=calling,
        reminded=reminded,
        alerts=alerts,
    )


def _call(
    context: Context,
    ticket: Ticket,
    escalation: Escalation,
    timer: SlaTimer,
    climbed: DueSteps,
    *,
    calling: Recipients,
    reminded: tuple[Notify, ...],
    alerts: AlertBatch,
) -> None:
    """In the channel of the team that has it by now, in direct messages, and by webhook."""
    channel = context.team_of(ticket).escalation_channel
    mentions = (*reminded, *_notify([each for step in climbed.steps for each in step.mentions]))
    directs = _notify([each for step in climbed.steps for each in step.directs])
    mentioned, told = calling.mentioned(channel, ticket, mentions), calling.called(ticket, directs)
    notified = tuple(dict.fromkeys(person.key for person in (*mentioned, *told)))
    is_unheard = not told and calling.is_unheard(channel, ticket, (*mentions, *directs))

    def alert(*notify: Notify, mentioned: Sequence[Person] = ()) -> Alert:
        return Alert(
            ticket=ticket.id,
            timer=timer.id,
            measure=timer.measure,
            is_breach=escalation.is_breach,
            notify=notify,
            escalation=escalation.id,
            step=escalation.climbed if climbed.steps else 0,
            is_awake=climbed.is_awake,
            mentioned=tuple(person.key for person in mentioned),
            notified=notified,
            is_unheard=is_unheard,
        )

    alerts.add(channel, alert(Notify.ESCALATION_CHANNEL, *mentions, mentioned=mentioned))
    for person in told:
        alerts.add(ChannelRef.direct(person.key), alert())
    for webhook in dict.fromkeys(step.webhook for step in climbed.steps if step.webhook):
        alerts.add(context.desk.webhook(webhook), alert())


def _change(context: Context, ticket: Ticket, step: Step) -> None:
    """What cannot be done is passed over and logged: the rest of the step still is."""
    priority, team = step.priority, step.transfer
    if priority is not None and _is_raised(ticket, priority):
        _try(ticket, lambda: actions.set_priority(context, ticket, priority))
    if team is not None:
        _try(ticket, lambda: _transfer(context, ticket, team))
    if step.reassign:
        _try(ticket, lambda: _reassign(context, ticket))


def _try(ticket: Ticket, change: Callable[[], None]) -> None:
    try:
        change()
    except Refused as refused:
        log.warning("a step of an escalation was not taken whole", ticket=ticket.reference, why=str(refused))


def _is_raised(ticket: Ticket, to: Priority) -> bool:
    order = list(Priority)
    return order.index(to) > order.index(ticket.priority)


def _transfer(context: Context, ticket: Ticket, name: str) -> None:
    """Upwards only: no step plan sends a ticket back to where one has taken it from."""
    team = context.desk.teams.get(name)
    if team is None or team.name == ticket.team or team.name in _escalated_from(context, ticket):
        log.warning("an escalation does not transfer a ticket", ticket=ticket.reference, team=name)
        return
    actions.transfer_ticket(context, ticket, team=team, reason=ESCALATED)


def _escalated_from(context: Context, ticket: Ticket) -> set[str]:
    return {
        str(entry.details["before"])
        for entry in context.uow.audit_log.of_ticket(ticket.id)
        if entry.event == happened.TicketTransferred.stored_as
        and entry.actor == DESK
        and entry.details.get("cause") != happened.NEXT_REGION
    }


def _reassign(context: Context, ticket: Ticket) -> None:
    person = on_call(context.uow, context.desk, context.team_of(ticket), now=context.now)
    if person is not None and person.key != ticket.assignee:
        actions.assign_ticket(context, ticket, to=person)


def _all_called(steps: Sequence[Step]) -> list[StepRecipient]:
    return [each for step in steps for each in (*step.mentions, *step.directs)]


def _notify(people: Sequence[StepRecipient]) -> tuple[Notify, ...]:
    """The same people, as pings name them."""
    return tuple(Notify(each.value) for each in dict.fromkeys(people))

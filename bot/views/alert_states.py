"""What became of alerts by now: those that a message was sent for, and those that its channel knew before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Team
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import SlaTimer, Stage
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Ticket
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert, alerts_in, last_told, told_in
from bot.services.escalations.stages_ahead import stages_ahead
from bot.views.alert_line import AlertState

MOST_BEFORE = 500
"""Escalations of a conversation that one alert looks at."""


def states_of(view: View, alerts: Sequence[Alert], *, channel: ChannelRef) -> list[AlertState]:
    """Those of tickets that still are there, one a timer: of several the last, which says most."""
    tickets = view.uow.tickets.get_many(each.ticket for each in alerts)
    timers = view.uow.sla_timers.of_tickets(tickets)
    escalations = _escalations(view, alerts)
    found: dict[int, AlertState] = {}
    for alert in sorted(alerts, key=lambda each: (each.is_breach, each.step, each.is_awake)):
        timer = next((each for each in timers.get(alert.ticket, ()) if _is_meant(each, alert)), None)
        if timer is not None:
            ticket = tickets[alert.ticket]
            found[timer.id] = _state(view, alert, ticket, timer, escalations.get(timer.id), channel=channel)
    return _with_last_reminders(view, list(found.values()))


def active_before(
    view: View, conversation: Conversation, *, besides: Iterable[AlertState]
) -> tuple[list[AlertState], bool]:
    """What this conversation was told of in earlier messages and is active still, for the teams that it is for.

    Whether there may be more than were looked at is told with them.
    """
    own = {each.timer.id for each in besides}
    told = view.uow.escalations.told_in(told_in(conversation.id), limit=MOST_BEFORE)
    called = _called_before(view, conversation, told)
    others = {each.timer_id: each for each in told if each.timer_id not in own}
    tickets = view.uow.tickets.get_many(each.ticket_id for each in others.values())
    timers = view.uow.sla_timers.of_tickets(tickets)
    states = [
        _state(
            view,
            _as_alert(others[timer.id], timer, called.get(others[timer.id].id)),
            tickets[timer.ticket_id],
            timer,
            others[timer.id],
            channel=conversation.channel,
            is_new=False,
        )
        for every in timers.values()
        for timer in every
        if timer.id in others
    ]
    active = _with_last_reminders(view, [each for each in states if not each.is_over])
    return active, len(told) == MOST_BEFORE


def _called_before(view: View, conversation: Conversation, told: Iterable[Escalation]) -> Mapping[int, Alert]:
    """By their escalations, the last alerts that this conversation was told of: they say who was called."""
    keys = {each.id: key for each in told if (key := last_told(each, conversation=conversation.id))}
    payloads = view.uow.outbox.payloads_of(keys.values())
    found: dict[int, Alert] = {}
    for key in sorted(payloads):
        for alert in sorted(alerts_in(payloads[key]), key=lambda each: (each.step, each.is_awake)):
            if alert.escalation is not None and keys.get(alert.escalation) == key:
                found[alert.escalation] = alert
    return found


def _with_last_reminders(view: View, states: Sequence[AlertState]) -> list[AlertState]:
    """Those whose step plan has run out are the last, unless a later stage of their policy will alert people."""
    ended = [each for each in states if each.escalation is not None and each.escalation.has_run_out]
    copies = {each.ticket.sla_policy_copy for each in ended if each.ticket.sla_policy_copy is not None}
    stored = view.uow.boards.stages(copies) if copies else {}
    policies = {copy: [Stage.from_json(stage) for stage in stages] for copy, stages in stored.items()}
    last = {
        each.timer.id
        for each in ended
        if not stages_ahead(each.timer, policies.get(each.ticket.sla_policy_copy or "", ()))
    }
    return [replace(each, was_last_reminder=True) if each.timer.id in last else each for each in states]


def _state(
    view: View,
    alert: Alert,
    ticket: Ticket,
    timer: SlaTimer,
    escalation: Escalation | None,
    *,
    channel: ChannelRef,
    is_new: bool = True,
) -> AlertState:
    team = view.team(ticket)
    is_for_teams = not channel.is_direct and not view.desk.is_program(channel)
    return AlertState(
        alert=alert,
        ticket=ticket,
        timer=timer,
        escalation=escalation,
        due_at=timer.due_at or timer.breached_at or view.now,
        is_new=is_new,
        is_elsewhere=is_for_teams and team.escalation_channel != channel,
        is_among_team=is_of_one_team(view.desk, team, channel),
    )


def _as_alert(escalation: Escalation, timer: SlaTimer, told: Alert | None) -> Alert:
    """The alert itself, without the step or the end of a snooze that it was told for."""
    return Alert(
        ticket=timer.ticket_id,
        timer=timer.id,
        measure=timer.measure,
        is_breach=escalation.is_breach,
        notify=told.notify if told is not None else (),
        escalation=escalation.id,
        mentioned=told.mentioned if told is not None else (),
        notified=told.notified if told is not None else (),
        is_unheard=told is not None and told.is_unheard,
    )


def _escalations(view: View, alerts: Sequence[Alert]) -> dict[int, Escalation]:
    """By their timers: the one that is under way, which is not the one alerted where a ticket was reopened."""
    alerted = view.uow.escalations.get_many(each.escalation for each in alerts if each.escalation is not None)
    under_way = view.uow.escalations.under_way(each.ticket for each in alerts)
    return {each.timer_id: each for each in (*alerted.values(), *under_way)}


def _is_meant(timer: SlaTimer, alert: Alert) -> bool:
    return timer.id == alert.timer if alert.timer is not None else timer.measure is alert.measure


def is_of_one_team(desk: Desk, team: Team, channel: ChannelRef) -> bool:
    """Whether this is the team's own escalation channel, and no other team's."""
    return [each.name for each in desk.teams.values() if each.escalation_channel == channel] == [team.name]


def one_line_each(states: Sequence[AlertState]) -> list[AlertState]:
    """Of a ticket's targets, and apart of those that are handled alike, one stands for all of them, by name.

    What is news stands for what was alerted before. What is over has a line of its own, which says how that target
    ended.
    """
    groups: dict[tuple[int, bool | None], list[AlertState]] = {}
    for each in states:
        if not each.is_over:
            alike = (each.ticket.id, each.is_acknowledged if each.is_handled else None)
            groups.setdefault(alike, []).append(each)
    lines = {}
    for group in groups.values():
        stands = next((each for each in group if each.is_new), group[0])
        also = dict.fromkeys(each.timer.measure for each in group if each is not stands)
        lines[stands.timer.id] = replace(stands, also=tuple(also))
    return [
        each if each.is_over else lines[each.timer.id]
        for each in states
        if each.is_over or each.timer.id in lines
    ]

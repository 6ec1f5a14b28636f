"""What became of alerts by now: those that a message was sent for, and those that its channel knew before."""

from collections.abc import Iterable, Sequence

from bot.domain.directory import ChannelRef
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Ticket
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert, told_in
from bot.views.alert_line import AlertState

MOST_BEFORE = 500
"""Escalations that one alert looks at besides its own."""


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
    return list(found.values())


def active_before(
    view: View, conversation: Conversation, *, besides: Iterable[AlertState]
) -> list[AlertState]:
    """What this conversation was told of in earlier messages and is active still, for the teams that it is for."""
    own = {each.timer.id for each in besides}
    told = view.uow.escalations.told_in(told_in(conversation.id), limit=MOST_BEFORE)
    others = {each.timer_id: each for each in told if each.timer_id not in own}
    tickets = view.uow.tickets.get_many(each.ticket_id for each in others.values())
    timers = view.uow.sla_timers.of_tickets(tickets)
    states = [
        _state(
            view,
            _as_alert(others[timer.id], timer),
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
    return [each for each in states if not each.is_over]


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
    is_for_teams = not channel.is_direct and not view.desk.is_program(channel)
    return AlertState(
        alert=alert,
        ticket=ticket,
        timer=timer,
        escalation=escalation,
        due_at=timer.due_at or timer.breached_at or view.now,
        is_new=is_new,
        is_elsewhere=is_for_teams and view.team(ticket).escalation_channel != channel,
    )


def _as_alert(escalation: Escalation, timer: SlaTimer) -> Alert:
    return Alert(
        ticket=timer.ticket_id,
        timer=timer.id,
        measure=timer.measure,
        is_breach=escalation.is_breach,
        notify=(),
        escalation=escalation.id,
    )


def _escalations(view: View, alerts: Sequence[Alert]) -> dict[int, Escalation]:
    """By their timers: the one that is under way, which is not the one alerted where a ticket was reopened."""
    alerted = view.uow.escalations.get_many(each.escalation for each in alerts if each.escalation is not None)
    under_way = view.uow.escalations.under_way(each.ticket for each in alerts)
    return {each.timer_id: each for each in (*alerted.values(), *under_way)}


def _is_meant(timer: SlaTimer, alert: Alert) -> bool:
    return timer.id == alert.timer if alert.timer is not None else timer.measure is alert.measure

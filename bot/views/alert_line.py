"""One alert as a line: the promise, whose it is, who sees to it, or what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText, Span
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert, latest_told
from bot.services.escalations.recipients import Recipients
from bot.text.sentences import duration, say

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """An alert as it is now."""

    alert: Alert
    ticket: Ticket
    timer: SlaTimer
    escalation: Escalation | None
    due_at: datetime
    is_told_again: bool = False
    """Whether a later message of the same channel speaks for it."""

    @property
    def is_over(self) -> bool:
        """Whether it is out of date: the promise was kept, moved, or has a later alert by now."""
        if self.timer.stopped_at is not None or self.is_told_again:
            return True
        if self.alert.is_breach:
            return self.timer.breached_at is None
        # A warning is out of date when the clock is paused or the breach has its own alert already.
        return self.timer.running_since is None or self.timer.breached_at is not None

    @property
    def is_passed(self) -> bool:
        """Whether it warned of what has come true since."""
        is_broken = self.timer.stopped_at is None and self.timer.breached_at is not None
        return is_broken and not self.alert.is_breach

    @property
    def is_acknowledged(self) -> bool:
        return self.escalation is not None and self.escalation.acknowledged_at is not None

    @property
    def is_unacknowledged(self) -> bool:
        """Whether there is anything to acknowledge."""
        return self.escalation is not None and self.escalation.is_unacknowledged


def alert_state(view: View, alerts: Sequence[Alert], *, shown_as: str | None = None) -> list[AlertState]:
    """The alerts of tickets that still are there, in this order; `shown_as` is the key they were told under."""
    tickets = view.uow.tickets.get_many(each.ticket for each in alerts)
    timers = view.uow.sla_timers.of_tickets(tickets)
    ids = (each.escalation for each in alerts if each.escalation is not None)
    escalations = view.uow.escalations.get_many(ids)
    found = []
    for alert in alerts:
        timer = next((each for each in timers.get(alert.ticket, ()) if _is_meant(each, alert)), None)
        if timer is not None:
            escalation = escalations.get(alert.escalation) if alert.escalation is not None else None
            found.append(
                AlertState(
                    alert=alert,
                    ticket=tickets[alert.ticket],
                    timer=timer,
                    escalation=escalation,
                    due_at=timer.due_at or timer.breached_at or view.now,
                    is_told_again=_is_told_again(escalation, shown_as),
                )
            )
    return found


def line(view: View, each: AlertState, *, calling: Recipients) -> RichText:
    if each.is_over:
        return _over(view, each)
    return (*_target(view, each), *_seen_to(view, each), *_nobody_called(view, each, calling))


def due_soon(view: View, ticket: Ticket, due_at: datetime, words: Mapping[str, Span]) -> RichText:
    """How long there is left, in the team’s own time where that is less: two days may be half an hour of work."""
    left = due_at - view.now
    staffed = view.team(ticket).calendar.between(view.now, due_at)
    is_less = _MINUTE < staffed < left
    key, shown = ("at_risk_staffed", staffed) if is_less else ("at_risk", left)
    return say(view.desk.language, key, left=duration(shown.total_seconds()), **words)


def seen_to(language: str, escalation: Escalation, *, name_of: Callable[[str], str], reason: str) -> RichText:
    """Who has acknowledged or snoozed it; nothing where nobody has. `name_of` gives a name for a person's key."""
    if escalation.acknowledged_by is not None and escalation.acknowledged_at is not None:
        name, at = name_of(escalation.acknowledged_by), Moment(escalation.acknowledged_at)
        return say(language, "alarm_acknowledged", name=name, at=at)
    if escalation.snoozed_by is not None and escalation.snoozed_until is not None:
        name, until = name_of(escalation.snoozed_by), Moment(escalation.snoozed_until)
        return say(language, "alarm_snoozed", name=name, until=until, reason=reason)
    return ()


def _is_told_again(escalation: Escalation | None, shown_as: str | None) -> bool:
    if escalation is None or shown_as not in escalation.told:
        return False
    return shown_as not in latest_told(escalation)


def _is_meant(timer: SlaTimer, alert: Alert) -> bool:
    return timer.id == alert.timer if alert.timer is not None else timer.measure is alert.measure


def _words(view: View, each: AlertState) -> dict[str, Span]:
    ticket = each.ticket
    return {
        "reference": view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        "subject": "(private)" if ticket.is_private else ticket.subject,
        "measure": each.alert.measure.label,
    }


def _target(view: View, each: AlertState) -> RichText:
    ticket, language = each.ticket, view.desk.language
    assignee = ticket.assignee
    owner: Span = view.person(assignee).name if assignee else say(language, "nobody")[0]
    words = _words(view, each) | {"at": Moment(each.due_at), "owner": owner}
    if each.alert.is_breach:
        # A message stays as it was posted: how long ago that was would be wrong a minute later.
        text = say(language, "breached_now", **words)
    else:
        text = due_soon(view, ticket, each.due_at, words)
    if each.alert.late_by_s >= 60:
        text += say(language, "late_by", late=duration(each.alert.late_by_s))
    return text


def _seen_to(view: View, each: AlertState) -> RichText:
    escalation, language = each.escalation, view.desk.language
    if escalation is None:
        return ()
    reason = reason_told(each.ticket, escalation)
    seen = seen_to(language, escalation, name_of=lambda key: view.person(key).name, reason=reason)
    return seen or (say(language, "alarm_awake", reason=reason) if each.alert.is_awake else ())


def reason_told(ticket: Ticket, escalation: Escalation) -> str:
    """What is said of a private ticket stays with its team."""
    return "(private)" if ticket.is_private else escalation.snooze_reason


def _nobody_called(view: View, each: AlertState, calling: Recipients) -> RichText:
    """A step that was to call people and found none of them there must not look as if it had."""
    if not each.alert.step or not each.alert.notify[1:] or each.is_acknowledged:
        return ()
    if calling.called(each.ticket, each.alert.notify):
        return ()
    return say(view.desk.language, "alarm_nobody")


def _over(view: View, each: AlertState) -> RichText:
    stopped_at, due_at = each.timer.stopped_at, each.timer.breached_at
    words, language = _words(view, each), view.desk.language
    if stopped_at is None:
        if each.is_passed and due_at is not None:
            return say(language, "alarm_now_breached", at=Moment(due_at), **words)
        if each.is_told_again:
            return say(language, "alarm_told_again", **words)
        return say(language, "alarm_calm", **words)
    if due_at is None:
        return say(language, "alarm_kept", at=Moment(stopped_at), **words)
    late = duration((each.timer.spent - each.timer.target).total_seconds())
    return say(language, "alarm_kept_late", at=Moment(stopped_at), late=late, **words)

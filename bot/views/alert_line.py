"""One alert as a line: the promise, whose it is, who sees to it, or what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText, Span
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert
from bot.services.escalations.recipients import Recipients
from bot.text import terms
from bot.text.amounts import length, listed, working_time
from bot.text.sentences import joined, say, words

DOT = " · "
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """An alert as it is now. `is_new`: it is what its message was sent for, not one that was active before.

    `is_elsewhere`: its ticket has gone to a team that is alerted in another channel. `is_among_team`: its channel is
    that of its team alone. `was_last_reminder`: nobody is notified of it any more unless somebody acts. `also` are
    other targets of the ticket that its line stands for.
    """

    alert: Alert
    ticket: Ticket
    timer: SlaTimer
    escalation: Escalation | None
    due_at: datetime
    is_new: bool = True
    is_elsewhere: bool = False
    is_among_team: bool = False
    was_last_reminder: bool = False
    also: tuple[Measure, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nobody here has to see to it now: the target was met or moved, or its clock rests."""
        if self.timer.running_since is None or self.is_elsewhere:
            return True
        if self.escalation is not None and self.escalation.is_over:
            return True
        return self.alert.is_breach and not self.is_breached

    @property
    def is_paused(self) -> bool:
        """Whether its ticket waits for somebody else, and its clock with it."""
        return self.timer.paused_at is not None and not self.is_elsewhere

    @property
    def is_breached(self) -> bool:
        return self.timer.breached_at is not None

    @property
    def is_acknowledged(self) -> bool:
        return self.escalation is not None and self.escalation.acknowledged_at is not None

    @property
    def is_snoozed(self) -> bool:
        return self.escalation is not None and self.escalation.is_snoozed

    @property
    def is_handled(self) -> bool:
        return self.is_acknowledged or self.is_snoozed

    @property
    def still_calls(self) -> bool:
        """Whether those it called have not been relieved, by somebody or by a later stage."""
        is_its_own = self.escalation is not None and self.escalation.id == self.alert.escalation
        return is_its_own and not self.is_handled and not self.is_over


def line(view: View, each: AlertState, *, calling: Recipients) -> RichText:
    if each.is_over:
        return _over(view, each)
    others = [terms.measure(measure, view.language) for measure in each.also]
    also = say(view.language, "team.alert_also", targets=listed(others, view.language)) if others else ()
    seen = _seen_to(view, each)
    return joined(_target(view, each, calling), seen, also, _nobody_called(view, each), by=DOT)


def _staffed_left(view: View, ticket: Ticket, due_at: datetime) -> RichText:
    """How much of what is left the team is there, where that is less: two days may be half an hour of work."""
    staffed = view.team(ticket).calendar.between(view.now, due_at)
    if not _MINUTE < staffed < due_at - view.now:
        return ()
    language, now = view.language, Moment(view.now.replace(second=0, microsecond=0))
    return say(language, "team.staffed_left", left=working_time(staffed, language), at=now)


def due_soon(view: View, ticket: Ticket, due_at: datetime, facts: Mapping[str, Span]) -> RichText:
    """How long there is left, in the team’s own time where that is less: two days may be half an hour of work."""
    left = due_at - view.now
    staffed = view.team(ticket).calendar.between(view.now, due_at)
    is_less = _MINUTE < staffed < left
    language = view.language
    if is_less:
        return say(language, "team.at_risk_staffed", left=working_time(staffed, language), **facts)
    return say(language, "team.at_risk", left=length(left.total_seconds(), language), **facts)


def seen_to(language: str, escalation: Escalation, *, name_of: Callable[[str], str], reason: str) -> RichText:
    """Who has acknowledged or snoozed it; nothing where nobody has. `name_of` gives a name for a person's key."""
    if escalation.acknowledged_by is not None and escalation.acknowledged_at is not None:
        name, at = name_of(escalation.acknowledged_by), Moment(escalation.acknowledged_at)
        return say(language, "team.alert_acknowledged", name=name, at=at)
    if escalation.snoozed_by is not None and escalation.snoozed_until is not None:
        name, until = name_of(escalation.snoozed_by), Moment(escalation.snoozed_until)
        return say(language, "team.alert_snoozed", name=name, until=until, reason=reason)
    return ()


def _facts(view: View, each: AlertState) -> dict[str, Span]:
    ticket = each.ticket
    return {
        "reference": view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        "subject": words(view.language, "team.private") if ticket.is_private else ticket.subject,
        "measure": terms.measure(each.timer.measure, view.language),
    }


def _target(view: View, each: AlertState, calling: Recipients) -> RichText:
    ticket, language = each.ticket, view.language
    assignee = ticket.assignee
    owner = view.person(assignee).name if assignee else words(language, "team.unassigned")
    facts = _facts(view, each) | {"at": Moment(each.due_at), "owner": owner}
    # A message stays as it was posted: how long ago something was due, or in how long, is wrong a minute later.
    key = "team.breached_now" if each.is_breached else "team.at_risk_by"
    left = _staffed_left(view, ticket, each.due_at) if not each.is_breached else ()
    late_s = each.alert.late_by_s
    late = say(language, "team.late_by", late=length(late_s, language)) if late_s >= 60 else ()
    absence = calling.absence_of(ticket)
    away = say(language, "team.owner_away", until=Moment(absence.until)) if absence is not None else ()
    return joined(joined(joined(say(language, key, **facts), away), left, by=DOT), late)


def _seen_to(view: View, each: AlertState) -> RichText:
    escalation, language = each.escalation, view.language
    if escalation is None:
        return ()
    reason = reason_told(each.ticket, escalation, language, tells_private=each.is_among_team)
    seen = seen_to(language, escalation, name_of=lambda key: view.person(key).name, reason=reason)
    if seen or not each.alert.is_awake:
        return seen
    return (
        say(language, "team.alert_awake", reason=reason)
        if reason
        else say(language, "team.alert_awake_plain")
    )


def reason_told(ticket: Ticket, escalation: Escalation, language: str, *, tells_private: bool) -> str:
    """What is said of a private ticket stays with its team; `tells_private`: only the team reads it."""
    is_told = tells_private or not ticket.is_private
    return escalation.snooze_reason if is_told else words(language, "team.private")


def _nobody_called(view: View, each: AlertState) -> RichText:
    """What was to call people and found none of them there must not look as if it had."""
    if not each.alert.is_unheard or each.is_acknowledged:
        return ()
    return say(view.language, "team.alert_nobody")


def _over(view: View, each: AlertState) -> RichText:
    stopped_at, breached_at = each.timer.stopped_at, each.timer.breached_at
    facts, language = _facts(view, each), view.language
    if stopped_at is not None and breached_at is not None:
        late = working_time(each.timer.spent - each.timer.target, language)
        return say(language, "team.alert_kept_late", at=Moment(stopped_at), late=late, **facts)
    if stopped_at is not None:
        return say(language, "team.alert_kept", at=Moment(stopped_at), **facts)
    if each.is_elsewhere:
        return say(language, "team.alert_moved", team=view.team(each.ticket).title, **facts)
    if each.timer.paused_at is not None:
        return say(language, "team.alert_paused", status=terms.status(each.ticket.status, language), **facts)
    return say(language, "team.alert_calm", **facts)

"""A ping in an escalation channel: which promises are about to break or broke, whose they are, what to press.

A ping happens once. It is rendered when it is sent, and says only what is still true by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import TicketNotFound
from bot.domain.sla import Measure, Notify, SlaTimer
from bot.domain.ticket import Ticket
from bot.messages.outbound import Bold, Button, Code, Mention, Moment, Notice, RichText, Span, Tone
from bot.services.duty import on_call, present
from bot.services.sentences import duration, say

if TYPE_CHECKING:
    from bot.services.rendering import View

LISTED = 10
"""Tickets a ping names one by one; the rest are counted."""
WITH_BUTTONS = 5
"""Tickets that have buttons of their own: more would be a wall, and every platform has a limit."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One timer that reached a stage, `late_by_s` seconds late when the desk was not running then."""

    ticket: int
    timer: int | None = None
    """None in rows that were written before there could be several timers of a measure."""
    measure: Measure
    is_breach: bool
    notify: tuple[Notify, ...]
    late_by_s: int

    def to_json(self) -> dict[str, Any]:
        return {
            "ticket": self.ticket,
            "timer": self.timer,
            "measure": str(self.measure),
            "is_breach": self.is_breach,
            "notify": [str(each) for each in self.notify],
            "late_by_s": self.late_by_s,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Alarm":
        return cls(
            ticket=int(body["ticket"]),
            timer=body.get("timer"),
            measure=Measure(body["measure"]),
            is_breach=bool(body["is_breach"]),
            notify=tuple(Notify(each) for each in body["notify"]),
            late_by_s=int(body["late_by_s"]),
        )


def ping(view: "View", payload: Mapping[str, Any], *, channel: ChannelRef) -> Notice | None:
    """The ping, or None when none of its alarms is true any more."""
    alarms = [Alarm.from_json(body) for body in payload["alarms"]]
    standing = [each for each in (_standing(view, alarm) for alarm in alarms) if each is not None]
    if not standing:
        return None
    standing.sort(key=lambda each: (not each.alarm.is_breach, each.due_at))
    shown = standing[:LISTED]
    text: RichText = ()
    for is_breach in (True, False):
        text += _section(
            view, [each for each in shown if each.alarm.is_breach is is_breach], is_breach=is_breach
        )
    if len(standing) > LISTED:
        more = str(len(standing) - LISTED)
        text += say(
            view.desk.language,
            "and_more",
            count=more,
            command=Code(f"/{view.desk.command_names['desk']} queue"),
        )
    mentions = _mentions(view, standing, channel)
    for mention in mentions:
        text += (mention, " ")
    return Notice(
        text=text,
        buttons=tuple(button for each in shown[:WITH_BUTTONS] for button in _buttons(each.ticket)),
        tone=Tone.ALARM if standing[0].alarm.is_breach else Tone.WARNING,
        mentions=mentions,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """An alarm that is still true."""

    alarm: Alarm
    ticket: Ticket
    due_at: datetime


def _standing(view: "View", alarm: Alarm) -> _Standing | None:
    try:
        ticket = view.uow.tickets.get(alarm.ticket)
    except TicketNotFound:
        return None
    timers = view.uow.sla_timers.of_ticket(ticket.id)
    timer = next((each for each in timers if _is_meant(each, alarm)), None)
    if timer is None or not _is_still_true(timer, alarm):
        return None
    return _Standing(alarm=alarm, ticket=ticket, due_at=timer.due_at or timer.breached_at or view.now)


def _is_meant(timer: SlaTimer, alarm: Alarm) -> bool:
    return timer.id == alarm.timer if alarm.timer is not None else timer.measure is alarm.measure


def _is_still_true(timer: SlaTimer, alarm: Alarm) -> bool:
    if timer.stopped_at is not None:
        return False
    if alarm.is_breach:
        return timer.breached_at is not None
    # A warning is out of date when the clock is paused or the breach has its own alarm already.
    return timer.running_since is not None and timer.breached_at is None


def _section(view: "View", standing: Sequence[_Standing], *, is_breach: bool) -> RichText:
    if not standing:
        return ()
    title = say(view.desk.language, "breached_title" if is_breach else "at_risk_title")
    text: RichText = (*(Bold(each) for each in title if isinstance(each, str)), "\n")
    for each in standing:
        text += (*_line(view, each), "\n")
    return text


def _line(view: "View", each: _Standing) -> RichText:
    ticket, now, language = each.ticket, view.now, view.desk.language
    assignee = ticket.assignee
    owner: Span = view.person(assignee).name if assignee else say(language, "nobody")[0]
    words: dict[str, Span] = {
        "reference": view.card_link(ticket, ticket.reference) or Bold(ticket.reference),
        "subject": "(private)" if ticket.is_private else ticket.subject,
        "measure": each.alarm.measure.label,
        "at": Moment(each.due_at),
        "owner": owner,
    }
    if each.alarm.is_breach:
        late_s = (now - each.due_at).total_seconds()
        key = "breached" if late_s >= 60 else "breached_now"
        text = say(language, key, **words, late=duration(late_s))
    else:
        left = each.due_at - now
        staffed = view.team(ticket).calendar.between(now, each.due_at)
        # Two days away may be half an hour of work.
        key = "at_risk_staffed" if _MINUTE < staffed < left else "at_risk"
        shown = staffed if key == "at_risk_staffed" else left
        text = say(language, key, left=duration(shown.total_seconds()), **words)
    if each.alarm.late_by_s >= 60:
        text += say(language, "late_by", late=duration(each.alarm.late_by_s))
    return text


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    """Claim what nobody has; open shows the whole ticket to whoever presses."""
    reference = ticket.reference
    opening = Button(label=f"Open {reference}", verb="ticket show", ticket=reference)
    if ticket.assignee is not None:
        return (opening,)
    return (Button(label=f"Claim {reference}", verb="desk claim", ticket=reference), opening)


def _mentions(view: "View", standing: Sequence[_Standing], channel: ChannelRef) -> tuple[Mention, ...]:
    """The people the stages name, each once, and only those who are on this channel's platform."""
    people: dict[str, Person] = {}
    for each in standing:
        if Notify.ASSIGNEE in each.alarm.notify and each.ticket.assignee:
            person = view.person(each.ticket.assignee)
            people[person.key] = person
        if Notify.LEADS in each.alarm.notify:
            leads = present(view.uow, view.desk, view.team(each.ticket).leads, now=view.now)
            people |= {lead.key: lead for lead in leads}
        if Notify.ON_CALL in each.alarm.notify:
            person_on_call = on_call(view.uow, view.desk, view.team(each.ticket), now=view.now)
            people |= {person_on_call.key: person_on_call} if person_on_call is not None else {}
    return tuple(
        Mention(person.key, person.name) for person in people.values() if person.platform == channel.platform
    )

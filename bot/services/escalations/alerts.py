"""What an alert tells, and the one message for all that falls due together in a channel.

Alerts are gathered while tickets are worked on and told at the end of the transaction. What comes in many batches,
after a weekend without a desk or from a thousand promises due at once, still is one message: as long as nobody has
begun to send it, more is written into it. A channel has one alert at a time: the newest, which shows all that is
active there, while the one before it is deleted (`bot.views.alert`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain import events as happened
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.domain.escalations.escalation import Escalation
from bot.domain.sla.timer import Measure, Notify
from bot.domain.tickets.privacy import TicketMadePrivate
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

KEPT = 200
"""Alerts that one message remembers one by one; further ones it finds by their escalations."""
GATHERED_FOR = timedelta(seconds=3)
"""How long a message waits for more of its kind while there is more to come."""

_SAID = (
    happened.TicketAssigned,
    happened.TicketReleased,
    happened.SubjectChanged,
    TicketMadePrivate,
    happened.TicketMessageEdited,
    happened.ChangeUndone,
)
"""What changes an alert's words about a ticket whether or not its escalation moves: who has it, and its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One timer that reached a stage, `late_by_s` seconds late when the desk was not running then.

    `step` is that of the stage's step plan, 1 the first; 0 for the stage itself. `is_awake`: a snooze is over.
    `mentioned` are the keys of those whom its message mentions, and `notified` of those whom the stage or step
    notified, here and elsewhere: decided once, whoever comes or goes later. `is_unheard`: people were to be notified
    and none of them, nor anybody in their place, was there.
    """

    ticket: int
    timer: int | None = None
    """None in rows that were written before there could be several timers of a measure."""
    measure: Measure
    is_breach: bool
    notify: tuple[Notify, ...]
    late_by_s: int = 0
    escalation: int | None = None
    step: int = 0
    is_awake: bool = False
    mentioned: tuple[str, ...] | None = None
    """None in rows that were written before it was decided here: they mention whom `notify` means by then."""
    notified: tuple[str, ...] = ()
    is_unheard: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "ticket": self.ticket,
            "timer": self.timer,
            "measure": str(self.measure),
            "is_breach": self.is_breach,
            "notify": [str(each) for each in self.notify],
            "late_by_s": self.late_by_s,
            "escalation": self.escalation,
            "step": self.step,
            "is_awake": self.is_awake,
            "mentioned": list(self.mentioned) if self.mentioned is not None else None,
            "notified": list(self.notified),
            "is_unheard": self.is_unheard,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Alert":
        """Rows written before there were step plans say nothing of theirs."""
        return cls(
            ticket=int(body["ticket"]),
            timer=body.get("timer"),
            measure=Measure(body["measure"]),
            is_breach=bool(body["is_breach"]),
            notify=tuple(Notify(each) for each in body["notify"]),
            late_by_s=int(body["late_by_s"]),
            escalation=body.get("escalation"),
            step=int(body.get("step", 0)),
            is_awake=bool(body.get("is_awake", False)),
            mentioned=tuple(body["mentioned"]) if body.get("mentioned") is not None else None,
            notified=tuple(body.get("notified", ())),
            is_unheard=bool(body.get("is_unheard", False)),
        )


class AlertBatch:
    """Those of one transaction, by the channel they are told in."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._by_channel: defaultdict[ChannelRef, list[Alert]] = defaultdict(list)

    def add(self, channel: ChannelRef | None, alert: Alert) -> None:
        """None: a team without an escalation channel."""
        if channel is not None:
            self._by_channel[channel].append(alert)

    def tell(self, *, is_more_to_come: bool = False) -> None:
        """Write them down, urgent: they overtake card refreshes. In one order, so replicas never deadlock.

        The message that a channel had until now is replaced once the new one is shown.
        """
        conversations, desk = self._context.uow.conversations, self._context.desk
        found = [
            (conversations.of_channel(channel).id, desk.is_program(channel), each)
            for channel, each in sorted(self._by_channel.items())
        ]
        for conversation, is_program, gathered in sorted(found, key=lambda each: each[0]):
            alerts = self._by_present_escalations(gathered)
            beginning = _TO_PROGRAM if is_program else told_in(conversation)
            key = self._tell(
                conversation, alerts, beginning=beginning, held_for=GATHERED_FOR if is_more_to_come else None
            )
            told = [each.escalation for each in alerts if each.escalation is not None]
            self._context.uow.escalations.note_told(told, key=key)

    def _by_present_escalations(self, alerts: Sequence[Alert]) -> list[Alert]:
        """A step may have moved its ticket to another team, for which another escalation is under way by now."""
        under_way = self._context.uow.escalations.under_way(each.ticket for each in alerts)
        present = {each.timer_id: each.id for each in under_way}
        return [replace(each, escalation=present.get(each.timer or 0, each.escalation)) for each in alerts]

    def _tell(
        self, conversation: int, alerts: Sequence[Alert], *, beginning: str, held_for: timedelta | None
    ) -> str:
        outbox = self._context.uow.outbox
        row = outbox.unsent(RowKind.ALERT, conversation=conversation)
        if row is not None and "alarms" in row.payload:
            outbox.amend(row, payload=_payload(alerts, before=row.payload), held_for=held_for)
            return row.key
        key = f"{beginning}{self._context.uow.new_id()}"
        outbox.put_once(
            RowKind.ALERT,
            conversation=conversation,
            key=key,
            payload=_payload(alerts),
            now=self._context.now,
            is_urgent=True,
            held_for=held_for,
        )
        return key


def show_alerts(context: Context, escalation: Escalation) -> None:
    """Bring the alert of every channel up to date in which it was told of this escalation."""
    told = (_TOLD.fullmatch(key) for key in escalation.told)
    context.uow.outbox.show_alerts({int(found[1]) for found in told if found is not None})


def show_alerts_of(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """Bring them up to date where these events change what they say of the ticket, however it is handled."""
    if any(isinstance(event, _SAID) for event in events):
        for escalation in context.uow.escalations.of_ticket(ticket.id):
            show_alerts(context, escalation)


def make_room(uow: UnitOfWork, row: OutboxRow) -> None:
    """The alert of this row has just been shown: those before it go, and it names whom they had called."""
    conversation = row.conversation.id
    if uow.outbox.has_alert_before(row.id, conversation=conversation):
        uow.outbox.show_alerts([conversation])


def last_told(escalation: Escalation, *, conversation: int) -> str | None:
    """The key of the newest alert that told this conversation of it."""
    beginning = told_in(conversation)
    return next((key for key in reversed(escalation.told) if key.startswith(beginning)), None)


def alerts_in(payload: Mapping[str, Any]) -> list[Alert]:
    """What the message of an outbox row was sent for."""
    return [Alert.from_json(each) for each in payload["alarms"]]


def told_in(conversation: int) -> str:
    """How the keys of the alerts in a conversation begin."""
    return f"alarm:{conversation}:"


def conversation_of(key: str) -> int:
    """The conversation that the alert of this key is in. Raises Refused for a key of none."""
    found = _TOLD.fullmatch(key)
    if found is None:
        raise Refused("refusals.button_too_old")
    return int(found[1])


def was_told_by(escalation: Escalation, *, conversation: int, last: str) -> bool:
    """Whether this conversation was told of it in the message of this key or before."""
    last_found = _TOLD.fullmatch(last)
    found = [each for each in map(_TOLD.fullmatch, escalation.told) if each and int(each[1]) == conversation]
    return last_found is not None and any(int(each[2]) <= int(last_found[2]) for each in found)


_TOLD = re.compile(r"alarm:(\d+):(\d+)")
_TO_PROGRAM = "program alarm:"
"""A program is told once and shown nothing: its messages are never brought up to date."""


def _payload(alerts: Sequence[Alert], *, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Breaches are remembered before warnings."""
    known = [] if before is None else alerts_in(before)
    listed = sorted([*known, *alerts], key=lambda each: not each.is_breach)
    return {"alarms": [each.to_json() for each in listed[:KEPT]]}

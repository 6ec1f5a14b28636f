"""Who is told of one change of a ticket, and how: decided from what is stored, so that a restart tells nothing again.

Each decision is written down, with what it sends as outbox rows of the same transaction. The ticket is locked, so
no two decisions about it are made at once.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain import events as happened
from bot.domain.bulk_changes.bulk_change import BundledNotice
from bot.domain.directory import ChannelRef, Person
from bot.domain.notices.choice import NoticeChoice, NoticeWay
from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeReach, NoticeRecord
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.context.sight import Sight, sight_of
from bot.services.on_call.roster import Roster, rota_of
from bot.text.instants import known_zone

BURST: Final = timedelta(minutes=2)
"""What the requester writes, or a colleague does, so soon after something that was told is one notice with it."""
MOST_TOLD: Final = 10_000
"""Notices of one ticket that are looked through for those of a message."""
ALERT_NEARBY: Final = timedelta(minutes=1)
"""An SLA alert that notified somebody of the ticket so recently speaks for whatever happens to it."""

_BY_COLLEAGUE: Final = frozenset(each for each in NoticeEvent if each.is_by_colleague)
_SAID_ALREADY: Final = {
    **dict.fromkeys(_BY_COLLEAGUE, _BY_COLLEAGUE),
    NoticeEvent.WROTE: frozenset(
        {NoticeEvent.WROTE, NoticeEvent.REOPENED, NoticeEvent.ROUTED, NoticeEvent.OPENED}
    ),
    NoticeEvent.REOPENED: frozenset({NoticeEvent.REOPENED}),
    NoticeEvent.REPLIED: frozenset({NoticeEvent.REPLIED}),
    NoticeEvent.RATED: frozenset({NoticeEvent.RATED}),
}
"""After which notices, within a burst, an event is no news."""
_PASSED_ON: Final = frozenset(
    {
        NoticeEvent.WROTE,
        NoticeEvent.REOPENED,
        NoticeEvent.ASSIGNED,
        NoticeEvent.ROUTED,
        NoticeEvent.OPENED,
    }
)
"""What somebody else hears of where whom it concerns is not there."""
_PASSED_TO_CHANNEL: Final = frozenset({NoticeEvent.WROTE, NoticeEvent.REOPENED})
"""The same where nobody is on call; that a ticket became somebody's, its card says in that channel."""
_NOT_THERE: Final = frozenset({NoticeHold.QUIET_HOURS, NoticeHold.AWAY, NoticeHold.NO_ACCESS})
_ALERTS: Final = frozenset({happened.SlaStageReached.stored_as, happened.EscalationStepTaken.stored_as})


class TicketNotices:
    """The decisions of one change. `thread` is the team's; `post` puts a personal notice into it."""

    def __init__(
        self,
        context: Context,
        ticket: Ticket,
        *,
        thread: Conversation | None,
        post: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._context = context
        self._ticket = ticket
        self._thread = thread
        self._post = post
        self._decided: dict[str, bool] = {}

    def tell(
        self, key: str, event: NoticeEvent, *, message: int | None = None, is_passed_on: bool = True
    ) -> bool:
        """Tell somebody of the team's side, once for a change; returns whether the team's thread is to mention them.

        `message` is the id of what was said, where its copy in the thread is what mentions them. `is_passed_on`:
        somebody hears in their place where they are not there.
        """
        if key == self._context.actor.key:
            return False
        if key not in self._decided:
            self._decided[key] = self._decide(self._person(key), event, message, is_passed_on=is_passed_on)
        return self._decided[key]

    def note_nudge(self, requester: str) -> None:
        """What their own thread asks them is written down; whoever reads there chose nothing about it."""
        self._record(NoticeEvent.NUDGED, requester, reach=NoticeReach.REQUESTERS_THREAD)

    def tell_colleague(self, key: str, event: NoticeEvent, *, name: str, message: int | None = None) -> None:
        """Tell somebody of the requester's side, directly. `name` is the actor's as that side may read it."""
        if key == self._context.actor.key:
            return
        person = self._person(key)
        if hold := self._hold_for_colleague(person, event):
            self._record(event, key, hold=hold, message=message)
            return
        self._record(event, key, reach=NoticeReach.DIRECT, message=message)
        self._send(ChannelRef.direct(key), event, key, message=message, name=name)

    def _hold_for_colleague(self, person: Person, event: NoticeEvent) -> NoticeHold | None:
        context = self._context
        if sight_of(context.uow, context.desk, self._ticket, person) is Sight.NOTHING:
            return NoticeHold.NO_ACCESS
        return self._repeats(person.key, event)

    def _person(self, key: str) -> Person:
        return self._context.uow.people.find(key) or Person(key=key, name=key.partition(":")[2])

    def _decide(self, person: Person, event: NoticeEvent, message: int | None, *, is_passed_on: bool) -> bool:
        choice = self._context.uow.notice_choices.of(person.key)
        hold = self._hold(person, event, choice)
        if hold is None:
            return self._reach(person, event, choice, message=message)
        self._record(event, person.key, hold=hold, message=message)
        if is_passed_on and hold in _NOT_THERE and event in _PASSED_ON:
            self._pass_on(person, hold, event, message)
        return False

    def _hold(self, person: Person, event: NoticeEvent, choice: NoticeChoice) -> NoticeHold | None:
        """Why the person is not told; None where they are."""
        context = self._context
        if sight_of(context.uow, context.desk, self._ticket, person) is not Sight.TEAMS_SIDE:
            return NoticeHold.NO_ACCESS
        if choice.way is NoticeWay.NOTHING:
            return NoticeHold.CHOICE
        if not person.is_active or self._roster.absence_of(person, at=self._context.now) is not None:
            return NoticeHold.AWAY
        if self._is_quiet(person, choice):
            return NoticeHold.QUIET_HOURS
        return self._repeats(person.key, event)

    def _is_quiet(self, person: Person, choice: NoticeChoice) -> bool:
        """Whoever is on call is not left alone by the clock; a colleague of another team keeps that team's hours."""
        team = self._context.team_of(self._ticket)
        hours = (team if team.has_agent(person) else self._context.desk.teams_of(person)[0]).calendar
        zone: ZoneInfo = known_zone(person.time_zone) or hours.zone
        if not choice.is_quiet(self._context.now, business_hours=hours, zone=zone):
            return False
        return self._on_call is None or self._on_call.key != person.key

    def _repeats(self, recipient: str, event: NoticeEvent) -> NoticeHold | None:
        if recipient in self._alerted:
            return NoticeHold.SLA_ALERT
        now, said = self._context.now, _SAID_ALREADY.get(event, frozenset())
        recent = self._context.uow.notices.of_ticket(self._ticket.id, after=now - BURST) if said else ()
        told = any(
            each.recipient == recipient and each.reach is not None and each.event in said and each.at <= now
            for each in recent
        )
        return NoticeHold.BURST if told else None

    @cached_property
    def _alerted(self) -> frozenset[str]:
        """Whom SLA alerts of the ticket notified just now; no alert goes out while a change is told."""
        if self._ticket.sla_stage == 0:
            return frozenset()
        now = self._context.now
        return frozenset(
            recipient
            for entry in self._context.uow.audit_log.of_ticket(self._ticket.id)
            if entry.event in _ALERTS and now - ALERT_NEARBY < entry.at <= now
            for recipient in entry.details.get("called", ())
        )

    def _reach(
        self, person: Person, event: NoticeEvent, choice: NoticeChoice, *, message: int | None
    ) -> bool:
        """Directly, too, where the thread is on another platform than the person."""
        if self._is_bundled(event, person.key):
            return False
        if choice.way is NoticeWay.THREAD and self._is_beside(person):
            reach = NoticeReach.CARD if event is NoticeEvent.OPENED else NoticeReach.THREAD
            self._record(event, person.key, reach=reach, message=message, is_mentioned=True)
            return True
        self._record(event, person.key, reach=NoticeReach.DIRECT, message=message)
        self._send(ChannelRef.direct(person.key), event, person.key, message=message)
        return False

    def _is_bundled(self, event: NoticeEvent, recipient: str, *, absent: str = "") -> bool:
        """Whether they hear of it with the other tickets that are changed at once, and not now."""
        bundle = self._context.bundle
        if bundle is None:
            return False
        if not bundle.is_silent:
            self._record(event, recipient, reach=NoticeReach.BUNDLE, instead_of=absent)
        bundle.add(BundledNotice(event=event, recipient=recipient, absent=absent))
        return True

    def _pass_on(self, absent: Person, hold: NoticeHold, event: NoticeEvent, message: int | None) -> None:
        """Whoever is on call hears in their place, else the team's channel; not whoever did it."""
        person = self._on_call
        if person is None or not self._may_stand_in(person, absent):
            self._tell_channel(absent, hold, event, message)
        elif person.key != self._context.actor.key and person.key not in self._decided:
            self._decided[person.key] = False
            self._tell_instead(person, absent, hold, event, message)

    def _may_stand_in(self, person: Person, absent: Person) -> bool:
        """Not the requester, nor who chose to hear nothing, nor somebody of the rota who is not of the team."""
        context = self._context
        sees_all = sight_of(context.uow, context.desk, self._ticket, person) is Sight.TEAMS_SIDE
        hears = context.uow.notice_choices.of(person.key).way is not NoticeWay.NOTHING
        return person.key != absent.key and sees_all and hears

    def _tell_instead(
        self, person: Person, absent: Person, hold: NoticeHold, event: NoticeEvent, message: int | None
    ) -> None:
        if repeats := self._repeats(person.key, event):
            self._record(event, person.key, hold=repeats, message=message, instead_of=absent.key)
            return
        if self._is_bundled(event, person.key, absent=absent.key):
            return
        way = self._context.uow.notice_choices.of(person.key).way
        is_here = way is NoticeWay.THREAD and self._is_beside(person)
        if is_here and event is NoticeEvent.OPENED:
            self._record(event, person.key, reach=NoticeReach.CARD, instead_of=absent.key, is_mentioned=True)
        elif is_here:
            self._record(event, person.key, reach=NoticeReach.THREAD, message=message, instead_of=absent.key)
            payload = self._payload(event, person.key, message=message, absent=absent.key, hold=hold)
            self._post(self._key(event, person.key, message), payload)
        else:
            self._record(event, person.key, reach=NoticeReach.DIRECT, message=message, instead_of=absent.key)
            direct = ChannelRef.direct(person.key)
            self._send(direct, event, person.key, message=message, absent=absent.key, hold=hold)

    def _tell_channel(
        self, absent: Person, hold: NoticeHold, event: NoticeEvent, message: int | None
    ) -> None:
        if event not in _PASSED_TO_CHANNEL:
            return
        channel = self._context.team_of(self._ticket).channel
        repeats = self._repeats(str(channel), event)
        reach = None if repeats else NoticeReach.CHANNEL
        self._record(event, str(channel), reach=reach, hold=repeats, message=message, instead_of=absent.key)
        if not repeats:
            self._send(channel, event, str(channel), message=message, absent=absent.key, hold=hold)

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self._context.uow, self._context.desk, now=self._context.now)

    @cached_property
    def _on_call(self) -> Person | None:
        rota = rota_of(self._context.desk, self._context.team_of(self._ticket))
        return self._roster.on_call(rota, at=self._context.now) if rota is not None else None

    def _is_beside(self, person: Person) -> bool:
        """Whether a mention in the team's thread reaches them: in a team's channel are its own people."""
        is_of_team = self._context.team_of(self._ticket).has_agent(person)
        return is_of_team and self._thread is not None and self._thread.channel.platform == person.platform

    def _send(
        self,
        channel: ChannelRef,
        event: NoticeEvent,
        recipient: str,
        *,
        message: int | None,
        absent: str = "",
        hold: NoticeHold | None = None,
        name: str = "",
    ) -> None:
        self._context.uow.outbox.put_once(
            RowKind.NOTICE,
            conversation=self._context.uow.conversations.of_channel(channel).id,
            key=self._key(event, recipient, message),
            payload=self._payload(event, recipient, message=message, absent=absent, hold=hold, name=name),
            subject=self._ticket.id,
            now=self._context.now,
        )

    def show_again(self, message: int) -> None:
        """Bring up to date what people were told of this message, in which its words are repeated."""
        told = self._context.uow.notices.of_ticket(self._ticket.id, limit=MOST_TOLD)
        keys = [self._key(each.event, each.recipient, message) for each in told if each.message == message]
        self._context.uow.outbox.show_again(keys)

    def show_all_again(self) -> None:
        """Bring up to date all that people were told directly: who may not see it any more reads no more of it.

        Of which version of the ticket each tells is not written down.
        """
        told = self._context.uow.notices.of_ticket(self._ticket.id, limit=MOST_TOLD)
        versions = [f"v{each}" for each in range(1, self._ticket.version + 1)]
        self._context.uow.outbox.show_again(
            f"notice:{self._ticket.id}:{cause}:{each.event}:{each.recipient}"
            for each in told
            if each.reach in (NoticeReach.DIRECT, NoticeReach.CHANNEL)
            for cause in ([f"m{each.message}"] if each.message is not None else versions)
        )

    def _key(self, event: NoticeEvent, recipient: str, message: int | None) -> str:
        """Of what was said, a notice is found again when that changes."""
        cause = f"v{self._ticket.version}" if message is None else f"m{message}"
        return f"notice:{self._ticket.id}:{cause}:{event}:{recipient}"

    def _payload(
        self,
        event: NoticeEvent,
        recipient: str,
        *,
        message: int | None,
        absent: str,
        hold: NoticeHold | None,
        name: str = "",
    ) -> dict[str, Any]:
        return {
            "event": str(event),
            "recipient": recipient,
            "name": name or self._context.actor.name,
            "message": message,
            "absent": absent,
            "hold": str(hold or ""),
        }

    def _record(
        self,
        event: NoticeEvent,
        recipient: str,
        *,
        reach: NoticeReach | None = None,
        hold: NoticeHold | None = None,
        message: int | None = None,
        instead_of: str = "",
        is_mentioned: bool = False,
    ) -> None:
        """`is_mentioned`: the copy of the message in the team's thread, or the card, mentions them."""
        thread = self._thread if is_mentioned else None
        self._context.uow.notices.add(
            NoticeRecord(
                ticket=self._ticket.id,
                event=event,
                recipient=recipient,
                at=self._context.now,
                reach=reach,
                hold=hold,
                instead_of=instead_of,
                message=message,
                conversation=thread.id if thread is not None else None,
            )
        )

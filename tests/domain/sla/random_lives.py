"""Tickets' lives, told or at random: the clocks follow as the desk makes them, and a log is kept as it keeps one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from hypothesis import strategies as st

from bot.domain import events as happened
from bot.domain.calendars.calendar import Calendar
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.domain.sla.policy import TargetStart
from bot.domain.sla.ticket_history import HistoryTurn
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.sla.timer_rules import follow, start_timers
from bot.domain.tickets.ticket import Priority, Status, Ticket
from tests.domain.calendars.wall_clock import calendars, instants, unions
from tests.domain.sla.sample_policies import OFFICE, hours
from tests.domain.sla.sample_policies import policy as promised

ANA, BEN = "web:ana", "web:ben"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry of the log, its details as they come back from a database."""

    event: str
    at: datetime
    details: Mapping[str, Any]
    actor: str = ""


@dataclass(kw_only=True)
class Life:
    """A ticket, its clocks and its log; policies are known by the keys of their copies."""

    ticket: Ticket
    now: datetime
    copies: dict[str, SlaPolicy] = field(default_factory=dict)
    timers: list[SlaTimer] = field(default_factory=list)
    log: list[Line] = field(default_factory=list)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    def begun(
        cls,
        by: SlaPolicy | None,
        *,
        at: datetime,
        priority: Priority = Priority.NORMAL,
        to: str | None = None,
    ) -> "Life":
        """Opened and, where `to` names somebody, given to them."""
        ticket = Ticket(
            why_here=sentence("team.why_no_rule"),
            id=7,
            prefix="IT",
            number=7,
            subject="VPN",
            team="it",
            requester=ANA,
            priority=priority,
            origin=ChannelRef("web", "help-it"),
            opened_at=at,
            updated_at=at,
        )
        life = cls(ticket=ticket, now=at)
        opened = happened.TicketOpened(actor=ANA, at=at, why_here=sentence("team.why_no_rule"), team="it")
        given = ticket.assign(to=to, actor="desk", at=at) if to else []
        life._write([opened, *given, *(life._put_on(by) if by else [])])
        if by is not None:
            life._start(by)
        life._write([happened.MessageAdded(actor=ANA, at=at, message=1, kind="request")])
        return life

    @property
    def policy(self) -> SlaPolicy | None:
        return self.copies.get(self.ticket.sla_policy_copy or "")

    def applied(self, turn: HistoryTurn) -> SlaPolicy | None:
        """The policies as they were put on the ticket."""
        return self.copies[turn.applied.copy] if turn.applied else None

    def passes(self, time: timedelta) -> None:
        """Time passes, and the clock ticks."""
        self.now += time
        for timer in self.timers:
            if self.policy is not None:
                timer.fire(self.now, policy=self.policy, staffed=OFFICE)

    def does(self, events: Sequence[happened.Event], *, by: SlaPolicy | None = None) -> None:
        """Write down what happened to the ticket; `by` is the policy that is put on it with that."""
        old = self.policy
        applied = self._put_on(by) if by else []
        ahead = by or old
        if ahead is not None:
            follow(self.timers, self.ticket, policy=old or ahead, successor=by, at=self.now)
            self._start(ahead)
        self._write([*events, *applied])

    def answers(self, *, late_by: timedelta = timedelta()) -> None:
        """An agent's public reply, perhaps one that the desk hears of only now."""
        added = happened.MessageAdded(actor=BEN, at=self.now, message=2, kind="reply")
        self.does([added, *self.ticket.agent_replied(actor=BEN, at=self.now - late_by)])

    def asks(self) -> None:
        self.does(self.ticket.requester_wrote(actor=ANA, at=self.now, is_courtesy=False))

    def _put_on(self, policy: SlaPolicy) -> list[happened.Event]:
        copy = f"copy-{len(self.copies)}"
        self.copies[copy] = policy
        self.ticket.sla_policy, self.ticket.sla_policy_copy = policy.name, copy
        why = sentence("sla.why_default")
        return [happened.PolicyApplied(actor="desk", at=self.now, policy=policy.name, copy=copy, why=why)]

    def _start(self, policy: SlaPolicy) -> None:
        self.timers += start_timers(
            self.ticket, policy=policy, at=self.now, new_id=self._ids.__next__, besides=self.timers
        )

    def _write(self, events: Sequence[happened.Event]) -> None:
        for event in events:
            details = {name: value for name, value in asdict(event).items() if name not in ("actor", "at")}
            stored = json.loads(json.dumps(details, default=str))
            self.log.append(Line(event=event.stored_as, at=event.at, details=stored, actor=event.actor))


VERBS = (
    *(
        "claim",
        "wait",
        "hold",
        "hold, saying why",
        "asks",
        "answers",
        "answers late",
        "priority",
        "resolve",
        "close",
        "reopen",
    ),
    *("transfer", "transfer, same hours", "apply", "release", "nothing"),
)


def live_on(life: Life, verb: str, policy: SlaPolicy | None, *, priority: Priority) -> None:
    """One thing happens; what cannot be done to a ticket like this is not done."""
    ticket, at = life.ticket, life.now
    try:
        match verb:
            case "asks":
                life.asks()
            case "answers" | "answers late":
                life.answers(late_by=timedelta(hours=5) if verb == "answers late" else timedelta())
            case "hold, saying why":
                life.does(ticket.hold(actor=BEN, at=at, reason="the vendor"))
            case "priority":
                life.does(ticket.set_priority(priority, actor=BEN, at=at))
            case "transfer" | "transfer, same hours":
                to = "network" if ticket.team == "it" else "it"
                events = ticket.transfer(team=to, by="Bo", actor=BEN, at=at)
                life.does(events, by=policy if verb == "transfer" else life.policy)
            case "apply":
                life.does([], by=policy)
            case "nothing":
                life.log.append(Line(event="MessageEdited", at=at, details={"message": 1, "revision": 2}))
            case _:
                life.does(getattr(ticket, verb)(actor=BEN, at=at))
    except Refused:
        return


def random_policy(random: Random, calendars: Sequence[Calendar]) -> SlaPolicy:
    """Targets for most priorities, measures and pauses at random; some measures in time as it passes."""
    live = [status for status in Status if status.is_live]

    def targets() -> dict[Priority, timedelta]:
        return {each: hours(random.uniform(0.25, 40)) for each in Priority if random.random() < 0.8}

    return replace(
        promised(random.choice(calendars)),
        name=random.choice(["standard", "gold"]),
        targets={measure: targets() for measure in Measure},
        elapsed=frozenset(measure for measure in Measure if random.random() < 0.2),
        raised=random.choice(list(TargetStart)),
        pauses={measure: frozenset(random.sample(live, random.randint(0, 2))) for measure in Measure},
    )


def random_life(random: Random, calendars: Sequence[Calendar], *, at: datetime, deeds: int) -> Life:
    """A ticket opened then, and whatever may happen to it, some of it in one instant."""
    first = random_policy(random, calendars) if random.random() < 0.9 else None
    life = Life.begun(first, at=at, priority=random.choice(list(Priority)), to=random.choice([None, BEN]))
    for _ in range(deeds):
        life.passes(_some_time(random))
        verb = random.choice(VERBS)
        is_new = life.policy is None or verb in ("transfer", "apply")
        other = random_policy(random, calendars) if is_new else None
        if life.policy is not None or verb in ("transfer", "apply"):
            live_on(life, verb, other or life.policy, priority=random.choice(list(Priority)))
    life.passes(_some_time(random))
    return life


def _some_time(random: Random) -> timedelta:
    most_s = random.choice([0, 1, 3_600, 20_000, 400_000])
    return timedelta(seconds=random.uniform(0, most_s))


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Random lives on random calendars."""
    some = st.one_of(calendars(), unions(), st.just(Calendar.around_the_clock()), st.just(OFFICE))
    pool = draw(st.lists(some, min_size=1, max_size=3))
    return random_life(Random(draw(st.integers())), pool, at=draw(instants()), deeds=draw(st.integers(3, 25)))

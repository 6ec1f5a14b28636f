"""Every clock of a desk can be explained, whatever happened to its tickets: the account adds up to what is stored.

The requests are made up, or those of a file of one's own: `DESKBELL_TEST_IMPORT` names a .csv with a column `text`.
"""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.caches.policy_snapshots import PolicyCopies
from bot.config import load_desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.events import MessageAdded
from bot.domain.sla.ledger import MOST_LINES, counted, lines_of, stretches_of
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Priority, Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.policy_changes.reapply import reapply
from bot.services.sla.explanation import TimerExplanation, explain
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.workers.sla_clock import SlaClock
from tests.processes.test_import_requests import OWN_FILE
from tests.stories.desk_files import DESK

ANA, BO, CLEO, LEE = (
    Person(key=f"web:{name.lower()}", name=name, time_zone="Europe/Berlin")
    for name in ("Ana", "Bo", "Cleo", "Lee")
)
FIRST_DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

HOURS = """
calendars:
  new-york: {zone: America/New_York, week: {mon-fri: "9:00-12:00, 13:00-17:30"}}
  lord-howe: {zone: Australia/Lord_Howe, week: {mon-sat: "8:00-16:15", sun: "22:00-4:00"}}
"""
POLICIES = """
sla_policies:
  gold:
    first_response: {urgent: 5m, high: 10m, normal: 20m}
    next_response: {urgent: 30m, high: 1h, normal: 2h, low: 4h}
    resolution: {urgent: 1h, high: 2h, normal: 3h, low: 4h}
    escalation: tell the team
  standard:
    next_response: {urgent: 1h, high: 2h, normal: 4h}
    periodic_update: {urgent: 2h, high: 8h}
    elapsed: [next_response]
"""


@dataclass(slots=True, kw_only=True)
class Moving:
    """A clock that goes when it is told to."""

    at: datetime = FIRST_DAY

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True, kw_only=True)
class Busy:
    """A desk at which things happen in a random order, each in a transaction of its own."""

    storage: Storage
    contexts: ContextFactory
    clock: Moving
    random: Random
    tickets: list[int] = field(default_factory=list)

    async def lives(self, texts: Sequence[str], *, deeds: int) -> None:
        """Requests come in one after the other, and between them as many deeds, on any of the newest tickets."""
        ticking = SlaClock(storage=self.storage, contexts=self.contexts)
        for number, text in enumerate(texts):
            await self.storage.run(partial(self._opens, text=text))
            for _ in range(deeds):
                self.clock.at += timedelta(seconds=self.random.choice((0, 0, 90, 1_000, 9_000.5, 60_000)))
                with suppress(Refused):
                    await self.storage.run(self._does)
            if number % 5 == 0:
                await ticking.tick()

    async def explained(self) -> list[tuple[Ticket, Sequence[TimerExplanation]]]:
        copies = PolicyCopies()

        def read(uow: UnitOfWork) -> list[tuple[Ticket, Sequence[TimerExplanation]]]:
            tickets = [uow.tickets.get(each) for each in self.tickets]
            return [(each, explain(uow, each, now=self.clock.at, copies=copies)) for each in tickets]

        return await self.storage.read(read)

    def _opens(self, uow: UnitOfWork, *, text: str) -> None:
        for person in (ANA, BO, CLEO, LEE):
            uow.people.remember(person)
        request = NewRequest(
            requester=ANA, text=text, channel=ChannelRef("web", "help-it"), said_at=self.clock.at
        )
        self.tickets.append(open_ticket(self.contexts.context(uow, ANA), request).id)

    def _does(self, uow: UnitOfWork) -> None:
        ticket = uow.tickets.lock(self.random.choice(self.tickets[-12:]))
        does, who = self.random.choice(DEEDS)
        does(self.contexts.context(uow, who), ticket, self.random)


def moved(context: Context, ticket: Ticket, random: Random) -> None:
    others = [team for name, team in context.desk.teams.items() if name != ticket.team]
    actions.transfer_ticket(context, ticket, team=random.choice(others))


def answer_found_late(context: Context, ticket: Ticket) -> None:
    """Said half an hour ago, when the desk was not there to hear it."""
    said_at = max(context.now - timedelta(minutes=30), ticket.opened_at)
    said = actions.reply_as_agent(context, ticket, text="We saw it", counts_as_reply=False)
    added = MessageAdded(actor=context.actor.key, at=context.now, message=said.id, kind="reply")
    record_changes(context, ticket, [added, *ticket.agent_replied(actor=context.actor.key, at=said_at)])


Deed = Callable[[Context, Ticket, Random], object]

DEEDS: tuple[tuple[Deed, Person], ...] = (
    (lambda context, ticket, _: actions.claim_ticket(context, ticket), BO),
    (lambda context, ticket, _: actions.release_ticket(context, ticket), BO),
    (lambda context, ticket, _: actions.reply_as_agent(context, ticket, text="We are looking"), BO),
    (lambda context, ticket, _: actions.reply_as_agent(context, ticket, text="It is mended"), CLEO),
    (lambda context, ticket, _: answer_found_late(context, ticket), BO),
    (lambda context, ticket, _: actions.add_note(context, ticket, text="Seen before"), BO),
    (lambda context, ticket, _: actions.write_as_requester(context, ticket, text="Any news?"), ANA),
    (lambda context, ticket, _: actions.write_as_requester(context, ticket, text="It is the red one"), ANA),
    (lambda context, ticket, _: actions.wait_for_requester(context, ticket, question="Which one?"), BO),
    (lambda context, ticket, _: actions.wait_for_requester(context, ticket), BO),
    (lambda context, ticket, _: actions.hold_ticket(context, ticket, reason="the vendor"), BO),
    (lambda context, ticket, _: actions.hold_ticket(context, ticket), BO),
    (
        lambda context, ticket, random: actions.set_priority(context, ticket, random.choice(list(Priority))),
        BO,
    ),
    (moved, BO),
    (
        lambda context, ticket, random: reapply(context, ticket, policy=random.choice(("gold", "standard"))),
        LEE,
    ),
    (lambda context, ticket, _: actions.resolve_ticket(context, ticket, resolution="Done"), BO),
    (lambda context, ticket, _: actions.close_ticket(context, ticket), BO),
    (lambda context, ticket, _: actions.reopen_ticket(context, ticket), ANA),
)


@pytest.fixture
def contexts(tmp_path: Path) -> ContextFactory:
    """Three teams in as many zones, two policies, and steps that raise the priority of what nobody sees to."""
    text = DESK.read_text(encoding="utf-8")
    text = text.replace("\ncalendars:\n", HOURS).replace("\nsla_policies:\n  standard:\n", POLICIES)
    text = text.replace("    calendar: 24x7\n", "    calendar: lord-howe\n", 1)
    text = text.replace("    calendar: 24x7\n", "    calendar: new-york\n", 1)
    told = "      notify: [escalation_channel, assignee, leads]\n"
    text = text.replace(told, f"{told}      steps: [{{after: 1h, priority: urgent}}]\n")
    path = tmp_path / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    desk = load_desk(path, KNOWN_PLATFORMS)
    return ContextFactory(desk=lambda: desk, clock=Moving())


@pytest.fixture
def texts() -> list[str]:
    own = os.environ.get(OWN_FILE)
    if own:
        with Path(own).open(newline="", encoding="utf-8-sig") as file:
            return [row["text"] for row in csv.DictReader(file) if row["text"]]
    things = ["laptop", "vpn", "badge", "payslip", "monitor", "password", "wifi"]
    return [f"please look at my {things[number % 7]}, number {number}" for number in range(40)]


@pytest.mark.seeds(1)
async def test_the_accounts_of_all_clocks_add_up_to_what_is_stored(
    storage: Storage, contexts: ContextFactory, texts: list[str], seed: int
) -> None:
    clock = contexts.clock
    assert isinstance(clock, Moving)
    busy = Busy(storage=storage, contexts=contexts, clock=clock, random=Random(seed))
    await busy.lives(texts, deeds=12)

    clocks = [(ticket, each) for ticket, told in await busy.explained() for each in told]

    assert len(clocks) > len(texts)
    assert [problem for ticket, each in clocks for problem in problems(ticket, each, clock.at)] == []


def problems(ticket: Ticket, clock: TimerExplanation, now: datetime) -> Iterator[str]:
    """What a reader could object to."""
    name = f"{ticket.reference} {clock.timer.measure}"
    if clock.replayed is None:
        yield f"{name}: not explained"
        return
    stretches, lines = stretches_of(clock.replayed), lines_of(clock.replayed)
    if not counted(stretches) == counted(lines) == clock.elapsed:
        yield f"{name}: {counted(lines)} is not {clock.elapsed}"
    if any(earlier.until != later.since for earlier, later in pairwise(stretches)):
        yield f"{name}: there are gaps"
    if stretches and (stretches[0].since, stretches[-1].until) != whole_life(ticket, clock.timer, now):
        yield f"{name}: it does not cover all the time"
    if len(lines) > MOST_LINES:
        yield f"{name}: {len(lines)} lines"


def whole_life(ticket: Ticket, timer: SlaTimer, now: datetime) -> tuple[datetime, datetime]:
    return timer.cycle_at or ticket.opened_at, timer.stopped_at or now

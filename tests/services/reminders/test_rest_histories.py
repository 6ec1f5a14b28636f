"""Whatever happens, and however clocks jump: each reminder is told once, and each snoozed ticket comes back once."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.reminders.reminders import (
    REMINDER,
    end_reminder,
    move_reminder,
    reminders_of,
    set_reminder,
)
from bot.services.tickets import actions
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.services.tickets.snoozes import snooze_ticket, unsnooze_ticket
from bot.workers.tickets.mornings import MorningsWorker
from bot.workers.tickets.reminders import RemindersWorker
from bot.workers.tickets.snoozes import SnoozesWorker
from storage import open_storage
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.services.moved_clock import MovedClock

MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HELP = ChannelRef("web", "help-it")
ANA, BO, CLEO = (Person(key=f"web:{name.lower()}", name=name) for name in ("Ana", "Bo", "Cleo"))
NOTHING, HOUR = timedelta(), timedelta(hours=1)
DEEDS = (
    *("remind", "remind cleo", "move", "end", "snooze", "snooze", "unsnooze", "asks", "claim", "release"),
    *("resolve", "reopen", "transfer", "away", "back", "tick", "tick", "tick", "clock goes back"),
)
Story = list[tuple[str, timedelta, int]]
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.timedeltas(NOTHING, timedelta(hours=5)), st.integers(0, 6)),
    max_size=25,
)


class Life:
    """One ticket, and three replicas that look at what is due."""

    def __init__(self, storage: Storage, desk: Desk) -> None:
        self.storage = storage
        self.clock = MovedClock(MONDAY_9)
        self.contexts = ContextFactory(desk=lambda: desk, clock=self.clock)
        workers = (RemindersWorker, SnoozesWorker, MorningsWorker)
        self._workers = [made(storage=storage, contexts=self.contexts) for _ in range(3) for made in workers]

    async def opens(self) -> None:
        def opened(uow: UnitOfWork) -> int:
            for person in (ANA, BO, CLEO):
                uow.people.remember(person)
            request = NewRequest(requester=ANA, text="Dead", channel=HELP, said_at=self.clock.at)
            return open_ticket(self.contexts.context(uow, ANA), request).id

        self.ticket = await self.storage.run(opened)

    async def ticks(self) -> None:
        await asyncio.gather(*(each.tick() for each in self._workers))

    async def lives(self, deed: str, choice: int) -> None:
        match deed:
            case "tick":
                await self.ticks()
            case "clock goes back":
                self.clock.at -= 3 * HOUR
                await self.ticks()
                self.clock.at += 3 * HOUR
            case _:
                await self.does(deed, choice)

    async def does(self, deed: str, choice: int) -> None:
        def done(uow: UnitOfWork) -> None:
            context = self.contexts.context(uow, ANA if deed == "asks" else BO)
            act(context, uow.tickets.lock(self.ticket), deed, choice)

        try:
            await self.storage.run(done)
        except Refused:
            return


def act(context: Context, ticket: Ticket, deed: str, choice: int) -> None:
    if deed in SIMPLE:
        SIMPLE[deed](context, ticket)
        return
    later = context.now + choice * HOUR + timedelta(minutes=7)
    own = reminders_of(context)
    match deed:
        case "remind" | "remind cleo":
            person = BO if deed == "remind" else CLEO
            set_reminder(context, ticket, person=person, due_at=later, words="call the vendor")
        case "move" if own:
            move_reminder(context, ticket, own[choice % len(own)], due_at=later)
        case "end" if own:
            end_reminder(context, ticket, own[choice % len(own)])
        case "snooze":
            snooze_ticket(context, ticket, until=later)
        case "asks":
            actions.write_as_requester(context, ticket, text="And?")
        case "transfer":
            to = "network" if ticket.team == "it" else "it"
            actions.transfer_ticket(context, ticket, team=context.desk.teams[to])
        case "away":
            context.uow.absences.put(Absence(person=BO.key, since=context.now, until=later))
        case "back":
            list(map(context.uow.absences.end, context.uow.absences.since(context.now)))
        case _:
            pass


SIMPLE: Mapping[str, Callable[[Context, Ticket], None]] = {
    "unsnooze": unsnooze_ticket,
    "claim": actions.claim_ticket,
    "release": actions.release_ticket,
    "resolve": partial(actions.resolve_ticket, resolution="Done"),
    "reopen": actions.reopen_ticket,
}


def reminders_on_their_way(context: Context) -> list[str]:
    """Their keys; afterwards nothing is on its way. A reminder that is dropped is told as a notice of its own."""
    rows: list[str] = []
    while found := context.uow.outbox.claim(limit=500, lease=HOUR):
        rows += [each.key for each in found if each.kind is RowKind.NOTICE and REMINDER in each.payload]
        for each in found:
            context.uow.outbox.settle(each, parts=(f"p{each.id}",))
    return rows


def everything_came_back_once(context: Context, ticket: Ticket) -> None:
    """No time that was told or ended is told again; nothing is waiting any more, and nothing rests."""
    log = context.uow.audit_log.of_ticket(ticket.id)
    events = [entry.event for entry in log]
    told = events.count("ReminderTold")
    assert told + events.count("ReminderEnded") <= events.count("ReminderSet")
    for person in (BO, CLEO):
        assert context.uow.reminders.waiting_of(person.key) == []
    assert ticket.snoozed_until is None
    assert events.count("SnoozeEnded") <= events.count("TicketSnoozed")
    rests = False
    for event in events:
        assert event != "SnoozeEnded" or rests, "it was not snoozed"
        rests = event == "TicketSnoozed" or (rests and event != "SnoozeEnded")
    rows = reminders_on_their_way(context)
    assert len(set(rows)) == len(rows) == told


async def live(url: str, story: Story) -> None:
    storage = open_storage(url)
    try:
        life = Life(storage, everyday_desk())
        # A life that failed leaves notices behind.
        await storage.run(lambda uow: reminders_on_their_way(life.contexts.context(uow)))
        await life.opens()
        for deed, passed, choice in story:
            life.clock.at += passed
            await life.lives(deed, choice)
        for _ in range(30):
            life.clock.at += HOUR
            await life.ticks()
        await storage.run(
            lambda uow: everything_came_back_once(life.contexts.context(uow), uow.tickets.get(life.ticket))
        )
    finally:
        await storage.close()


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STORIES)
def test_whatever_happens_nothing_is_forgotten_and_nothing_told_twice(
    sqlite_url: str, tmp_path: Path, story: Story
) -> None:
    asyncio.run(live(sqlite_url, story))

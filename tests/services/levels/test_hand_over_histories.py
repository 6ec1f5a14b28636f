"""Whatever happens, however often the desk stops and however clocks jump: a day moves each ticket once."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused, StorageUnavailable
from bot.domain.events import NEXT_REGION
from bot.domain.levels.hand_over import hour_of
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.tickets import actions
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.services.tickets.snoozes import snooze_ticket
from bot.workers.tickets.hand_overs import HandOversWorker
from storage import open_storage
from tests.services.levels.sun_desk import sun_desk
from tests.services.moved_clock import MovedClock

T = TypeVar("T")
MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HELP = ChannelRef("web", "help-it")
ANA, BO = (Person(key=f"web:{name.lower()}", name=name) for name in ("Ana", "Bo"))
NOTHING, HOUR = timedelta(), timedelta(hours=1)
LEASE = timedelta(minutes=5)
DEEDS = (
    *("tick", "tick", "tick", "stops", "stops", "clock goes back", "days go by"),
    *("opens", "asks", "claim", "resolve", "reopen", "snooze", "wait", "transfer"),
)
Story = list[tuple[str, timedelta, int]]
STORIES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.timedeltas(NOTHING, timedelta(hours=9)), st.integers(0, 6)),
    max_size=25,
)


class StopsAfter:
    """The database of a desk that is stopped after so many transactions."""

    def __init__(self, storage: Storage, many: int) -> None:
        self._storage, self._left = storage, many

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        if not self._left:
            raise StorageUnavailable
        self._left -= 1
        return await self._storage.run(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._storage.read(work)

    def on_commit(self, wake: Callable[[], None]) -> None:
        self._storage.on_commit(wake)

    async def close(self) -> None:
        pass


class Life:
    """Some tickets, and three replicas that look at what is due."""

    def __init__(self, storage: Storage, desk: Desk) -> None:
        self.storage, self.desk = storage, desk
        self.clock = MovedClock(MONDAY_9)
        self.contexts = ContextFactory(desk=lambda: desk, clock=self.clock)
        self.tickets: list[int] = []

    def worker(self, storage: Storage | None = None) -> HandOversWorker:
        return HandOversWorker(storage=storage or self.storage, contexts=self.contexts)

    async def opens(self) -> None:
        def opened(uow: UnitOfWork) -> int:
            for person in (ANA, BO):
                uow.people.remember(person)
            request = NewRequest(requester=ANA, text="Dead", channel=HELP, said_at=self.clock.at)
            return open_ticket(self.contexts.context(uow, ANA), request).id

        self.tickets.append(await self.storage.run(opened))

    async def ticks(self) -> None:
        await asyncio.gather(*(self.worker().tick() for _ in range(3)))

    async def lives(self, deed: str, choice: int) -> None:
        match deed:
            case "tick":
                await self.ticks()
            case "stops":
                try:
                    await self.worker(StopsAfter(self.storage, choice)).tick()
                except StorageUnavailable:
                    return
            case "clock goes back":
                self.clock.at -= 11 * HOUR
                await self.ticks()
                self.clock.at += 11 * HOUR
            case "days go by":
                self.clock.at += choice * timedelta(days=1)
            case "opens":
                await self.opens()
            case _:
                await self.does(deed, choice)

    async def does(self, deed: str, choice: int) -> None:
        def done(uow: UnitOfWork) -> None:
            ticket = uow.tickets.lock(self.tickets[choice % len(self.tickets)])
            context = self.contexts.context(uow, ANA if deed == "asks" else BO)
            act(context, ticket, deed, choice)

        try:
            await self.storage.run(done)
        except Refused:
            return


def act(context: Context, ticket: Ticket, deed: str, choice: int) -> None:
    if deed in SIMPLE:
        SIMPLE[deed](context, ticket)
    elif deed == "snooze":
        snooze_ticket(context, ticket, until=context.now + (choice + 1) * HOUR)
    else:
        to = ("it", "network", "people")[choice % 3]
        actions.transfer_ticket(context, ticket, team=context.desk.teams[to])


SIMPLE: Mapping[str, Callable[[Context, Ticket], None]] = {
    "asks": lambda context, ticket: void(actions.write_as_requester(context, ticket, text="And?")),
    "claim": actions.claim_ticket,
    "resolve": partial(actions.resolve_ticket, resolution="Done"),
    "reopen": actions.reopen_ticket,
    "wait": partial(actions.wait_for_requester, question="Which one?"),
}


def void(_: object) -> None:
    pass


def each_moved_once_a_day(life: Life, uow: UnitOfWork) -> None:
    """What the log says and what the rows say is the same, and each day's message was queued once."""
    moved: Counter[tuple[int, str, str]] = Counter()
    for ticket in life.tickets:
        for entry in uow.audit_log.of_ticket(ticket):
            if entry.event == "TicketTransferred" and entry.details["cause"] == NEXT_REGION:
                day = entry.at.astimezone(life.desk.teams[entry.details["before"]].calendar.zone).date()
                moved[ticket, entry.details["before"], day.isoformat()] += 1
    assert set(moved.values()) <= {1}, moved
    assert uow.hand_overs.unfinished() == []
    rows: list[str] = []
    while found := uow.outbox.claim(limit=500, lease=LEASE):
        rows += [each.key for each in found if "hand_over" in each.payload]
        for each in found:
            uow.outbox.settle(each, parts=(f"p{each.id}",))
    assert len(set(rows)) == len(rows)
    told = [uow.hand_overs.moved(int(each.rpartition(":")[2])) for each in rows]
    ours = [each.ticket for hand_over in told for each in hand_over if each.ticket in life.tickets]
    assert sum(moved.values()) == len(ours)


async def live(url: str, desk: Desk, story: Story) -> None:
    storage = open_storage(url)
    try:
        life = Life(storage, desk)
        await life.opens()
        for deed, passed, choice in story:
            life.clock.at += passed
            await life.lives(deed, choice)
        await life.ticks()
        await the_next_hour_takes_all_that_is_live(life)
        await storage.run(lambda uow: each_moved_once_a_day(life, uow))
    finally:
        await storage.close()


async def the_next_hour_takes_all_that_is_live(life: Life) -> None:
    """However the desk came there: at an hour that has not come yet, nothing that may go stays."""
    team = life.desk.teams["it"]
    assert team.hands_over is not None
    day = life.clock.at.astimezone(team.calendar.zone).date()
    last = (await life.storage.read(lambda uow: uow.hand_overs.last_days())).get("it", day)
    hours = (hour_of(team.calendar, team.hands_over, max(day, last) + timedelta(days=n)) for n in range(1, 9))
    life.clock.at = next(each for each in hours if each is not None) - timedelta(minutes=1)
    await life.ticks()
    before = await life.storage.read(lambda uow: uow.tickets.get_many(life.tickets))
    life.clock.at += timedelta(minutes=2)
    await life.ticks()
    after = await life.storage.read(lambda uow: uow.tickets.get_many(life.tickets))
    for key, ticket in before.items():
        is_live = ticket.status in (Status.NEW, Status.OPEN) and not ticket.is_snoozed(life.clock.at)
        assert (after[key].team == "it") == (ticket.team == "it" and not is_live)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STORIES)
def test_whatever_happens_a_day_moves_each_ticket_once_and_tells_of_it_once(
    sqlite_template: Path, tmp_path: Path, story: Story
) -> None:
    desk = load_desk(sun_desk(tmp_path), KNOWN_PLATFORMS)
    database = shutil.copy(sqlite_template, tmp_path / f"{uuid4().hex}.db")
    asyncio.run(live(f"sqlite:///{database}", desk, story))

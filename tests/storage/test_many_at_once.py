"""Many workers at once: numbers without gaps, one winner, one delivery each, in order; nobody waits for ever."""

import asyncio
import multiprocessing
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import pytest

from bot.domain.directory import Person
from bot.domain.errors import AlreadyTaken
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.inbound_events import Arrival
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage import open_storage
from storage.unit_of_work import SqlUnitOfWork
from tests.said import because
from tests.storage.sample_rows import LEASE, NOW, a_conversation, a_numbered_ticket, take_in

WRITERS = 8


@asynccontextmanager
async def replicas(url: str, many: int = 2) -> Any:
    async with AsyncExitStack() as stack:
        opened = [open_storage(url) for _ in range(many)]
        for storage in opened:
            stack.push_async_callback(storage.close)
        yield opened


async def test_numbers_have_no_gaps_under_eight_writers_some_of_whom_fail(database_url: str) -> None:
    def work(uow: UnitOfWork, attempt: int) -> None:
        take_in(uow, f"m{attempt}")
        if attempt % 5 == 0:
            raise ZeroDivisionError

    async def writer(storage: Storage, first: int) -> None:
        for attempt in range(first, 200, WRITERS):
            try:
                await storage.run(lambda uow, attempt=attempt: work(uow, attempt))  # type: ignore[misc]
            except ZeroDivisionError:
                continue

    async with replicas(database_url) as opened:
        await asyncio.gather(*(writer(opened[first % 2], first) for first in range(WRITERS)))
        numbers = await opened[0].read(
            lambda uow: [uow.tickets.find("IT", number) is not None for number in range(1, 162)]
        )

    assert numbers == [True] * 160 + [False]


async def test_two_agents_claim_and_one_is_told_who_won(database_url: str) -> None:
    def claim(uow: UnitOfWork, ticket_id: int, agent: str) -> str:
        ticket = uow.tickets.lock(ticket_id)
        ticket.claim(actor=agent, at=NOW)
        uow.tickets.save(ticket)
        return agent

    async with replicas(database_url) as (first, second):
        for _ in range(50):
            ticket: Ticket = await first.run(a_numbered_ticket)
            outcomes = await asyncio.gather(
                first.run(lambda uow: claim(uow, ticket.id, "web:bo")),  # noqa: B023
                second.run(lambda uow: claim(uow, ticket.id, "web:cy")),  # noqa: B023
                return_exceptions=True,
            )
            refusals = [outcome for outcome in outcomes if isinstance(outcome, AlreadyTaken)]
            winners = [outcome for outcome in outcomes if isinstance(outcome, str)]
            assert (len(winners), len(refusals)) == (1, 1)
            assert refusals[0].holder == winners[0]  # type: ignore[attr-defined]


async def test_one_event_arriving_twice_at_once_is_first_once(database_url: str) -> None:
    async with replicas(database_url) as opened:
        for number in range(50):
            key = f"m{number}"
            arrivals = await asyncio.gather(
                *(storage.run(lambda uow: uow.inbound_events.arrive(key, now=NOW)) for storage in opened)  # noqa: B023
            )
            assert sorted(arrivals) == [Arrival.FIRST, Arrival.REPEATED]


async def test_two_workers_deliver_each_row_once_and_in_order(database_url: str) -> None:
    went: dict[int, list[int]] = defaultdict(list)

    def fill(uow: UnitOfWork) -> None:
        for _ in range(10):
            conversation = a_conversation(uow, a_numbered_ticket(uow), root="r")
            for subject in range(20):
                uow.outbox.put_once(
                    RowKind.NOTICE,
                    conversation=conversation.id,
                    key=f"{conversation.id}/{subject}",
                    payload={},
                    subject=subject,
                    now=NOW,
                )

    async def worker(storage: Storage) -> None:
        while True:
            rows = await storage.run(lambda uow: uow.outbox.claim(limit=7, lease=LEASE))
            for row in rows:
                went[row.conversation.id].append(row.subject)
                await asyncio.sleep(0)
            if rows:
                await storage.run(lambda uow: settle_all(uow, rows))  # noqa: B023
            elif RowState.DUE not in await storage.read(lambda uow: uow.outbox.count_by_state()):
                return

    async with replicas(database_url) as (first, second):
        await first.run(fill)
        await asyncio.gather(worker(first), worker(first), worker(second), worker(second))

    assert list(went.values()) == [list(range(20))] * 10


async def test_settling_waits_for_a_ticket_that_is_being_changed_and_neither_is_stuck(
    postgres_url: str,
) -> None:
    """The ticket's transaction writes the same rows in the other order: without the lock, a deadlock."""

    def ask(uow: UnitOfWork) -> tuple[int, Sequence[int]]:
        ticket = a_numbered_ticket(uow)
        conversations = [a_conversation(uow, ticket, root="r").id for _ in range(2)]
        want(uow, ticket.id, *conversations)
        return ticket.id, conversations

    def want(uow: UnitOfWork, ticket_id: int, *conversations: int) -> None:
        for conversation in conversations:
            uow.outbox.put_state(RowKind.CARD, conversation=conversation, subject=ticket_id, now=NOW)

    async with replicas(postgres_url) as (first, second):
        ticket_id, (one, other) = await first.run(ask)
        rows = await second.run(lambda uow: uow.outbox.claim(limit=9, lease=LEASE))
        loop, changing = asyncio.get_running_loop(), asyncio.Event()

        def change(uow: UnitOfWork) -> None:
            uow.tickets.lock(ticket_id)
            want(uow, ticket_id, other)
            uow.tickets.get(ticket_id)
            loop.call_soon_threadsafe(changing.set)
            time.sleep(0.2)  # long enough for the other to be under way
            want(uow, ticket_id, one)

        changed = asyncio.ensure_future(first.run(change))
        await changing.wait()
        await second.run(lambda uow: settle_all(uow, rows))
        await changed
        again = await second.run(lambda uow: uow.outbox.claim(limit=9, lease=LEASE))

    assert [(row.wanted, row.shown) for row in again] == [(2, 1), (2, 1)]


async def test_a_ticket_that_another_replica_holds_is_left_to_it(postgres_url: str) -> None:
    async with replicas(postgres_url) as (first, second):
        held = await first.run(lambda uow: take_in(uow, "m1"))
        free = await first.run(lambda uow: take_in(uow, "m2"))
        far = NOW + timedelta(days=1)
        holding, release = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def hold(uow: UnitOfWork) -> None:
            uow.tickets.lock(held.ticket.id)
            loop.call_soon_threadsafe(holding.set)
            asyncio.run_coroutine_threadsafe(release.wait(), loop).result(5)

        holder = asyncio.ensure_future(first.run(hold))
        await holding.wait()
        due = await second.run(lambda uow: uow.sla_timers.lock_due_tickets(far, limit=10))
        release.set()
        await holder

    assert [ticket.id for ticket in due] == [free.ticket.id]


async def test_a_commit_of_one_replica_wakes_the_others(postgres_url: str) -> None:
    async with replicas(postgres_url) as (first, second):
        woken = asyncio.Event()
        second.on_commit(woken.set)
        first.on_commit(lambda: None)
        await asyncio.wait_for(woken.wait(), 5)  # connected
        woken.clear()
        await first.run(lambda uow: take_in(uow, "m1"))
        await asyncio.wait_for(woken.wait(), 5)


async def test_a_desk_that_starts_on_sqlite_takes_over_every_lease_and_back_off(sqlite_url: str) -> None:
    async with replicas(sqlite_url) as (before, after):
        await before.run(lambda uow: take_in(uow, "m1"))
        leased, postponed = await before.run(lambda uow: uow.outbox.claim(limit=2, lease=LEASE))
        hours = timedelta(hours=9)
        await before.run(
            lambda uow: uow.outbox.postpone(postponed, after=hours, error=because(""), is_counted=False)
        )

        assert await after.run(lambda uow: uow.outbox.claim(limit=9, lease=LEASE)) == []
        assert await after.begin_delivering() == 1
        rows = await after.run(lambda uow: uow.outbox.claim(limit=9, lease=LEASE))

    assert {(row.id, row.is_retry) for row in rows} == {(leased.id, True), (postponed.id, False)}


async def test_a_replica_that_starts_leaves_the_others_leases_alone(postgres_url: str) -> None:
    async with replicas(postgres_url) as (running, starting):
        await running.run(lambda uow: take_in(uow, "m1"))
        await running.run(lambda uow: uow.outbox.claim(limit=2, lease=LEASE))

        assert await starting.begin_delivering() == 0


@pytest.mark.parametrize(("database", "first", "second"), [("sqlite", 13, 10), ("postgres", 3, 3)])
async def test_taking_in_a_request_costs_a_known_number_of_statements(
    database: str, first: int, second: int, request: pytest.FixtureRequest
) -> None:
    """The second time the person and the policy are known to be there.

    On SQLite what is indexed is one more at the commit, for all that is committed together.
    """
    sent = []

    def work(uow: UnitOfWork, message_id: str) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        take_in(uow, message_id)
        uow.session.flush()
        sent.append(uow.session.sent)

    async with replicas(request.getfixturevalue(f"{database}_url"), many=1) as (storage,):
        await storage.run(lambda uow: work(uow, "m1"))
        await storage.run(lambda uow: work(uow, "m2"))

    assert sent == [first, second]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_two_processes_take_in_requests_at_once(database: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{database}_url")
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for name in ("a", "b"):
        here, there = context.Pipe()
        process = context.Process(target=take_in_many, args=(url, name, there))
        process.start()
        pipes.append(here)
        processes.append(process)
    numbers = [number for pipe in pipes for number in pipe.recv()]
    for process in processes:
        process.join()

    assert sorted(numbers) == list(range(1, 101))


def take_in_many(url: str, name: str, report: Connection) -> None:
    async def work() -> list[int | None]:
        storage = open_storage(url)
        taken = [await storage.run(lambda uow: take_in(uow, f"{name}{turn}")) for turn in range(50)]  # noqa: B023
        await storage.close()
        return [opened.ticket.number for opened in taken]

    report.send(asyncio.run(work()))


def settle_all(uow: UnitOfWork, rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        uow.outbox.settle(row, parts=("p",))


async def test_a_person_whom_another_process_changed_is_written_again_when_met(database_url: str) -> None:
    known = Person(key="web:ana", name="Ana Alves", language="de")

    def meet(uow: UnitOfWork, person: Person) -> None:
        uow.people.remember(person)

    async with replicas(database_url) as (desk, terminal):
        await desk.run(lambda uow: meet(uow, known))
        await terminal.run(lambda uow: meet(uow, replace(known, name="A. A.", language="fr")))
        assert await desk.read(lambda uow: uow.people.find(known.key)) != known
        await desk.run(lambda uow: meet(uow, known))
        assert await terminal.read(lambda uow: uow.people.find(known.key)) == known

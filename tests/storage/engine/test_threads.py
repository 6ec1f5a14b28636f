"""One writer for all: what waits together is committed together, and fails alone."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.domain.errors import StorageUnavailable
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.inbound_events import Arrival
from bot.ports.unit_of_work import UnitOfWork
from storage import open_storage
from storage.store import DeskStorage
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.sample_rows import ANA, NOW, a_numbered_ticket, a_ticket, take_in


async def behind_a_held_writer(storage: DeskStorage, *works: Callable[[UnitOfWork], object]) -> list[object]:
    """Run works that have all been waiting for the writer when it becomes free."""
    holder, release = await a_held_writer(storage)
    waiting = [asyncio.ensure_future(storage.run(work)) for work in works]
    await asyncio.sleep(0.05)
    release.set()
    assert await holder
    return list(await asyncio.gather(*waiting, return_exceptions=True))


async def a_held_writer(storage: DeskStorage) -> tuple["asyncio.Future[bool]", threading.Event]:
    """A transaction that is under way until the event is set."""
    held, release = threading.Event(), threading.Event()

    def hold(_: UnitOfWork) -> bool:
        held.set()
        return release.wait(5)

    holder = asyncio.ensure_future(storage.run(hold))
    await asyncio.to_thread(held.wait, 5)
    return holder, release


def fails(uow: UnitOfWork) -> None:
    take_in(uow, "never")
    raise ZeroDivisionError


async def test_one_that_fails_among_others_leaves_nothing_and_they_stay(storage: DeskStorage) -> None:
    first, failed, second = await behind_a_held_writer(
        storage, lambda uow: take_in(uow, "m1"), fails, lambda uow: take_in(uow, "m2")
    )

    assert isinstance(failed, ZeroDivisionError)
    assert await storage.read(lambda uow: len(uow.audit_log.recent())) == 4
    numbers = [opened.ticket.number for opened in (first, second)]  # type: ignore[attr-defined]
    assert numbers == [1, 2]


async def test_what_one_that_failed_knew_is_not_taken_for_written(storage: DeskStorage) -> None:
    def fails_after_remembering(uow: UnitOfWork) -> None:
        uow.people.remember(ANA)
        raise ZeroDivisionError

    await behind_a_held_writer(storage, fails_after_remembering, a_numbered_ticket)
    await storage.run(lambda uow: uow.people.remember(ANA))

    assert await storage.read(lambda uow: uow.people.find(ANA.key)) == ANA


async def test_a_failed_one_wakes_nobody_for_its_companions(sqlite_storage: DeskStorage) -> None:
    woken = asyncio.Event()
    sqlite_storage.on_commit(woken.set)

    await behind_a_held_writer(sqlite_storage, fails, a_numbered_ticket)
    await asyncio.sleep(0.05)
    assert not woken.is_set()

    await behind_a_held_writer(sqlite_storage, lambda uow: take_in(uow, "m1"), a_numbered_ticket)
    await asyncio.wait_for(woken.wait(), 5)


async def test_numbers_taken_together_have_no_gap_where_one_fails(storage: DeskStorage) -> None:
    def opens(message: str) -> Callable[[UnitOfWork], Ticket]:
        def work(uow: UnitOfWork) -> Ticket:
            ticket = a_ticket(uow, subject=message)
            uow.tickets.add(ticket)
            uow.tickets.number_at_the_commit(ticket)
            if message == "fails":
                raise ZeroDivisionError
            return ticket

        return work

    works = [opens(message) for message in ("one", "two", "fails", "three")]
    found = await behind_a_held_writer(storage, *works, a_numbered_ticket, opens("last"))
    opened = [each for each in found if isinstance(each, Ticket)]

    assert [(each.subject, each.number) for each in opened[:3]] == [("one", 1), ("two", 2), ("three", 3)]
    assert [each.number for each in opened[3:]] == [4, 5]
    stored = await storage.read(lambda uow: uow.tickets.get_many([each.id for each in opened]))
    assert [stored[each.id].number for each in opened] == [1, 2, 3, 4, 5]


async def test_whoever_reads_a_ticket_that_is_committed_with_them_sees_its_number(
    storage: DeskStorage,
) -> None:
    opened: list[Ticket] = []

    def opens(uow: UnitOfWork) -> None:
        ticket = a_ticket(uow)
        uow.tickets.add(ticket)
        uow.tickets.number_at_the_commit(ticket)
        opened.append(ticket)

    def reads_and_fails(uow: UnitOfWork) -> None:
        assert uow.tickets.lock(opened[0].id).number == 1
        raise ZeroDivisionError

    def reads(uow: UnitOfWork) -> int | None:
        return uow.tickets.get(opened[0].id).number

    _, failed, read, _ = await behind_a_held_writer(storage, opens, reads_and_fails, reads, opens)

    assert isinstance(failed, ZeroDivisionError)
    assert read == 1
    stored = await storage.read(lambda uow: uow.tickets.get_many([each.id for each in opened]))
    assert [stored[each.id].number for each in opened] == [1, 2]


async def test_one_that_is_refused_before_it_asks_anything_costs_its_companions_nothing(
    postgres_storage: DeskStorage,
) -> None:
    def refuses(_: UnitOfWork) -> None:
        raise ZeroDivisionError

    first, _, _, last = await behind_a_held_writer(
        postgres_storage, a_numbered_ticket, refuses, refuses, a_numbered_ticket
    )

    assert [each.number for each in (first, last)] == [1, 2]  # type: ignore[attr-defined]


async def test_a_statement_that_the_server_refuses_undoes_its_own_part_alone(
    postgres_storage: DeskStorage,
) -> None:
    def refused(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session.fetch_made(text("SELECT 1 / 0"))

    first, failed, last, also = await behind_a_held_writer(
        postgres_storage, a_numbered_ticket, refused, a_numbered_ticket, refused
    )

    assert isinstance(failed, Exception)
    assert isinstance(also, Exception)
    assert [each.number for each in (first, last)] == [1, 2]  # type: ignore[attr-defined]
    assert await postgres_storage.read(lambda uow: uow.tickets.find("IT", 2)) is not None


async def test_what_waits_together_is_one_transaction_on_the_server_too(
    postgres_storage: DeskStorage,
) -> None:
    def transaction(uow: UnitOfWork) -> object:
        assert isinstance(uow, SqlUnitOfWork)
        uow.inbound_events.arrive(f"m{uow.new_id()}", now=NOW)
        return uow.session.fetch_made(text("SELECT CAST(pg_current_xact_id() AS text) AS id"))[0]["id"]

    assert len({*await behind_a_held_writer(postgres_storage, transaction, transaction, transaction)}) == 1


async def test_of_two_replicas_that_wait_for_one_another_neither_is_refused(postgres_url: str) -> None:
    replicas = [open_storage(postgres_url) for _ in range(2)]
    try:
        tickets = [await replicas[0].run(a_numbered_ticket) for _ in range(2)]
        both_hold = threading.Barrier(2, timeout=5)

        def holds(ticket: Ticket) -> Callable[[UnitOfWork], object]:
            def hold(uow: UnitOfWork) -> None:
                uow.tickets.lock(ticket.id)
                both_hold.wait()

            return hold

        def wants(ticket: Ticket, subject: str) -> Callable[[UnitOfWork], object]:
            def want(uow: UnitOfWork) -> None:
                locked = uow.tickets.lock(ticket.id)
                locked.subject = f"{locked.subject} {subject}"
                uow.tickets.save(locked)

            return want

        outcomes = await asyncio.gather(
            behind_a_held_writer(replicas[0], holds(tickets[0]), wants(tickets[1], "by one")),
            behind_a_held_writer(replicas[1], holds(tickets[1]), wants(tickets[0], "by two")),
        )
        ids = [each.id for each in tickets]
        stored = await replicas[0].read(lambda uow: uow.tickets.get_many(ids))
    finally:
        for replica in replicas:
            await replica.close()

    assert [outcome for group in outcomes for outcome in group] == [None] * 4
    assert [stored[each].subject.split(" by ")[1] for each in ids] == ["two", "one"]


async def test_a_commit_that_fails_is_told_to_all_even_to_those_who_were_refused(
    sqlite_storage: DeskStorage,
) -> None:
    """What they were refused for was never committed."""

    def loses_the_transaction(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session._mark("ROLLBACK")
        uow.session._mark("ROLLBACK")

    arrive: Callable[[UnitOfWork], object] = lambda uow: uow.inbound_events.arrive("m1", now=NOW)  # noqa: E731
    outcomes = await behind_a_held_writer(sqlite_storage, arrive, fails, loses_the_transaction)

    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    assert not any(isinstance(outcome, ZeroDivisionError) for outcome in outcomes)
    assert await sqlite_storage.run(arrive) is Arrival.FIRST


async def test_a_wait_given_up_before_its_turn_is_not_run(storage: DeskStorage) -> None:
    holder, release = await a_held_writer(storage)
    given_up = asyncio.ensure_future(storage.run(a_numbered_ticket))
    await asyncio.sleep(0.05)
    given_up.cancel()
    await asyncio.sleep(0)
    release.set()
    await holder

    assert (await storage.run(a_numbered_ticket)).number == 1


async def test_a_closed_storage_says_so(storage: DeskStorage) -> None:
    await storage.close()

    with pytest.raises(RuntimeError, match="closed"):
        await storage.run(a_numbered_ticket)


async def test_a_full_disk_among_companions_is_told_to_each(sqlite_storage: DeskStorage) -> None:
    def too_much(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session._mark("PRAGMA max_page_count=200")
        a_numbered_ticket(uow, subject="x" * 10_000_000)
        uow.session.flush()

    outcomes = await behind_a_held_writer(sqlite_storage, too_much, a_numbered_ticket)

    assert isinstance(outcomes[0], StorageUnavailable)

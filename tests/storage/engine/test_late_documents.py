"""On SQLite the words of requests that are committed together are indexed at once, in the commit that keeps them."""

import asyncio
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports.unit_of_work import UnitOfWork
from storage.engine.sqlite import open_sqlite
from storage.opening import open_storage
from storage.store import DeskStorage
from tests.contracts.test_storage_search import TEAM, found, search
from tests.storage.engine.test_threads import behind_a_held_writer
from tests.storage.sample_rows import a_message, a_numbered_ticket

MANY = 20
AT_ONCE = 64


def asks(uow: UnitOfWork, subject: str) -> None:
    ticket = a_numbered_ticket(uow, subject=subject, tags=("hardware",))
    a_message(uow, ticket, text=f"{subject}, please help")


def finds(uow: UnitOfWork, word: str) -> int:
    return uow.search.count(search(word), visibility=TEAM).count


async def test_requests_committed_together_are_one_segment_of_the_index(
    sqlite_storage: DeskStorage, sqlite_url: str
) -> None:
    done = await behind_a_held_writer(
        sqlite_storage, *((lambda uow, n=n: asks(uow, f"Printer {n}")) for n in range(MANY))
    )

    assert done == [None] * MANY
    assert len(await found(sqlite_storage, search("printer"), limit=50)) == MANY
    with closing(opened(sqlite_url)) as connection:
        (segments,) = connection.execute("SELECT count(DISTINCT segid) FROM search_index_idx").fetchone()
    assert segments == 1


async def test_a_transaction_finds_the_words_it_has_written_and_those_before_it(
    sqlite_storage: DeskStorage,
) -> None:
    def asks_and_looks(uow: UnitOfWork) -> int:
        asks(uow, "Printer 2")
        return finds(uow, "printer")

    *_, seen = await behind_a_held_writer(sqlite_storage, lambda uow: asks(uow, "Printer 1"), asks_and_looks)

    assert seen == 2


async def test_one_that_fails_after_it_looked_takes_nobody_elses_words_with_it(
    sqlite_storage: DeskStorage, sqlite_url: str
) -> None:
    def looks_and_fails(uow: UnitOfWork) -> None:
        asks(uow, "Printer never")
        assert finds(uow, "printer") == 2
        raise ZeroDivisionError

    def fails(uow: UnitOfWork) -> None:
        asks(uow, "Printer never either")
        raise ZeroDivisionError

    await behind_a_held_writer(
        sqlite_storage,
        lambda uow: asks(uow, "Printer 1"),
        looks_and_fails,
        fails,
        lambda uow: asks(uow, "Printer 2"),
    )

    assert sorted(await found(sqlite_storage, search("printer"))) == ["Printer 1", "Printer 2"]
    with closing(opened(sqlite_url)) as connection:
        must_be_whole(connection)


async def test_words_written_and_changed_in_one_group_are_those_of_the_change(
    sqlite_storage: DeskStorage, sqlite_url: str
) -> None:
    def corrects(uow: UnitOfWork) -> None:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        ticket = uow.tickets.lock(ticket.id)
        ticket.subject = "Scanner 1"
        uow.tickets.save(ticket)

    await behind_a_held_writer(sqlite_storage, lambda uow: asks(uow, "Printer 1"), corrects)

    assert await found(sqlite_storage, search("scanner")) == ["Scanner 1"]
    with closing(opened(sqlite_url)) as connection:
        must_be_whole(connection)


@pytest.mark.parametrize("after", [0.02, 0.1, 0.3])
async def test_a_desk_that_is_killed_has_the_words_of_all_it_committed(
    sqlite_url: str, sqlite_storage: DeskStorage, after: float
) -> None:
    reading, writing = multiprocessing.get_context("spawn").Pipe(duplex=False)
    taking = multiprocessing.get_context("spawn").Process(
        target=take_until_killed, args=(sqlite_url, writing)
    )
    taking.start()
    assert await asyncio.to_thread(reading.poll, 60)
    await asyncio.sleep(after)
    taking.kill()
    taking.join()

    with closing(opened(sqlite_url)) as connection:
        (tickets,) = connection.execute("SELECT count(*) FROM tickets").fetchone()
        (documents,) = connection.execute("SELECT count(*) FROM search_documents").fetchone()
        must_be_whole(connection)
    assert tickets
    assert documents == 3 * tickets
    assert await sqlite_storage.read(lambda uow: finds(uow, "printer")) == tickets


def take_until_killed(url: str, writing: "multiprocessing.connection.Connection[bool, bool]") -> None:
    async def take() -> None:
        storage = open_storage(url)
        numbers = iter(range(1_000_000))

        async def one_after_another() -> None:
            for number in numbers:
                await storage.run(lambda uow: asks(uow, f"Printer {number}"))  # noqa: B023
                if number == 0:
                    writing.send(True)

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))

    asyncio.run(take())


def opened(url: str) -> sqlite3.Connection:
    return open_sqlite(Path(url.removeprefix("sqlite:///")))


def must_be_whole(connection: sqlite3.Connection) -> None:
    """FTS5 compares its index with the documents: https://www.sqlite.org/fts5.html#the_integrity_check_command"""
    connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")

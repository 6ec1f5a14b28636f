"""A database that is away, locked, full or read-only is told in a sentence, and the desk goes on afterwards."""

import asyncio
import contextlib
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import text

from bot.domain.errors import ConfigurationError, StorageUnavailable
from bot.domain.sentence import Sentence
from bot.ports.unit_of_work import UnitOfWork
from bot.text.error_text import in_english
from storage import migrate, open_storage, schema_state
from storage.engine.postgres_refusals import translate
from storage.engine.sqlite import SqliteSession
from storage.store import DeskStorage
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.sample_rows import a_message, a_numbered_ticket


async def test_a_locked_file_is_waited_for_and_then_told(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.sqlite.BUSY_TIMEOUT_S", 0.05)
    storage = open_storage(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable, match=r"^operations\.file_locked\(database=.*deskbell\.db"):
            await storage.run(a_numbered_ticket)
        assert await storage.read(lambda uow: uow.tickets.find("IT", 1)) is None
        other.execute("ROLLBACK")

    assert (await storage.run(a_numbered_ticket)).number == 1
    await storage.close()


async def test_a_full_disk_is_told_and_nothing_of_the_transaction_is_kept(sqlite_url: str) -> None:
    storage = open_storage(sqlite_url)

    def too_much(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        assert isinstance(uow.session, SqliteSession)
        uow.session._connection.execute("PRAGMA max_page_count=200")
        a_message(uow, a_numbered_ticket(uow), text="x" * 10_000_000)

    with pytest.raises(StorageUnavailable, match=r"^operations\.file_disk_full"):
        await storage.run(too_much)

    assert await storage.read(lambda uow: uow.tickets.find("IT", 1)) is None
    assert (await storage.run(a_numbered_ticket)).number == 1
    await storage.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(b"something else entirely" * 100)

    for ask in (schema_state, open_storage, migrate):
        with pytest.raises(StorageUnavailable, match=r"^operations\.file_damaged\(database=.*desk\.db"):
            ask(f"sqlite:///{path}")


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^operations\.database_url_folder"):
        migrate(f"sqlite:///{tmp_path}")


async def test_a_read_only_database_is_told(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
            "current_database()); END $$"
        )
    storage = open_storage(postgres_url)

    with pytest.raises(StorageUnavailable, match=r"^operations\.server_read_only"):
        await storage.run(a_numbered_ticket)
    with pytest.raises(StorageUnavailable, match=r"^operations\.server_read_only"):
        await storage.write_nothing()
    await storage.close()


async def test_writing_nothing_reaches_the_disk_and_changes_nothing(sqlite_url: str) -> None:
    storage = open_storage(sqlite_url)
    await storage.run(a_numbered_ticket)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    log = path.with_name(f"{path.name}-wal")
    before, rows = log.stat().st_size, dump(path)

    await storage.write_nothing()

    assert log.stat().st_size > before
    assert dump(path) == rows
    await storage.close()


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [*database.iterdump(), str(database.execute("PRAGMA schema_version").fetchone())]


async def test_connections_that_the_server_has_dropped_cost_no_transaction(
    postgres_storage: DeskStorage, postgres_url: str
) -> None:
    assert (await postgres_storage.run(a_numbered_ticket)).number == 1
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    await asyncio.sleep(0.1)
    tickets = await asyncio.gather(*(postgres_storage.run(a_numbered_ticket) for _ in range(8)))

    assert sorted(ticket.number or 0 for ticket in tickets) == list(range(2, 10))


async def test_a_connection_that_breaks_in_a_transaction_is_told_and_replaced(
    postgres_storage: DeskStorage,
) -> None:
    def breaks(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        a_numbered_ticket(uow)
        uow.session.fetch(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageUnavailable, match=r"^operations\.server_unreachable"):
        await postgres_storage.run(breaks)

    assert (await postgres_storage.run(a_numbered_ticket)).number == 1


@pytest.mark.parametrize(
    ("server", "reason", "cure"),
    [
        ("127.0.0.1:1", "Connection refused", "operations.cure_start_server"),
        ("nowhere.invalid", "failed to resolve host 'nowhere.invalid'", "operations.cure_host_name"),
    ],
)
def test_an_unreachable_server_is_told_with_the_reason_and_without_the_password(
    server: str, reason: str, cure: str
) -> None:
    with pytest.raises(StorageUnavailable) as told:
        open_storage(f"postgresql://desk:hunter2@{server}/desk")

    database, found, cured = unreachable(told.value)
    assert (database, cured) == (f"postgresql://{server}/desk", cure)
    assert found.startswith(reason)
    assert "hunter2" not in in_english(told.value)


def test_a_socket_that_is_not_there_is_told_as_the_address_is_written(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as told:
        open_storage(f"postgresql://desk:hunter2@/desk?host={tmp_path}")

    assert unreachable(told.value) == (
        f"postgresql:///desk?host={tmp_path}",
        "No such file or directory",
        "operations.cure_socket",
    )
    assert "hunter2" not in in_english(told.value)


@pytest.mark.parametrize(
    ("person", "database", "reason", "cure"),
    [
        (
            "postgres",
            "no_desk",
            'database "no_desk" does not exist',
            "operations.cure_create_database",
        ),
        ("ghost", "no_desk", 'role "ghost" does not exist', "operations.cure_create_role"),
    ],
)
def test_what_the_server_refuses_is_told_in_its_own_words(
    postgres_url: str, person: str, database: str, reason: str, cure: str
) -> None:
    where = urlsplit(postgres_url)
    with pytest.raises(StorageUnavailable) as told:
        open_storage(f"postgresql://{person}:hunter2@/{database}?{where.query}")

    assert unreachable(told.value)[1:] == (reason, cure)
    assert "hunter2" not in in_english(told.value)


@pytest.mark.parametrize(
    ("severity", "reason", "cure"),
    [
        ("FATAL:  ", 'password authentication failed for user "desk"', "operations.cure_password"),
        (
            "FATAL:  ",
            "Passwort-Authentifizierung für Benutzer »desk« fehlgeschlagen",
            "operations.cure_check_server",
        ),
        ("", "connection timeout expired", "operations.cure_network"),
    ],
)
def test_each_reason_has_its_cure_and_one_that_is_not_known_is_quoted(
    severity: str, reason: str, cure: str
) -> None:
    where = 'connection failed: connection to server at "10.0.0.1", port 5432 failed: '
    refused = translate(
        psycopg.OperationalError(f"{where}{severity}{reason}"), location="postgresql://db/desk"
    )

    assert refused is not None
    assert unreachable(refused) == ("postgresql://db/desk", reason, cure)


def test_a_password_that_breaks_the_address_is_not_shown() -> None:
    with pytest.raises(ConfigurationError, match="invalid percent-encoded token") as told:
        open_storage("postgresql://desk:hun%zzter2@db/desk")

    assert "zzter2" not in in_english(told.value)


async def test_a_transaction_that_goes_on_after_a_failed_statement_is_not_taken_for_done(
    postgres_storage: DeskStorage,
) -> None:
    def goes_on(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        a_numbered_ticket(uow)
        with contextlib.suppress(psycopg.Error):
            uow.session.fetch(text("SELECT 1 / 0"))

    with pytest.raises(StorageUnavailable, match=r"^operations\.server_cancelled_query"):
        await postgres_storage.run(goes_on)

    assert await postgres_storage.read(lambda uow: uow.tickets.find("IT", 1)) is None


async def test_a_query_that_takes_longer_than_the_server_allows_is_told(
    postgres_storage: DeskStorage,
) -> None:
    def slow(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session.fetch(text("SELECT set_config('statement_timeout', '10', true)"))
        uow.session.fetch(text("SELECT 1 FROM pg_sleep(2)"))

    with pytest.raises(StorageUnavailable, match=r"^operations\.server_cancelled_query"):
        await postgres_storage.read(slow)


def unreachable(error: StorageUnavailable) -> tuple[str, str, str]:
    """The database that is said to be out of reach, the reason, and the cure's sentence."""
    told = error.sentence
    assert isinstance(told, Sentence)
    assert told.key == "operations.server_unreachable"
    cure = told.facts["cure"]
    assert isinstance(cure, Sentence)
    return str(told.facts["database"]), str(told.facts["reason"]), cure.key

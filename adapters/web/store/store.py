"""The workspace's own SQLite file, behind one thread. A transaction is a function over the connection.

Transactions that wait together are committed together, so a burst costs few disk flushes; each has its
own savepoint, so that one that fails takes nobody along.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.errors import StorageUnavailable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

LARGEST_BATCH = 128

VERSION = 1
SCHEMA = """
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- AUTOINCREMENT: an id is never given out twice
    channel TEXT NOT NULL,
    thread INTEGER,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    content TEXT,
    files TEXT NOT NULL DEFAULT '[]',
    revision INTEGER NOT NULL DEFAULT 0,
    is_deleted INTEGER NOT NULL DEFAULT 0,
    reply_count INTEGER NOT NULL DEFAULT 0,
    last_reply_at TEXT,
    post_key TEXT NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    UNIQUE (post_key, part)
);
CREATE INDEX messages_top ON messages (channel, id) WHERE thread IS NULL;
CREATE INDEX messages_channel ON messages (channel, id);
CREATE INDEX messages_thread ON messages (thread, id) WHERE thread IS NOT NULL;
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    message INTEGER,  -- NULL: uploaded, not yet posted
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_message ON files (message) WHERE message IS NOT NULL;
CREATE TABLE read_marks (
    person TEXT NOT NULL, channel TEXT NOT NULL, up_to INTEGER NOT NULL, PRIMARY KEY (person, channel)
) WITHOUT ROWID;
CREATE TABLE followed (
    person TEXT NOT NULL, thread INTEGER NOT NULL, PRIMARY KEY (person, thread)
) WITHOUT ROWID;
CREATE TABLE mentions (
    person TEXT NOT NULL, channel TEXT NOT NULL, message INTEGER NOT NULL,
    PRIMARY KEY (person, channel, message)
) WITHOUT ROWID;
CREATE TABLE pending (
    id INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, event TEXT NOT NULL
);
CREATE INDEX pending_conversation ON pending (conversation, id);
"""


class WorkspaceUnavailable(StorageUnavailable):
    """The workspace's messages cannot be read or written just now."""


@dataclass(frozen=True, slots=True)
class _Job:
    context: Work[Any]
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: _Job
    result: Any = None
    error: BaseException | None = None


class Store:
    """Opened by its first transaction; `run` never blocks the event loop.

    `is_durable=False`: a power cut may take the last seconds, and a commit waits for no disk.
    """

    def __init__(self, path: Path, *, is_durable: bool = True) -> None:
        self._path = path
        self._is_durable = is_durable
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    async def run(self, context: Work[T]) -> T:
        """Run it in a transaction and commit. Raises WorkspaceUnavailable when the file cannot be used."""
        if self._is_closed:
            raise WorkspaceUnavailable("The browser workspace is shutting down.")
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="web-store", daemon=True)
            self._thread.start()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(context, answer))
        return await answer

    async def close(self) -> None:
        """Finish what was asked, then close the file."""
        self._is_closed = True
        if self._thread is not None:
            thread, self._thread = self._thread, None
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    def _serve(self) -> None:
        database: sqlite3.Connection | None = None
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            try:
                database = database or open_database(self._path, is_durable=self._is_durable)
                outcomes = _commit_together(database, batch)
            except (sqlite3.Error, OSError, WorkspaceUnavailable) as error:
                outcomes = [_Outcome(job, error=_as_unavailable(error)) for job in batch]
                if database is not None:
                    database.close()
                database = None  # opened afresh for the next batch: the trouble may be over then
            _answer(outcomes)
        if database is not None:
            database.close()

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """Wait for a job and take those that wait behind it; False with it when `close` was called."""
        job = self._jobs.get()
        batch: list[_Job] = []
        while job is not None:
            batch.append(job)
            if len(batch) == LARGEST_BATCH or self._jobs.empty():
                return batch, True
            job = self._jobs.get()
        return batch, False


def open_database(path: Path, *, is_durable: bool = True) -> sqlite3.Connection:
    """Open or create the file. When durable, what a person saw posted survives a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(f"PRAGMA synchronous={'FULL' if is_durable else 'NORMAL'}")
        _bring_up_to_date(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: sqlite3.Connection, path: Path) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise WorkspaceUnavailable(
            f"{path.name} was written by a newer Deskbell. Start that version, or move the file away."
        )
    if version == 0:
        database.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")


def _commit_together(database: sqlite3.Connection, batch: list[_Job]) -> list[_Outcome]:
    if not batch:
        return []
    database.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_attempt(database, job) for job in batch]
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return outcomes


def _attempt(database: sqlite3.Connection, job: _Job) -> _Outcome:
    database.execute("SAVEPOINT job")
    try:
        outcome = _Outcome(job, result=job.context(database))
    except sqlite3.OperationalError:
        raise  # disk full, read-only: true for the whole batch
    except Exception as error:  # noqa: BLE001 — it is handed to the caller
        database.execute("ROLLBACK TO job")
        outcome = _Outcome(job, error=error)
    database.execute("RELEASE job")
    return outcome


def _answer(outcomes: list[_Outcome]) -> None:
    """Hand the results over, with one wake-up for each event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome.job.answer.get_loop(), []).append(outcome)
    for loop, ours in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, ours)


def _settle(outcomes: list[_Outcome]) -> None:
    for outcome in outcomes:
        if outcome.job.answer.done():  # the caller stopped waiting; its transaction stands
            continue
        if outcome.error is not None:
            outcome.job.answer.set_exception(outcome.error)
        else:
            outcome.job.answer.set_result(outcome.result)


def _as_unavailable(error: Exception) -> WorkspaceUnavailable:
    if isinstance(error, WorkspaceUnavailable):
        return error
    return WorkspaceUnavailable(f"The workspace's messages cannot be read or written just now ({error}).")

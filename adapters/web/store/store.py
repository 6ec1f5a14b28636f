"""The workspace's own SQLite file, behind one thread. A transaction is a function over the connection.

Transactions that wait together are committed together, so a burst costs few disk flushes; each has its
own savepoint, so that one that fails takes nobody along.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import sentence
from bot.group_commit import GroupCommit
from bot.outage import StorageWatch

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

LARGEST_BATCH = 128

VERSION = 2
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
    person TEXT NOT NULL, thread INTEGER NOT NULL, up_to INTEGER NOT NULL DEFAULT 0,  -- read in the thread
    PRIMARY KEY (person, thread)
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
THREADS_READ = """
ALTER TABLE followed ADD COLUMN up_to INTEGER NOT NULL DEFAULT 0;
UPDATE followed SET up_to = coalesce((SELECT r.up_to FROM read_marks r JOIN messages m ON m.channel = r.channel
    WHERE r.person = followed.person AND m.id = followed.thread), 0);
"""
"""From version 1, in which who had read a channel had read its threads."""


class WorkspaceUnavailable(StorageUnavailable):
    """The workspace's messages cannot be read or written just now."""


class Store:
    """Opened by its first transaction; `run` never blocks the event loop.

    `is_durable=False`: a power cut may take the last seconds, and a commit waits for no disk.
    """

    def __init__(self, path: Path, *, is_durable: bool = True) -> None:
        self._path = path
        self._is_durable = is_durable
        self._commits: GroupCommit[sqlite3.Connection] | None = None
        self._is_closed = False
        self._watch = StorageWatch("the workspace's database", write=self._write_nothing)

    async def run(self, work: Work[T]) -> T:
        """Run it in a transaction and commit. Raises WorkspaceUnavailable when the file cannot be used."""
        if self._is_closed:
            raise WorkspaceUnavailable(sentence("operations.web_closing"))
        return await self._watch(self._run(work))

    async def must_be_writable(self) -> None:
        """Raises StorageUnavailable. Cheap: it is tried every few seconds only."""
        await self._watch.must_be_writable()

    async def _run(self, work: Work[T]) -> T:
        if self._commits is None:
            writer = _Writer(self._path, is_durable=self._is_durable)
            self._commits = GroupCommit(writer, name="web-store", at_most=LARGEST_BATCH)
        # Shielded: a caller who stops waiting takes nothing back.
        return await asyncio.shield(asyncio.wrap_future(self._commits.submit(work)))

    async def _write_nothing(self) -> None:
        """Setting the version to what it is makes the commit write."""
        await self._run(lambda database: database.execute(f"PRAGMA user_version={VERSION}"))

    async def close(self) -> None:
        """Finish what was asked, then close the file."""
        self._is_closed = True
        if self._commits is not None:
            commits, self._commits = self._commits, None
            await asyncio.to_thread(commits.close)


class _Writer:
    """The file's one connection. After trouble it is opened afresh: the trouble may be over then."""

    def __init__(self, path: Path, *, is_durable: bool) -> None:
        self._path = path
        self._is_durable = is_durable
        self._database: sqlite3.Connection | None = None

    def begin(self) -> sqlite3.Connection:
        database = self._database = self._database or open_database(self._path, is_durable=self._is_durable)
        database.execute("BEGIN IMMEDIATE")
        return database

    def commit(self, database: sqlite3.Connection) -> None:
        database.execute("COMMIT")

    def rollback(self, database: sqlite3.Connection) -> None:
        if database.in_transaction:
            database.execute("ROLLBACK")

    def begin_part(self, database: sqlite3.Connection) -> None:
        database.execute("SAVEPOINT job")

    def end_part(self, database: sqlite3.Connection) -> None:
        database.execute("RELEASE job")

    def undo_part(self, database: sqlite3.Connection, error: Exception) -> Exception | None:
        if isinstance(error, sqlite3.OperationalError):
            return None  # disk full, read-only: true for all of them
        database.execute("ROLLBACK TO job")
        database.execute("RELEASE job")
        return error

    def committed(self, database: sqlite3.Connection) -> None:
        """Nobody else waits for it."""

    def give_up(self, error: Exception) -> Exception:
        self.close()
        return _as_unavailable(error, self._path)

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None


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
        raise WorkspaceUnavailable(sentence("operations.web_messages_newer", file=path.name))
    if version == 0:
        database.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")
    elif version == 1:
        database.executescript(f"BEGIN; {THREADS_READ} PRAGMA user_version={VERSION}; COMMIT;")


def _as_unavailable(error: Exception, path: Path) -> Exception:
    """The file's condition as a sentence, a fault of ours as it is."""
    if not isinstance(error, sqlite3.Error | OSError):
        return error
    unusable = sentence("operations.web_messages_unusable", file=str(path), error=str(error))
    return WorkspaceUnavailable(unusable)

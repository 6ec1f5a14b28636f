"""The workspace's messages as rows: posting by key, changing, removing and reading them.

Every function works inside the caller's transaction. A message's `post_key` and part are unique, so a
repeated post finds the first one.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

COUNT_LIMIT = 100
"""Unread messages are counted up to here; a page shows more as `99+`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as stored. `thread` is the id of the thread's first message, `at` ISO 8601 in UTC."""

    id: int
    channel: str
    thread: int | None
    author: str
    author_name: str
    at: str
    text: str
    content: dict[str, Any] | None
    files: list[dict[str, Any]]
    revision: int
    is_deleted: bool
    reply_count: int
    last_reply_at: str | None


COLUMNS = ", ".join(each.name for each in fields(Message))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What to post. The same `post_key` and `part` is the same message."""

    post_key: str
    part: int = 0
    channel: str
    thread: int | None
    author: str
    author_name: str
    at: datetime
    text: str = ""
    content: dict[str, Any] | None = None


def instant(at: datetime) -> str:
    """ISO 8601 with a Z, as the page reads it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def message_number(text: str) -> int | None:
    """The row id behind a platform's message id; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def insert(database: sqlite3.Connection, new: NewMessage) -> int:
    """Add a message and count it in its thread; the author follows the thread it is in or begins."""
    at = instant(new.at)
    row = database.execute(
        "INSERT INTO messages (channel, thread, author, author_name, at, text, content, post_key, part)"
        " VALUES (?,?,?,?,?,?,?,?,?) RETURNING id",
        (
            new.channel,
            new.thread,
            new.author,
            new.author_name,
            at,
            new.text,
            _as_text(new.content),
            new.post_key,
            new.part,
        ),
    ).fetchone()
    number = int(row[0])
    if new.thread is not None:
        database.execute(
            "UPDATE messages SET reply_count = reply_count + 1, last_reply_at = ? WHERE id = ?",
            (at, new.thread),
        )
    return number


def follow(database: sqlite3.Connection, people: Iterable[str], *, thread: int, since: int) -> None:
    """Replies in this thread, from this message on, count as unread for these people until they open it."""
    database.executemany(
        "INSERT OR IGNORE INTO followed VALUES (?, ?, ?)", [(each, thread, since - 1) for each in people]
    )


def mention(database: sqlite3.Connection, people: Iterable[str], *, channel: str, number: int) -> None:
    database.executemany(
        "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?)", [(each, channel, number) for each in people]
    )


def posted_under(database: sqlite3.Connection, post_key: str) -> list[int]:
    """The parts that exist under this key, in order, removed ones included."""
    rows = database.execute("SELECT id FROM messages WHERE post_key = ? ORDER BY part", (post_key,))
    return [int(row[0]) for row in rows]


def find(database: sqlite3.Connection, number: int | None) -> Message | None:
    row = database.execute(f"SELECT {COLUMNS} FROM messages WHERE id = ?", (number,)).fetchone()  # noqa: S608
    return None if row is None else _message(row)


def revise(
    database: sqlite3.Connection, number: int, *, text: str = "", content: dict[str, Any] | None = None
) -> None:
    database.execute(
        "UPDATE messages SET text = ?, content = ?, revision = revision + 1 WHERE id = ?",
        (text, _as_text(content), number),
    )


def attach(database: sqlite3.Connection, number: int, files: Sequence[dict[str, Any]]) -> None:
    database.execute("UPDATE messages SET files = ? WHERE id = ?", (json.dumps(files), number))


def remove(database: sqlite3.Connection, message: Message) -> None:
    """Wipe what it said; the row stays, so that its thread and its key stay known."""
    database.execute(
        "UPDATE messages SET is_deleted = 1, text = '', content = NULL, files = '[]' WHERE id = ?",
        (message.id,),
    )
    database.execute("DELETE FROM files WHERE message = ?", (message.id,))
    if message.thread is not None:
        database.execute("UPDATE messages SET reply_count = reply_count - 1 WHERE id = ?", (message.thread,))


def page_of(
    database: sqlite3.Connection, channel: str, *, before: int | None, limit: int
) -> tuple[list[Message], bool]:
    """Top-level messages, oldest first, and whether there are older ones.

    A removed message shows only where it was replied to.
    """
    rows = database.execute(
        f"SELECT {COLUMNS} FROM messages WHERE channel = ? AND thread IS NULL AND id < ?"  # noqa: S608
        " AND (is_deleted = 0 OR reply_count > 0) ORDER BY id DESC LIMIT ?",
        (channel, before if before is not None else 2**62, limit + 1),
    ).fetchall()
    return [_message(row) for row in reversed(rows[:limit])], len(rows) > limit


def replies_to(database: sqlite3.Connection, root: int, *, limit: int = 1000) -> list[Message]:
    """The newest replies of a thread, oldest first."""
    rows = database.execute(
        f"SELECT {COLUMNS} FROM messages WHERE thread = ? AND is_deleted = 0 ORDER BY id DESC LIMIT ?",  # noqa: S608
        (root, limit),
    ).fetchall()
    return [_message(row) for row in reversed(rows)]


def mark_read(
    database: sqlite3.Connection, *, person: str, channel: str, is_direct: bool, up_to: int | None
) -> None:
    """The channel's own messages up to this one are read; None means all there is, in its threads too.

    Never goes back. Who reads a channel for the first time begins at its end, in its threads as well: replies are
    newer than the channel's own last message, so there the mark alone would leave them unread.
    """
    newest = database.execute("SELECT max(id) FROM messages WHERE channel = ?", (channel,)).fetchone()[0] or 0
    mark = newest if up_to is None else min(up_to, newest)
    is_first = database.execute(
        "INSERT OR IGNORE INTO read_marks VALUES (?, ?, ?)", (person, channel, mark)
    ).rowcount
    database.execute(
        "UPDATE read_marks SET up_to = max(up_to, ?) WHERE person = ? AND channel = ?",
        (mark, person, channel),
    )
    if up_to is None or (is_first and not is_direct):
        database.execute(
            "UPDATE followed SET up_to = max(up_to, ?1) WHERE person = ?2"
            " AND thread IN (SELECT id FROM messages WHERE channel = ?3 AND thread IS NULL)",
            (newest, person, channel),
        )


def mark_thread_read(database: sqlite3.Connection, *, person: str, thread: int, up_to: int) -> None:
    """Its replies up to this one are read. Never goes back."""
    database.execute(
        "UPDATE followed SET up_to = max(up_to, ?) WHERE person = ? AND thread = ?", (up_to, person, thread)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What a person has not read in a channel: messages, and replies of threads they follow.

    `first` is the oldest of them, with its thread; None where they have read nothing of the channel yet, which
    begins at its end then. `threads` have unread replies. `last_id` and `last_at` are of the newest message at all.
    """

    count: int
    mentions: int
    first: tuple[int, int | None] | None
    threads: tuple[int, ...]
    last_id: int | None
    last_at: str | None


def unread_in(database: sqlite3.Connection, *, person: str, channel: str, is_direct: bool) -> Unread:
    """A direct channel is its person's own: there they begin with what is unread although they have read nothing."""
    mark = database.execute(
        "SELECT up_to FROM read_marks WHERE person = ? AND channel = ?", (person, channel)
    ).fetchone()
    since = mark[0] if mark else 0
    unread = database.execute(
        "SELECT id, thread FROM messages WHERE channel = ?1 AND thread IS NULL AND id > ?2"
        " AND author <> ?3 AND is_deleted = 0"
        " UNION ALL SELECT m.id, m.thread FROM followed f JOIN messages m ON m.thread = f.thread AND m.id > f.up_to"
        " WHERE f.person = ?3 AND m.channel = ?1 AND m.author <> ?3 AND m.is_deleted = 0 ORDER BY id LIMIT ?4",
        (channel, since, person, COUNT_LIMIT),
    ).fetchall()
    mentions = database.execute(
        "SELECT count(*) FROM mentions m JOIN messages ON messages.id = m.message AND is_deleted = 0"
        " LEFT JOIN followed f ON f.person = m.person AND f.thread = messages.thread"
        " WHERE m.person = ? AND m.channel = ? AND m.message > coalesce(f.up_to, ?)",
        (person, channel, since),
    ).fetchone()[0]
    newest = database.execute(
        "SELECT id, at FROM messages WHERE channel = ? ORDER BY id DESC LIMIT 1", (channel,)
    ).fetchone()
    return Unread(
        count=len(unread),
        mentions=mentions,
        first=tuple(unread[0]) if unread and (mark or is_direct) else None,
        threads=tuple(dict.fromkeys(thread for _, thread in unread if thread is not None)),
        last_id=newest["id"] if newest else None,
        last_at=newest["at"] if newest else None,
    )


def _message(row: sqlite3.Row) -> Message:
    return Message(
        id=row["id"],
        channel=row["channel"],
        thread=row["thread"],
        author=row["author"],
        author_name=row["author_name"],
        at=row["at"],
        text=row["text"],
        content=None if row["content"] is None else json.loads(row["content"]),
        files=json.loads(row["files"]),
        revision=row["revision"],
        is_deleted=bool(row["is_deleted"]),
        reply_count=row["reply_count"],
        last_reply_at=row["last_reply_at"],
    )


def _as_text(content: dict[str, Any] | None) -> str | None:
    return None if content is None else json.dumps(content)  # ASCII: whatever the desk shows can be stored

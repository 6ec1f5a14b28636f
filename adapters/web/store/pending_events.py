"""Events that the intake has not taken yet: written with the message they are about, removed once taken."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any


def add(database: sqlite3.Connection, event: Mapping[str, Any], *, conversation: str) -> None:
    database.execute(
        "INSERT INTO pending (conversation, event) VALUES (?, ?)", (conversation, json.dumps(event))
    )


def first_of(database: sqlite3.Connection, conversation: str) -> tuple[int, dict[str, Any]] | None:
    """The oldest event of this conversation, with its row id."""
    row = database.execute(
        "SELECT id, event FROM pending WHERE conversation = ? ORDER BY id LIMIT 1", (conversation,)
    ).fetchone()
    return None if row is None else (row["id"], json.loads(row["event"]))


def settle(database: sqlite3.Connection, row_id: int) -> None:
    database.execute("DELETE FROM pending WHERE id = ?", (row_id,))


def conversations(database: sqlite3.Connection) -> list[str]:
    """Those with events that wait, the one that waits longest first."""
    rows = database.execute("SELECT conversation FROM pending GROUP BY conversation ORDER BY min(id)")
    return [row[0] for row in rows]

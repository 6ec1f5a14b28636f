"""A desk with very many tickets to be found, written with the database's own means.

Words are as frequent as in talk: the commonest of some two thousand stands in every third message, most in few. A
`rare7` is in one ticket of a thousand.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import psycopg

from storage.engine.columns import micros
from storage.engine.sqlite import open_sqlite
from tests.storage.sample_rows import NOW

MESSAGES: Final = 8
"""Of each ticket."""
RARE: Final = 1_000
PEOPLE: Final = 500
_WORDS: Final = [f"word{number}" for number in range(2_000)]
_WEIGHTS: Final = list(accumulate(1 / (rank + 3) for rank in range(len(_WORDS))))
_LENGTH: Final = 15
"""Words of a message."""
_MINUTE: Final = 60_000_000
_AT_ONCE: Final = 2_000
_UNDUE, _FINISHED = 1_200_000_000_000_000_000, 5_000_000_000_000_000_000
"""Where unfinished tickets without a due time begin in queues, and where finished ones end."""

Rows = Iterator[tuple[Any, ...]]


def fill(url: str, *, tickets: int, messages: int = MESSAGES) -> None:
    """Tickets a minute apart, the last one now, of which one in ten is not closed."""
    tables = [
        ("people", _PEOPLE, _people()),
        ("tickets", _TICKETS, _tickets(tickets)),
        ("messages", _MESSAGES, _messages(tickets, messages)),
        ("search_documents", _DOCUMENTS, _documents(tickets, messages)),
    ]
    if url.startswith("sqlite"):
        with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
            for name, columns, rows in tables:
                _into_sqlite(connection, name, columns, rows)
            connection.execute("ANALYZE")
        return
    with psycopg.connect(url, autocommit=True) as server:
        for name, columns, rows in tables:
            with server.cursor().copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        server.execute("VACUUM ANALYZE")


def _into_sqlite(connection: sqlite3.Connection, name: str, columns: Sequence[str], rows: Rows) -> None:
    marks = ", ".join("?" * len(columns))
    while chunk := [row for _, row in zip(range(_AT_ONCE), rows, strict=False)]:
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", chunk)
        connection.execute("COMMIT")


_PEOPLE = (
    "key", "name", "language", "groups", "is_bot", "platform", "handle_folded", "name_folded",
)  # fmt: skip
_TICKETS = (
    "id", "prefix", "number", "subject", "team", "requester", "priority", "status", "assignee", "tags",
    "origin_platform", "origin_channel", "is_private", "language", "why_here", "sla_stage", "is_warned",
    "opened_at", "updated_at", "version", "queue_place", "due_at", "first_replied_at",
)  # fmt: skip
_MESSAGES = (
    "id", "ticket_id", "kind", "author", "author_name", "text", "said_at", "platform_revision", "revision",
    "is_deleted", "files",
)  # fmt: skip
_DOCUMENTS = ("id", "ticket_id", "person", "is_internal", "weight", "words")


def _people() -> Rows:
    for each in range(PEOPLE):
        yield f"web:person{each}", f"Person{each}", "", "[]", False, "web", f"person{each}", f"person{each}"


def _tickets(many: int) -> Rows:
    """Of those that are open, one in twenty is overdue, as many unanswered, past half of their time or pending.

    Of one in two of those past half of their time people were warned.
    """
    for number in range(1, many + 1):
        at = micros(NOW) - (many - number) * _MINUTE
        is_open = number % 10 == 0
        status = ("closed", ("pending" if number % 100 == 50 else "open"))[is_open]
        is_overdue, is_past_half = number % 200 == 10, number % 200 == 110
        later = micros(NOW) + (many - number + 1) * _MINUTE
        due_at = at if is_overdue else later if is_past_half else None
        is_warned = is_overdue or number % 400 == 110
        replied_at = None if is_open and number % 200 == 30 else at
        place = (due_at if due_at is not None else _UNDUE + at) if is_open else _FINISHED - at
        assignee = ("web:bo", None, "web:cleo")[number % 3] if number % 100 == 0 else "web:lee"
        yield (
            number * 100, "IT", number, f"subject{number % RARE}", f"team{number % 7}" if number % 2 else "it",
            f"web:person{number % PEOPLE}", "normal", status, assignee, f'["rare{number % RARE}"]', "web",
            "help-it", False, "en", '""', 0 if due_at is None else 1 + is_warned, is_warned, at, at, 1, place,
            due_at, replied_at,
        )  # fmt: skip


def _said(number: int, place: int) -> str:
    """The same words for a message and its document."""
    chance = random.Random(number * 16 + place)
    words = chance.choices(_WORDS, cum_weights=_WEIGHTS, k=_LENGTH)
    return " ".join([*words, f"rare{number % RARE}"] if place == 2 else words)


def _messages(many: int, messages: int) -> Rows:
    for number in range(1, many + 1):
        for place in range(messages):
            kind = "request" if place == 0 else ("reply", "note")[place == 3]
            at = micros(NOW) - (many - number) * _MINUTE + place
            yield (
                number * 100 + place + 1, number * 100, kind, "web:bo", "Bo", _said(number, place), at, "", 1,
                False, "[]",
            )  # fmt: skip


def _documents(many: int, messages: int) -> Rows:
    for each in range(PEOPLE):
        yield 10**12 + each, None, f"web:person{each}", False, 3, f"person{each}"
    for number in range(1, many + 1):
        ticket = number * 100
        yield ticket, ticket, None, False, 4, f"subject{number % RARE}"
        yield -ticket, ticket, None, True, 4, f"rare{number % RARE}"
        for place in range(messages):
            yield ticket + place + 1, ticket, None, place == 3, 1, _said(number, place)

"""A desk as it is after years: all that a life of each ticket leaves behind, written with the database's own means.

Requests come every five minutes, the last one now. One in fifty is live; of the others the newest are resolved and
the rest closed. What one person has to do with does not grow with the desk, but for Dan, who asks one
in four, as what watches machines does.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg

from storage.engine.columns import micros
from storage.engine.sqlite import open_sqlite

LIVE_OF: Final = 50
RESOLVED: Final = 2_000
"""The newest that are neither live nor closed: those of a week."""
EACH: Final = 300_000_000
"""Five minutes."""
OF_BO: Final = 40
"""Live tickets that an agent has."""
OF_ANA: Final = 20
_DAY: Final = 86_400_000_000
_LEFT: Final = "SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i <"


def fill(url: str, *, tickets: int, now: datetime) -> None:
    """SQLite is not analyzed, for no desk does that; PostgreSQL's own housekeeping does."""
    statements = [*_statements(tickets, micros(now))]
    if url.startswith("sqlite"):
        with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
            _into_sqlite(connection, statements)
        return
    with psycopg.connect(url, autocommit=True) as server:
        _into_postgres(server, statements)


def _into_sqlite(connection: sqlite3.Connection, statements: list[str]) -> None:
    """Indexes are made afterwards, which takes a fraction of the time."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.execute("BEGIN")
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    for each in statements:
        connection.execute(each)
    for _, made in found:
        connection.execute(made)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.sync()  # else the first commits that are measured would wait until all of this is on disk


def _into_postgres(server: "psycopg.Connection[tuple[object, ...]]", statements: list[str]) -> None:
    found = server.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)"
    ).fetchall()
    server.execute("SET session_replication_role = replica")
    server.execute("SET synchronous_commit = off")
    server.execute("SET maintenance_work_mem = '256MB'")
    for name, _ in found:
        server.execute(f"DROP INDEX {name}".encode())
    for each in statements:
        server.execute(each.encode())
    for _, made in found:
        server.execute(str(made).encode())
    server.execute("VACUUM ANALYZE")


def _statements(many: int, now: int) -> Iterator[str]:
    yield (
        f"WITH RECURSIVE n(i) AS ({_LEFT} {min(many, 5_000)}) INSERT INTO people (key, name, language, groups,"
        " is_bot, platform, handle_folded, name_folded) SELECT 'web:person' || i, 'Person' || i, '',"
        " CASE WHEN i % 100 = 1 THEN '[\"web:@netops\"]' ELSE '[]' END, FALSE,"
        " 'web', 'person' || i, 'person' || i FROM n"
    )
    yield f"INSERT INTO ticket_numbers (prefix, last) VALUES ('IT', {many})"
    for table, values, where in (
        *_of_tickets(many, now),
        *_of_what_was_said(),
        *_of_what_was_counted(many, now),
    ):
        columns, shown = ", ".join(values), ", ".join(values.values())
        yield (
            f"WITH RECURSIVE n(i) AS ({_LEFT} {many}), ticket AS (SELECT i, i / {LIVE_OF} AS k,"
            f" {now} - ({many} - i) * CAST({EACH} AS BIGINT) AS at, i % {LIVE_OF} = 0 AS is_live FROM n)"
            f" INSERT INTO {table} ({columns}) SELECT {shown} FROM ticket {where}"
        )


def _of_tickets(many: int, now: int) -> Iterator[tuple[str, dict[str, str], str]]:
    """Of the live ones one in four is unassigned, one in ten pending, one in twenty overdue and as many at risk."""
    later = f"{now} + ({many} - i + 1) * CAST({EACH} AS BIGINT)"
    due_at = (
        f"CASE WHEN NOT is_live THEN NULL WHEN k % 20 = 1 THEN at WHEN k % 20 IN (3, 6, 9) THEN {later} END"
    )
    is_resolved = f"i > {many - RESOLVED}"
    is_unassigned = "k % 4 = 0"
    yield (
        "tickets",
        {
            "id": "i * 100",
            "prefix": "'IT'",
            "number": "i",
            "subject": "'Subject ' || (i % 1000)",
            "team": "CASE (CASE WHEN is_live THEN k ELSE i END) % 3 WHEN 0 THEN 'it' WHEN 1 THEN 'network'"
            " ELSE 'people' END",
            "requester": "CASE WHEN (CASE WHEN is_live THEN k ELSE i END) % 4 = 3 THEN 'web:dan'"
            f" WHEN i % {many // OF_ANA} = 3 THEN 'web:ana'"
            " ELSE 'web:person' || (i % 5000) END",
            "priority": "'normal'",
            "status": "CASE WHEN is_live THEN CASE WHEN k % 10 = 5 THEN 'pending'"
            f" WHEN {is_unassigned} THEN 'new' ELSE 'open' END WHEN {is_resolved} THEN 'resolved' ELSE 'closed' END",
            "assignee": f"CASE WHEN is_live AND {is_unassigned} THEN NULL ELSE {_owner(many)} END",
            "tags": "'[\"tag' || (i % 50) || '\"]'",
            "origin_platform": "'web'",
            "origin_channel": "'help-it'",
            "is_private": "FALSE",
            "language": "CASE WHEN i % 5000 = 1 THEN 'de' ELSE 'en' END",
            "why_here": "'\"\"'",
            "sla_policy": "'standard'",
            "sla_stage": "CASE WHEN is_live AND k % 20 IN (1, 3) THEN 2 ELSE 0 END",
            "is_warned": "is_live AND k % 20 IN (1, 3)",
            "opened_at": "at",
            "updated_at": "at",
            "first_replied_at": "CASE WHEN is_live AND k % 20 = 7 THEN NULL ELSE at END",
            "resolved_at": "CASE WHEN is_live THEN NULL ELSE at END",
            "closed_at": f"CASE WHEN is_live OR {is_resolved} THEN NULL ELSE at END",
            "version": "1",
            "opening": "i * 100 + 11",
            "due_at": due_at,
            "queue_place": "CASE WHEN NOT is_live THEN 4999999999999999999 - at WHEN k % 10 = 5 THEN"
            f" 3200000000000000000 + at ELSE COALESCE({due_at}, 1200000000000000000 + at) END",
        },
        "",
    )
    yield from _of_timers(now)


def _of_timers(now: int) -> Iterator[tuple[str, dict[str, str], str]]:
    for place, measure in enumerate(("first_response", "resolution")):
        yield (
            "sla_timers",
            {
                "id": f"i * 100 + {30 + place}",
                "ticket_id": "i * 100",
                "measure": f"'{measure}'",
                "target": f"{_DAY}",
                "spent": "0",
                "running_since": "CASE WHEN is_live THEN at END",
                "due_at": f"{now} + {90 * _DAY}",
                "next_at": f"CASE WHEN is_live THEN {now} + {60 * _DAY} + i END",
                "stage": "0",
                "announced": "0",
                "stopped_at": "CASE WHEN is_live THEN NULL ELSE at END",
            },
            "",
        )


def _owner(many: int) -> str:
    """Bo has the newest live tickets, which are as many on every desk."""
    return (
        f"CASE WHEN is_live AND k <= {many // LIVE_OF - OF_BO} THEN 'web:agent' || (k % 97)"
        " WHEN NOT is_live AND i % 3 = 1 THEN 'web:cleo' ELSE 'web:bo' END"
    )


def _of_what_was_said() -> Iterator[tuple[str, dict[str, str], str]]:
    """Two conversations, three messages, six rows of the outbox and as many keys of events a ticket."""
    for place, side, channel in ((1, "requester", "help-it"), (2, "team", "team-it")):
        yield (
            "conversations",
            {
                "id": f"i * 100 + {place}",
                "ticket_id": "i * 100",
                "side": f"'{side}'",
                "platform": "'web'",
                "channel": f"'{channel}'",
                "root": f"'root{place}-' || i",
                "is_retired": "FALSE",
            },
            "",
        )
    for place, kind in ((11, "request"), (12, "reply"), (13, "note")):
        yield (
            "messages",
            {
                "id": f"i * 100 + {place}",
                "ticket_id": "i * 100",
                "kind": f"'{kind}'",
                "author": "'web:bo'",
                "author_name": "'Bo'",
                "text": "'Words of ' || i",
                "said_at": "at",
                "said_in": "i * 100 + 1",
                "platform_id": f"'said{place}-' || i",
                "platform_revision": "''",
                "revision": "1",
                "is_deleted": "FALSE",
                "files": "'[]'",
            },
            "",
        )
    yield from _of_what_was_shown()


def _of_what_was_shown() -> Iterator[tuple[str, dict[str, str], str]]:
    for place in range(6):
        kind = ("card", "acknowledgement", "copy", "copy", "notice", "notice")[place]
        yield (
            "outbox",
            {
                "conversation_id": f"i * 100 + {1 + (place + 1) % 2}",
                "kind": f"'{kind}'",
                "subject": "i * 100",
                "key": f"'{kind}:{place}:' || i",
                "payload": "'{}'",
                "is_root": "TRUE" if place == 0 else "FALSE",
                "is_urgent": "FALSE",
                "shown": "1",
                "parts": f"'[\"part{place}-' || i || '\"]'",
                "state": "'settled'",
                "created_at": "at",
            },
            "",
        )
        yield (
            "inbound_events",
            {"key": f"'web:help-it:{place}:' || i", "arrived_at": "at", "is_early": "FALSE"},
            "",
        )
    yield (
        "search_documents",
        {
            "id": "i * 100",
            "ticket_id": "i * 100",
            "is_internal": "FALSE",
            "weight": "4",
            "words": "'subject ' || (i % 1000)",
        },
        "",
    )


def _of_what_was_counted(many: int, now: int) -> Iterator[tuple[str, dict[str, str], str]]:
    for event in ("opened", "routed", "claimed", "replied", "resolved"):
        values = {
            "ticket_id": "i * 100", "event": f"'{event}'", "actor": "'web:bo'", "at": "at", "details": "'{}'"
        }  # fmt: skip
        yield "audit_log", values, ""
    for line, kind in enumerate(("answered", "resolved")):
        yield (
            "ticket_facts",
            {
                "ticket_id": "i * 100",
                "line": f"{line}",
                "kind": f"'{kind}'",
                "at": "at",
                "team": "CASE i % 3 WHEN 0 THEN 'it' WHEN 1 THEN 'network' ELSE 'people' END",
                "agent": "'web:bo'",
                "opened_at": "at",
                "since": "at",
                "took": "60000000",
                "worked": "60000000",
                "replies": "1",
                "repliers": "1",
                "is_first": "TRUE",
            },
            "WHERE NOT is_live",
        )
    compared = {"ticket_id": "i * 100", "found": "'[]'", "is_routine": "FALSE", "compared_at": "at"}
    yield "similar_requests", compared, ""
    yield (
        "surveys",
        {
            "id": "i * 100 + 40",
            "ticket_id": "i * 100",
            "team": "CASE i % 3 WHEN 0 THEN 'it' WHEN 1 THEN 'network' ELSE 'people' END",
            "requester": "'web:person' || (i % 5000)",
            "agent": "'web:bo'",
            "resolved_at": "at",
            "scale": "'thumbs'",
            "is_anonymous": "FALSE",
            "asked_at": "at",
            "score": "1",
            "comment": "''",
            "rated_at": "at",
            "is_told": "TRUE",
            "is_superseded": "FALSE",
        },
        "WHERE NOT is_live AND i % 2 = 1",
    )
    yield from _of_what_was_looked_up()
    yield from _of_plans(many, now)


def _of_what_was_looked_up() -> Iterator[tuple[str, dict[str, str], str]]:
    """One article for each thousand requests, and a field with ten tickets a value."""
    passage = '[{"article": "vpn", "title": "VPN", "text": ""}]'
    offer = {
        "id": "i * 100 + 70", "person": "'web:person' || (i % 5000)", "mode": "'beside'",
        "state": "CASE i % 3 WHEN 0 THEN 'solved' WHEN 1 THEN 'asked' ELSE 'silent' END", "at": "at",
        "ticket_id": "i * 100", "team": "'it'", "channel": "'web:help-it'", "source": "''",
        "shown": f"CASE i % 3 WHEN 2 THEN '[]' ELSE '{passage}' END", "request": "'{}'",
    }  # fmt: skip
    yield "article_offers", offer, ""
    article = {"article": "'vpn' || (i % 999)", "offer_id": "i * 100 + 70", "ticket_id": "i * 100"}
    yield "shown_articles", article, "WHERE i % 3 <> 2"
    tag = "'T' || (i / 10)"
    field = {
        "ticket_id": "i * 100",
        "name": "'asset_tag'",
        "place": "0",
        "value": tag,
        "folded": f"lower({tag})",
    }
    yield "ticket_fields", field, ""


def _of_plans(many: int, now: int) -> Iterator[tuple[str, dict[str, str], str]]:
    yield (
        "nudge_plans",
        {
            "ticket_id": "i * 100",
            "kind": "CASE WHEN k % 10 = 5 THEN 'pending' ELSE 'claim' END",
            "person": _owner(many),
            "state": "'running'",
            "began_at": "at",
            "steps": "0",
            "is_extended": "FALSE",
            "next_at": f"{now} + {60 * _DAY}",
        },
        "WHERE is_live AND (k % 4 <> 0 OR k % 10 = 5)",
    )
    entry = {
        "id": "i * 100 + 50", "ticket_id": "i * 100", "team": "'it'", "agent": "'web:bo'", "day": "'2020-01-01'",
        "minutes": "15", "text": "''", "added_at": "at", "is_removed": "FALSE",
    }  # fmt: skip
    yield "time_entries", entry, "WHERE i % 10 = 1"
    reminder = {
        "id": "i * 100 + 60", "ticket_id": "i * 100", "person": "'web:agent' || (i % 97)",
        "author": "'web:agent' || (i % 97)", "words": "''", "set_at": "at", "due_at": "at", "told_at": "at",
        "ended_at": "at",
    }  # fmt: skip
    yield "reminders", reminder, f"WHERE i % 10 = 2 AND at > {now} - {30 * _DAY}"

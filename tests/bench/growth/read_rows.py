"""How much of the database a statement reads, as the database itself tells: what was asked of a grown desk."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

import psycopg

GROWING: Final = frozenset(
    {
        "article_offers",
        "audit_log",
        "conversations",
        "escalations",
        "inbound_events",
        "message_revisions",
        "messages",
        "notices",
        "outbox",
        "reminders",
        "search_documents",
        "shown_articles",
        "similar_requests",
        "sla_timers",
        "surveys",
        "ticket_facts",
        "ticket_fields",
        "tickets",
        "time_entries",
    }
)
"""Tables that have rows of all that ever was; there are no more people than work there."""
_EACH: Final = 100
_STEPS_A_ROW: Final = 12
"""Instructions of SQLite's machine that a row read from an index and compared takes at least."""


def whole_tables_in_sqlite(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, Any]
) -> list[str]:
    """What the plan reads from end to end without an index."""
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", dict(parameters)).fetchall()
    names = _named(sql)
    scanned = (re.fullmatch(r"SCAN (\w+)", str(row[3])) for row in plan)
    return [each[0] for each in scanned if each is not None and names.get(each[1]) in GROWING]


def rows_read_in_sqlite(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, Any], *, most: int
) -> int:
    """About so many, told by how long SQLite's machine works; no more than about one above `most` are read."""
    steps = 0

    def step() -> bool:
        nonlocal steps
        steps += _EACH
        return steps > most * _STEPS_A_ROW

    connection.execute("BEGIN")
    connection.set_progress_handler(step, _EACH)
    try:
        connection.execute(sql, dict(parameters)).fetchall()
    except sqlite3.IntegrityError:
        pass  # it was done before, and reads no less
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute("ROLLBACK")
    return steps // _STEPS_A_ROW


def _named(sql: str) -> dict[str, str]:
    """The growing tables, by the names that the statement gives them."""
    aliases = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", sql) if table in GROWING}
    return {table: table for table in GROWING} | aliases


def rows_read_in_postgres(
    server: "psycopg.Connection[Any]", sql: str, parameters: Mapping[str, Any]
) -> tuple[list[str], int]:
    """Which growing tables were read from end to end, and how many of such tables' rows were read in all."""
    explain = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)"
    try:
        with server.transaction(force_rollback=True):
            found = server.execute(f"{explain} {sql}".encode(), parameters).fetchone()
    except psycopg.errors.IntegrityError:
        return [], 0  # it was done before
    assert found is not None
    told = found[0] if isinstance(found[0], list) else json.loads(found[0])
    nodes = [each for each in _nodes(told[0]["Plan"]) if each.get("Relation Name") in GROWING]
    whole = [
        f"{each['Node Type']} on {each['Relation Name']}" for each in nodes if each["Node Type"] == "Seq Scan"
    ]
    return whole, sum(_rows_of(each) for each in nodes)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _rows_of(node: dict[str, Any]) -> int:
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + dropped) * node["Actual Loops"])

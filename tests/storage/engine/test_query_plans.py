"""The loops' questions go through their small indexes, however many rows are settled and timers far off."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

from bot.ports.storage.tickets import TicketFilter
from storage.engine.postgres import DIALECT
from storage.engine.sqlite import open_sqlite
from storage.engine.statements import StatementBook
from storage.repositories import outbox_statements, sla_timers, tickets
from storage.repositories.nudges import nudge_plans
from storage.repositories.queues.ticket_filters import in_queue_order
from tests.bench.storage_loops import fill
from tests.storage.sample_rows import NOW

PARAMETERS = {"after": 1, "at_most": 50, "now": 1, "teams": '["it"]', "the_team": "it", "urgent": False}
QUESTIONS = [
    pytest.param(outbox_statements.CLAIMABLE, "ix_outbox_due", id="claim"),
    pytest.param(outbox_statements.RESCUE, "ix_outbox_", id="rescue"),
    pytest.param(outbox_statements.OLDEST_UNSHOWN, "ix_outbox_due", id="health"),
    pytest.param(outbox_statements.ANY_UNSETTLED, "ix_outbox_", id="quiet"),
    pytest.param(sla_timers.LOCK_DUE, "ix_sla_timers_next_at", id="sla tick"),
    pytest.param(
        in_queue_order(TicketFilter(teams=frozenset({"it"}), due_before=NOW), limit=500),
        "ix_tickets_queue",
        id="what is overdue on a board",
    ),
    pytest.param(
        in_queue_order(TicketFilter(teams=frozenset({"it"}), is_warned=True, due_after=NOW), limit=500),
        "ix_tickets_warned",
        id="what is at risk on a board",
    ),
    pytest.param(nudge_plans.DUE, "ix_nudge_plans_next_at", id="nudges"),
    pytest.param(tickets.SNOOZE_OVER, "ix_tickets_snoozed_until", id="snoozes"),
    pytest.param(
        in_queue_order(TicketFilter(teams=frozenset({"it"})), limit=20),
        "ix_tickets_queue",
        id="queue",
    ),
    pytest.param(
        in_queue_order(TicketFilter(teams=frozenset({"it", "hr"})), limit=20, offset=40),
        "ix_tickets_queue",
        id="queue of several teams",
    ),
]
QUEUES, LIVE = "ix_tickets_queue", "ix_tickets_live_place"
"""Both have the order of queues; with one team alone, PostgreSQL takes either."""
QUEUE = in_queue_order(TicketFilter(teams=frozenset({"it"})), limit=20, offset=40)
"""A page that is read along the index needs no sorting, however long the queue is."""


@pytest.mark.parametrize(("question", "index"), QUESTIONS)
def test_sqlite_finds_what_is_due_through_the_index(
    sqlite_url: str, question: ClauseElement, index: str
) -> None:
    fill(sqlite_url, many=2000)
    ready = StatementBook(sqlite_dialect()).compile(question)
    with closing(open_sqlite(Path(sqlite_url.removeprefix("sqlite:///")))) as connection:
        plan = [row[3] for row in explain(connection, ready.sql, {**ready.fixed, **PARAMETERS})]

    assert any(index in line for line in plan), plan
    whole = {f"SCAN {table}" for table in ("outbox", "sla_timers", "tickets")}
    assert whole.isdisjoint(plan)


@pytest.mark.parametrize(("question", "index"), QUESTIONS)
def test_postgres_finds_what_is_due_through_the_index(
    postgres_url: str, question: ClauseElement, index: str
) -> None:
    fill(postgres_url, many=2000)
    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(question)
    with psycopg.connect(postgres_url) as connection:
        rows = connection.execute(f"EXPLAIN {ready.sql}", {**ready.fixed, **PARAMETERS}).fetchall()
    plan = "\n".join(row[0] for row in rows)

    assert index in plan or (index == QUEUES and LIVE in plan), plan
    assert "Seq Scan on outbox" not in plan
    assert "Seq Scan on sla_timers" not in plan


def test_a_page_of_a_teams_queue_is_read_in_order_without_sorting_it_all(
    sqlite_url: str, postgres_url: str
) -> None:
    for url in (sqlite_url, postgres_url):
        fill(url, many=2000)
    ready = StatementBook(sqlite_dialect()).compile(QUEUE)
    with closing(open_sqlite(Path(sqlite_url.removeprefix("sqlite:///")))) as connection:
        plan = "\n".join(row[3] for row in explain(connection, ready.sql, ready.fixed))
    assert "ix_tickets_queue" in plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan

    ready = StatementBook(DIALECT(paramstyle="pyformat")).compile(QUEUE)
    with psycopg.connect(postgres_url) as server:
        plan = "\n".join(row[0] for row in server.execute(f"EXPLAIN {ready.sql}", ready.fixed).fetchall())
    assert QUEUES in plan or LIVE in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan


def sqlite_dialect() -> Dialect:
    return sqlite.dialect(paramstyle="named")


def explain(
    connection: sqlite3.Connection, sql: str, parameters: dict[str, object]
) -> list[tuple[int, int, int, str]]:
    return connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()

"""How long the loops look for something to do among very many rows that need nothing.

`fill` writes rows with the database's own means; the questions are asked through the storage as the SLA
clock and the delivery loop ask them.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg

from bot.ports.unit_of_work import UnitOfWork
from storage import open_storage
from tests.storage.sample_rows import NOW

COUNTED = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {many})"
TICKETS = """
INSERT INTO tickets (id, prefix, subject, team, requester, priority, status, tags, origin_platform,
    origin_channel, is_private, language, why_here, sla_stage, opened_at, updated_at, version,
    due_at, queue_place)
{counted} SELECT n, 'IT', 'filled', 'it', 'web:person' || n, 'normal', 'open', '[]', 'web',
    'help-it', false, 'en', '', 0, 0, 0, 1, {later} + n, {later} + n FROM counted
"""
TIMERS = """
INSERT INTO sla_timers (id, ticket_id, measure, target, spent, running_since, due_at, next_at, stage, announced)
{counted} SELECT n, n, 'resolution', 1, 0, 0, {later} + n, {later} + n, 0, 0 FROM counted
"""
PLANS = """
INSERT INTO nudge_plans (ticket_id, kind, person, state, began_at, steps, is_extended, next_at)
{counted} SELECT n, 'pending', '', 'running', 0, 0, false, {later} + n FROM counted
"""
CONVERSATIONS = """
INSERT INTO conversations (id, ticket_id, side, platform, channel, root, is_retired)
{counted} SELECT n, n, 'team', 'web', 'team-it', 'r', false FROM counted
"""
SETTLED = """
INSERT INTO outbox (conversation_id, kind, subject, key, payload, is_root, is_urgent, shown, state, created_at)
{counted} SELECT n, 'card', n, 'filled ' || n, '{{}}', true, false, 1, 'settled', 0 FROM counted
"""
REPEATS = 20


def fill(url: str, *, many: int) -> None:
    """This many open tickets, each with a running timer and a nudge that are not due, and a card that is settled."""
    later = int((NOW + timedelta(days=1)).timestamp() * 1_000_000)
    with _connected(url) as connection:
        for statement in (TICKETS, TIMERS, PLANS, CONVERSATIONS, SETTLED):
            connection.execute(statement.format(counted=COUNTED.format(many=many), later=later))
        connection.commit()
        if not isinstance(connection, sqlite3.Connection):
            connection.autocommit = True
        connection.execute("ANALYZE")


async def sla_tick_seconds(url: str) -> float:
    """The median time of a tick that finds nothing due."""
    return await _median(url, lambda uow: uow.sla_timers.lock_due_tickets(NOW, limit=50))


async def claim_seconds(url: str) -> float:
    """The median time of a claim that finds nothing due."""
    return await _median(url, lambda uow: uow.outbox.claim(limit=50, lease=timedelta(seconds=30)))


async def _median(url: str, work: Callable[[UnitOfWork], object]) -> float:
    storage = open_storage(url)
    times = []
    try:
        for _ in range(REPEATS):
            started = time.perf_counter()
            found = await storage.run(work)
            times.append(time.perf_counter() - started)
            assert not found
    finally:
        await storage.close()
    return sorted(times)[REPEATS // 2]


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    path = url.removeprefix("sqlite:///")
    connection: Any = psycopg.connect(url) if path == url else sqlite3.connect(path)
    with closing(connection):
        yield connection

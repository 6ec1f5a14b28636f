"""Ten thousand promises that break in the same instant, and three replicas that tick: how long until all are told of.

Afterwards it is counted that every promise broke once and is told once, in as few messages as there can be.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_configuration
from bot.services.context.context import ContextFactory
from bot.workers.sla_clock import SlaClock
from storage import open_storage
from tests.bench.databases import Place, postgres_server
from tests.bench.desk import take_all, the_desk
from tests.bench.figures import Figure, Raw
from tests.bench.raw_limits import postgres_transactions
from tests.bench.requests import messages

COUNT = 10_000
REPLICAS = 3
GOAL_S = 10.0
DESK = """\
desk: {name: Help desk, sla_policy: standard}
inboxes:
  help-it: {channel: web:help-it}
teams:
  it:
    channel: web:team-it
    escalation_channel: web:escalations
    agents: [web:bo]
    leads: [web:lee]
routing: {default_team: it}
sla_policies:
  standard: {first_response: 1h, escalation: tell}
escalation_policies:
  tell:
    - at: 100%
      notify: [escalation_channel, leads]
      steps: [{after: 10m, mention: leads}]
"""
LONG_AFTER = timedelta(days=1)


class FixedClock:
    """Desk time that stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def measure(folder: Path) -> Iterator[Figure]:
    config = folder / "desk.yaml"
    config.write_text(DESK, encoding="utf-8")
    with postgres_server() as server:
        raw = postgres_transactions(server.empty("raw"), clients=REPLICAS, count=COUNT // 5)
        place = server.place()
        asyncio.run(open_tickets(place, folder, config, COUNT))
        seconds = _tick_at_once(place, config)
        told = must_have_told_all(place, COUNT)
        yield Figure(
            what=f"{COUNT:,} promises that break at once, until {REPLICAS} replicas have told of all",
            value=seconds,
            unit="s",
            goal=GOAL_S,
            raw=Raw(value=COUNT / raw, what="as many transactions of four rows, psycopg alone"),
            settings=f"{place.settings}; one channel, told in {told}",
        )


async def open_tickets(place: Place, folder: Path, config: Path, count: int) -> None:
    async with the_desk(place, folder, config=config) as desk:
        await take_all(desk.intake, messages(count), at_once=64)
        await desk.must_have_tickets(count)
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _tick_at_once(place: Place, config: Path) -> float:
    """Processes that are ready begin together; returns when the last one has found nothing left."""
    context = multiprocessing.get_context("spawn")
    at = datetime.now(UTC) + LONG_AFTER
    pipes, processes = [], []
    for _ in range(REPLICAS):
        here, there = context.Pipe()
        process = context.Process(target=replica, args=(place.url, config, at, there))
        process.start()
        pipes.append(here)
        processes.append(process)
    for pipe in pipes:
        pipe.recv()
    start = time.perf_counter()
    for pipe in pipes:
        pipe.send("go")
    for pipe in pipes:
        pipe.recv()
    seconds = time.perf_counter() - start
    for process in processes:
        process.join()
    return seconds


def replica(url: str, config: Path, at: datetime, report: Connection) -> None:
    """A process that ticks when it is told to go, until nothing is left for it; it says ready and done."""

    async def context() -> None:
        desk = load_configuration(config, KNOWN_PLATFORMS).desk
        storage = open_storage(url)
        clock = SlaClock(storage=storage, contexts=ContextFactory(desk=lambda: desk, clock=FixedClock(at)))
        await storage.read(lambda uow: uow.tickets.count_by_status())
        report.send("ready")
        report.recv()
        while await clock.tick():  # what another replica holds is passed over, and left to it
            pass
        report.send("done")
        await storage.close()

    asyncio.run(context())


def must_have_told_all(place: Place, count: int) -> str:
    """Raises AssertionError unless every promise broke once and is told of once; returns in how many messages."""
    with psycopg.connect(place.url) as connection:
        broken = connection.execute(_BROKEN).fetchone()
        told = connection.execute(_TOLD).fetchone()
    assert broken is not None
    assert told is not None
    counted = {"broken": broken[0], "tickets": broken[1], "told": told[0]}
    if set(counted.values()) != {count}:
        raise AssertionError(f"each of {count} promises should have broken and been told once: {counted}")
    return f"{told[1]} message{'s' if told[1] > 1 else ''}"


_BROKEN = "SELECT count(*), count(DISTINCT ticket_id) FROM audit_log WHERE event = 'SlaStageReached'"
_TOLD = (
    "SELECT (SELECT count(*) FROM escalations WHERE json_array_length(told::json) = 1),"
    " (SELECT count(*) FROM outbox WHERE kind = 'ping')"
)
"""A message remembers the first of its alerts; each escalation, by which messages it was told."""

"""Intake while a lead's figures are read over and over: messages come at their pace, whatever the desk is doing.

How long each takes to its commit is counted from when it came, so that one that waits for a late one before it is
late too.
"""

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

from bot.intake.intake import DeskIntake
from bot.messages.inbound import InboundEvent
from bot.ports.storage.reports import ReportQuery
from bot.services.figures.figures import read_figures
from storage.store import DeskStorage
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.desk import DESK, take_all, the_desk
from tests.bench.engine.figures_many import MONTH, TICKETS, fill
from tests.bench.engine.tickets import AT_ONCE, WARM_UP
from tests.bench.figures import Figure, Raw
from tests.bench.requests import messages
from tests.storage.sample_rows import NOW

A_SECOND = 50
COUNT = 200
"""Messages of a turn."""
TURNS = 5
"""With and without, so that what else the machine does meanwhile is in both."""


def measure(folder: Path) -> Iterator[Figure]:
    yield from _figures(sqlite_place(folder), folder)
    with postgres_server() as server:
        yield from _figures(server.place(), folder)


def _figures(place: Place, folder: Path) -> Iterator[Figure]:
    fill(place.url, tickets=TICKETS)
    alone, beside, read = asyncio.run(_measured(place, folder))
    for percent in (50, 95):
        raw = Raw(value=_percentile(alone, percent), what="the same while nobody asks")
        yield Figure(
            what=f"a message to its commit while figures are read on {place.name}, p{percent}",
            value=_percentile(beside, percent),
            unit="ms",
            raw=raw,
            settings=f"{place.settings}; {A_SECOND} messages a second, {TURNS * COUNT:,} of them, {DESK.name};"
            f" a month's figures among {TICKETS:,} tickets, read {read} times meanwhile",
        )


async def _measured(place: Place, folder: Path) -> tuple[list[float], list[float], int]:
    """Milliseconds without and with somebody who asks, and how often they were answered."""
    async with the_desk(place, folder) as desk:
        await take_all(desk.intake, messages(WARM_UP), at_once=AT_ONCE)
        alone: list[float] = []
        beside: list[float] = []
        read = 0
        for turn in range(TURNS):
            first = WARM_UP + 2 * turn * COUNT
            alone += await _taken(desk.intake, messages(COUNT, seed=6 + turn, first=first))
            async with _asking(desk.storage) as answered:
                beside += await _taken(desk.intake, messages(COUNT, seed=16 + turn, first=first + COUNT))
            read += len(answered)
        return alone, beside, read


async def _taken(intake: DeskIntake, events: Iterable[InboundEvent]) -> list[float]:
    start = time.perf_counter()

    async def take(event: InboundEvent, *, place: int) -> float:
        came = start + place / A_SECOND
        await asyncio.sleep(came - time.perf_counter())
        await intake.take(event)
        return (time.perf_counter() - came) * 1_000

    return await asyncio.gather(*(take(each, place=place) for place, each in enumerate(events)))


@contextlib.asynccontextmanager
async def _asking(storage: DeskStorage) -> AsyncIterator[list[int]]:
    """Somebody who asks again as soon as they have an answer; yields what was found, an entry each time."""
    asked = ReportQuery(since=NOW - MONTH, until=NOW, now=NOW)
    answered: list[int] = []

    async def ask() -> None:
        while True:
            found = await storage.read(lambda uow: read_figures(uow, asked))
            answered.append(found.now.counts.resolved)

    asking = asyncio.create_task(ask())
    try:
        yield answered
    finally:
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]

"""What a ticket costs beside the least that Slack takes: a Bolt app that makes the same two calls and stores nothing.

Slack and each app are processes of their own, and take turns in one run; figures are medians of the turns. What
PostgreSQL's server itself costs is in the tickets a second, and not in the processor time.
"""

import asyncio
import os
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Better, Figure, Raw
from tests.bench.platforms.apart.bolt_side import bolt_side
from tests.bench.platforms.apart.child import Child, apart
from tests.bench.platforms.apart.desk_side import desk_side
from tests.bench.platforms.apart.slack_side import Burst, Told, slack_side
from tests.bench.platforms.slack_rush import percentile

BARE: Final = "a bare Bolt app"
TURNS = 5
WARM_UP = 100
COUNT = 200
AT_ONCE = 16
PER_SECOND = 50
RUSH = 300
TICKETS_GOALS: Final = {"SQLite": 0.9, "PostgreSQL": 0.8}
CPU_GOAL: Final = 1.4
MEDIAN_GOAL: Final = 2.0
SLOWEST_GOAL_MS: Final = 100.0


@dataclass(slots=True)
class Turns:
    """An app's figures, one a turn."""

    rates: list[float] = field(default_factory=list)
    cpus_ms: list[float] = field(default_factory=list)
    medians_ms: list[float] = field(default_factory=list)
    slowest_ms: list[float] = field(default_factory=list)

    def add_burst(self, burst: Burst, *, cpu_s: float) -> None:
        self.rates.append(burst.count / burst.seconds)
        self.cpus_ms.append(cpu_s / burst.count * 1_000)

    def add_rush(self, rush: Burst) -> None:
        self.medians_ms.append(statistics.median(rush.acknowledgements))
        self.slowest_ms.append(percentile(rush.acknowledgements, 99))


def measure(folder: Path) -> Iterator[Figure]:
    with postgres_server() as server:
        places = (sqlite_place(folder), server.place())
        found = asyncio.run(in_turns(folder, places))
        for place in places:
            yield from _figures(place, found[place.name], found[BARE])


async def in_turns(folder: Path, places: tuple[Place, ...], *, turns: int = TURNS) -> dict[str, Turns]:
    """The bare app and a desk on each database, one after the other, again and again."""
    found = {name: Turns() for name in (BARE, *(place.name for place in places))}
    async with pairs(folder, places) as apps:
        for _ in range(turns):
            for name, (slack, app) in apps.items():
                before = await app.ask("cpu_s")
                burst = await slack.ask("burst", count=COUNT, at_once=AT_ONCE)
                found[name].add_burst(burst, cpu_s=await app.ask("cpu_s") - before)
        for _ in range(turns):
            for name, (slack, _app) in apps.items():
                found[name].add_rush(await slack.ask("rush", count=RUSH, per_second=PER_SECOND))
        for place in places:
            asked = turns * (COUNT + RUSH) + WARM_UP
            made = await apps[place.name][1].ask("tickets")
            if made != asked:
                raise AssertionError(f"{asked} requests made {made} tickets on {place.name}")
    return found


@asynccontextmanager
async def pairs(folder: Path, places: tuple[Place, ...]) -> AsyncIterator[dict[str, tuple[Child, Child]]]:
    """Each app with a Slack of its own, warm: everybody has been heard of."""
    async with apart(slack_side) as slack, bare(slack) as app:
        found = {BARE: (slack, app)}
        async with (
            apart(slack_side) as first,
            desk(first, folder / "first", places[0]) as one,
            apart(slack_side) as second,
            desk(second, folder / "second", places[1]) as other,
        ):
            yield found | {places[0].name: (first, one), places[1].name: (second, other)}


@asynccontextmanager
async def bare(slack: Child) -> AsyncIterator[Child]:
    told: Told = await slack.ask("open")
    async with apart(bolt_side, told) as app:
        await _warmed(slack, app)
        yield app


@asynccontextmanager
async def desk(slack: Child, folder: Path, place: Place) -> AsyncIterator[Child]:
    told: Told = await slack.ask("open")
    async with apart(desk_side, told, folder, place.url) as app:
        await _warmed(slack, app)
        yield app


async def _warmed(slack: Child, app: Child) -> None:
    await slack.ask("send_to", address=await app.ask("where"))
    await slack.ask("burst", count=WARM_UP, at_once=AT_ONCE)


def _figures(place: Place, turns: Turns, bare: Turns) -> Iterator[Figure]:
    settings = (
        f"{place.settings}; medians of {len(turns.rates)} turns, load {os.getloadavg()[0]:.1f}; {COUNT} requests a "
        f"turn, {AT_ONCE} unanswered at once; Slack and each app in processes of their own"
    )
    rate = statistics.median(bare.rates)
    yield Figure(
        what=f"tickets in Slack, on {place.name}",
        value=statistics.median(turns.rates),
        unit="/s",
        better=Better.HIGHER,
        goal=rate * TICKETS_GOALS[place.name],
        raw=Raw(value=rate, what=BARE),
        settings=settings,
    )
    cpu = statistics.median(bare.cpus_ms)
    yield Figure(
        what=f"processor time for a ticket in Slack, on {place.name}",
        value=statistics.median(turns.cpus_ms),
        unit="ms",
        goal=cpu * CPU_GOAL,
        raw=Raw(value=cpu, what=BARE),
        settings=settings,
    )
    median, slowest = statistics.median(bare.medians_ms), statistics.median(bare.slowest_ms)
    settings = (
        f"{place.settings}; {RUSH} requests a turn, {PER_SECOND} a second; acknowledged after the commit"
    )
    yield Figure(
        what=f"an acknowledgement, half of them within, on {place.name}",
        value=statistics.median(turns.medians_ms),
        unit="ms",
        goal=median * MEDIAN_GOAL,
        raw=Raw(value=median, what=f"{BARE}, which acknowledges first"),
        settings=settings,
    )
    yield Figure(
        what=f"an acknowledgement, 99 of 100 within, on {place.name}",
        value=statistics.median(turns.slowest_ms),
        unit="ms",
        goal=SLOWEST_GOAL_MS,
        raw=Raw(value=slowest, what=f"{BARE}, which acknowledges first"),
        settings=settings,
    )

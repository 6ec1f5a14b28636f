"""Fifty interactions a second for half a minute with a busy database: how soon each is answered or put off.

Discord waits three seconds; the desk means to answer within one. Discord, the desk and whoever measures share one
process, so the figures are higher than a desk's own would be.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.ports.unit_of_work import UnitOfWork
from storage import migrate
from tests.adapters.discord.office import DESK, Office, open_office
from tests.bench.figures import Figure
from tests.fakes.discord.people.hands import Shown

PER_SECOND = 50
ASKERS = 100
RUSH_S = 30.0
GOAL_MS = 1_000.0
BUSY_S = 0.004
"""How long each of the transactions that compete for the writer holds it."""


@dataclass(slots=True)
class Rush:
    """Milliseconds from the interaction to its first answer; how many were put off, and what went wrong."""

    answers: list[float] = field(default_factory=list)
    put_off: int = 0
    problems: list[str] = field(default_factory=list)


def measure(folder: Path) -> Iterator[Figure]:
    rush = asyncio.run(_rush(folder))
    if rush.problems:
        raise AssertionError(f"{len(rush.problems)} interactions failed, the first with: {rush.problems[0]}")
    settings = (
        f"SQLite, WAL, synchronous=FULL, its writer held half of the time by others; {PER_SECOND} interactions a "
        f"second for {RUSH_S:g} s (commands that write, commands that read, buttons that open forms), all in one "
        f"process; {rush.put_off} of {len(rush.answers):,} were put off"
    )
    for name, place, goal in (("half of them", 50, None), ("99 of 100", 99, GOAL_MS)):
        yield Figure(
            what=f"an interaction answered or put off, {name} within",
            value=statistics.quantiles(rush.answers, n=100)[place - 1],
            unit="ms",
            goal=goal,
            settings=settings,
        )


async def _rush(folder: Path) -> Rush:
    template = folder / "template.db"
    migrate(f"sqlite:///{template}")
    rush = Rush()
    async with open_office(folder, template, desk=DESK, scale=0.01, deadline_scale=1.0) as office:
        people = [office.discord.person(f"asker{number}") for number in range(ASKERS)]
        await office.ana.says("help", "My VPN is dead")
        await office.settle()
        card = office.card("IT-1")
        competing = asyncio.create_task(_compete(office))
        asking: list[asyncio.Task[None]] = []
        start = time.perf_counter()
        for number in range(int(RUSH_S * PER_SECOND)):
            who = people[number % ASKERS]
            match number % 3:
                case 0:
                    work = who.types_command(
                        "/ticket open", "help", text=f"Keyboard number {number} is broken"
                    )
                case 1:
                    work = office.bo.presses(card, "Reply")
                case _:
                    work = who.types_command("/ticket list", "help")
            asking.append(asyncio.create_task(_timed(work, rush)))
            await asyncio.sleep(max(0.0, start + (number + 1) / PER_SECOND - time.perf_counter()))
        await asyncio.gather(*asking)
        competing.cancel()
    return rush


async def _timed(work: Awaitable[Shown], rush: Rush) -> None:
    start = time.perf_counter()
    shown = await work
    rush.answers.append((time.perf_counter() - start) * 1_000)
    rush.put_off += shown.is_loading
    if shown.problem:
        rush.problems.append(str(shown.problem))


async def _compete(office: Office) -> None:
    """Others who write, half of the time."""

    def hold(uow: UnitOfWork) -> None:
        uow.watermarks.hold("bench", at=office.clock.now())
        time.sleep(BUSY_S)

    while True:
        await office.desk.storage.run(hold)
        await asyncio.sleep(BUSY_S)

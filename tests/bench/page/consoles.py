"""Two hundred agents with their consoles open while twenty tickets a second change: when each of them shows it.

A console does what its scripts do: it hears which tickets changed, with their rows. From the answer to whoever
changed a ticket to the row is what is measured. A change is a command, which is answered once its transaction is
committed: how long that takes is the intake's speed. As many requesters look at their own requests meanwhile, each
once in ten seconds. The browsers' own work is on the same processors.
"""

import asyncio
import json
import math
import re
import resource
import statistics
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from adapters.web.visitor import Visitor
from bot.demo import DESK_FILE
from tests.bench.figures import Figure, Raw
from tests.bench.page.running_desk import TOKEN, RunningDesk, the_running_desk

TICKETS = 100
CONSOLES = 200
"""Of as many agents, half of them of the team whose tickets change and half of one that sees them and no notes."""
REQUESTERS = 200
LOOKS_EVERY_S = 10.0
AGENT = "bo"
A_SECOND = 20
SECONDS = 20
INBOX = "help-it"
TEAM_CHANNEL = "team-it"
GOAL_S = 1.0
MOST_SLOWED = 1.1
AFTERWARDS_S = 5.0


@dataclass(slots=True)
class _Console:
    """For each ticket, the moments at which it was shown anew."""

    shown: dict[str, list[float]] = field(default_factory=dict)

    def delay(self, reference: str, changed: float) -> float:
        """Infinite for what it never showed."""
        moments = self.shown.get(reference, [])
        place = bisect_left(moments, changed)
        return moments[place] - changed if place < len(moments) else math.inf


@dataclass(slots=True)
class _Changes:
    answered: list[float] = field(default_factory=list)
    """Seconds that whoever changed something waited."""
    made: list[tuple[str, float]] = field(default_factory=list)
    """Which ticket, and when its change was answered."""
    cpu_s: float = 0.0


def measure(folder: Path) -> Iterator[Figure]:
    agents = [f"agent{number}" for number in range(CONSOLES)]
    askers = [f"asker{number}" for number in range(REQUESTERS)]
    config = folder / "desk.yaml"
    config.write_text(_office(DESK_FILE.read_text(encoding="utf-8"), agents, askers), encoding="utf-8")
    with the_running_desk(folder, config=config) as desk:
        sessions = desk.sessions([f"web:{each}" for each in (*agents, *askers)])
        yield from asyncio.run(_measured(desk, sessions[:CONSOLES], sessions[CONSOLES:], askers))


def _office(text: str, agents: Sequence[str], askers: Sequence[str]) -> str:
    """The demo's, with many more people."""
    half = len(agents) // 2
    of_it, of_network = (", ".join(f"web:{each}" for each in of) for of in (agents[:half], agents[half:]))
    people = "".join(
        f"    - {{id: {each}, name: {each.title()} Kay, role: {role}, email: {each}@example.com}}\n"
        for role, of in (("agent", agents), ("employee", askers))
        for each in of
    )
    place = "    - {id: ana,"
    return (
        text.replace("agents: [web:bo, web:cleo]", f"agents: [web:bo, web:cleo, {of_it}]")
        .replace("agents: [web:cleo]", f"agents: [web:cleo, {of_network}]")
        .replace("knowledge: {folder: articles}\n", "")
        .replace(place, people + place)
    )


async def _measured(
    desk: RunningDesk,
    agents: Sequence[Mapping[str, str]],
    askers: Sequence[Mapping[str, str]],
    names: Sequence[str],
) -> Sequence[Figure]:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    async with Visitor(desk.url, token=TOKEN) as people, AsyncExitStack() as opened:
        told = [f"The screen in room {n} flickers" for n in range(TICKETS)]
        for number, text in enumerate(told):
            await people.say(names[number], INBOX, text)
        browsers = [
            await opened.enter_async_context(aiohttp.ClientSession(desk.url, cookies=each))
            for each in (*agents, *askers)
        ]
        before_mib = desk.resident_mib()
        alone = await _change(people, desk)
        consoles = [_Console() for _ in agents]
        page = await _page(browsers[0])
        tasks = [
            asyncio.create_task(_look(browser, page, each))
            for browser, each in zip(browsers, consoles, strict=False)
        ]
        await asyncio.sleep(AFTERWARDS_S)
        beside = await _change(people, desk)
        await asyncio.sleep(AFTERWARDS_S)
        after_mib = desk.resident_mib()
        waited: list[float] = []
        tasks += [
            asyncio.create_task(_look_at_own(each, number, waited))
            for number, each in enumerate(browsers[len(agents) :])
        ]
        with_portals = await _change(people, desk)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        failed = [each for each in ended if not isinstance(each, asyncio.CancelledError)]
        assert not failed, f"{len(failed)} browsers ended before their time: {failed[0]!r}"
    delays = sorted(console.delay(*change) for console in consoles for change in beside.made)
    return [
        *_figures(delays, alone, beside, before_mib=before_mib, after_mib=after_mib),
        *_figures_of_portals(sorted(waited), beside, with_portals),
    ]


def _figures(
    delays: Sequence[float], alone: _Changes, beside: _Changes, *, before_mib: float, after_mib: float
) -> Sequence[Figure]:
    settings = (
        f"{CONSOLES} consoles of as many agents, {TICKETS} tickets each, "
        f"{A_SECOND} changes by command a second, {SECONDS} s, SQLite, HTTP on loopback"
    )
    slowed = Raw(value=statistics.median(alone.answered) * 1000, what="with no console open")
    return [
        Figure(
            what="until a console shows a change, 95 of 100 within",
            value=delays[int(len(delays) * 0.95)],
            unit="s",
            goal=GOAL_S,
            settings=settings,
        ),
        Figure(
            what="the same, half of them within",
            value=delays[len(delays) // 2],
            unit="s",
            settings=settings,
        ),
        Figure(
            what="a change is answered, half of them within",
            value=statistics.median(beside.answered) * 1000,
            unit="ms",
            goal=slowed.value * MOST_SLOWED,
            raw=slowed,
            settings=settings,
        ),
        Figure(
            what="processor time of the desk, a second",
            value=beside.cpu_s / SECONDS,
            unit="s",
            raw=Raw(value=alone.cpu_s / SECONDS, what="with no console open"),
            settings=settings,
        ),
        Figure(
            what="memory for the consoles, RSS",
            value=after_mib - before_mib,
            unit="MiB",
            settings=f"{settings}; {before_mib:.0f} MiB before",
        ),
    ]


def _figures_of_portals(
    waited: Sequence[float], beside: _Changes, with_portals: _Changes
) -> Sequence[Figure]:
    settings = (
        f"{REQUESTERS} requesters who open their requests every {LOOKS_EVERY_S:.0f} s, besides {CONSOLES} consoles "
        f"and {A_SECOND} changes a second; {len(waited)} pages"
    )
    return [
        Figure(
            what="a requester's list is there, 95 of 100 within",
            value=waited[int(len(waited) * 0.95)],
            unit="s",
            goal=GOAL_S,
            settings=settings,
        ),
        Figure(
            what="processor time of the desk with portals, a second",
            value=with_portals.cpu_s / SECONDS,
            unit="s",
            raw=Raw(value=beside.cpu_s / SECONDS, what="with consoles alone"),
            settings=settings,
        ),
    ]


async def _page(browser: aiohttp.ClientSession) -> frozenset[str]:
    """The tickets that a console shows."""
    async with browser.get("/console/tickets") as answer:
        return frozenset(re.findall(r'data-reference="([^"]+)"', await answer.text()))


async def _look(browser: aiohttp.ClientSession, listed: frozenset[str], console: _Console) -> None:
    kind = ""
    async with browser.get(
        "/console/live", params={"table": "1"}, timeout=aiohttp.ClientTimeout(total=None)
    ) as stream:
        async for line in stream.content:
            if line.startswith(b"event: "):
                kind = line[7:].decode().strip()
            elif line.startswith(b"data: ") and kind == "changed":
                now = time.perf_counter()
                for reference in json.loads(line[6:])["rows"]:
                    if reference in listed:
                        console.shown.setdefault(reference, []).append(now)


async def _look_at_own(browser: aiohttp.ClientSession, number: int, waited: list[float]) -> None:
    await asyncio.sleep(number / REQUESTERS * LOOKS_EVERY_S)
    while True:
        asked = time.perf_counter()
        async with browser.get("/requests") as answer:
            answer.raise_for_status()
            await answer.read()
        took = time.perf_counter() - asked
        waited.append(took)
        await asyncio.sleep(max(LOOKS_EVERY_S - took, 0))


async def _change(people: Visitor, desk: RunningDesk) -> _Changes:
    """An agent changes each ticket's priority in turn, to and fro."""
    changes = _Changes()
    began, began_cpu = time.perf_counter(), desk.processor_s()

    async def change(number: int) -> None:
        await asyncio.sleep(began + number / A_SECOND - time.perf_counter())
        turn, place = divmod(number, TICKETS)
        ticket, priority = f"IT-{place + 1}", "low" if turn % 2 else "high"
        asked = time.perf_counter()
        await people.say(AGENT, TEAM_CHANNEL, f"/desk priority {ticket} {priority}")
        now = time.perf_counter()
        changes.answered.append(now - asked)
        changes.made.append((ticket, now))

    await asyncio.gather(*(change(number) for number in range(A_SECOND * SECONDS)))
    changes.cpu_s = desk.processor_s() - began_cpu
    return changes

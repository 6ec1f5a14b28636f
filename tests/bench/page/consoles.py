"""Two hundred open consoles while twenty tickets a second change: when each of them shows it, and what that costs.

A console does what its scripts do: it hears which tickets changed, with their rows. From the answer to whoever
changed a ticket to the row is what is measured. The consoles' own work is on the same processors.
"""

import asyncio
import json
import math
import re
import resource
import statistics
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from adapters.web.visitor import Visitor
from bot.demo import DESK_FILE
from tests.bench.desk import ROOT
from tests.bench.figures import Figure, Raw
from tests.bench.processes import desk_environ, running

TOKEN = "a-token-for-benchmarks"
TICKETS = 100
CONSOLES = 200
A_SECOND = 20
SECONDS = 20
AGENT = "bo"
ASKERS = ("ana", "dora")
INBOX = "help-it"
GOAL_S = 1.0
MOST_SLOWED = 1.1
AFTERWARDS_S = 5.0
TICKS_A_SECOND = 100
"""Of the processor time in /proc: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""


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
    environ = {
        **desk_environ(folder),
        "DESKBELL_CONFIG": str(DESK_FILE),
        "DESKBELL_WEB_TOKEN": TOKEN,
        "PYTHONPATH": str(ROOT),
    }
    command = (sys.executable, "-m", "bot")
    subprocess.run([*command, "migrate"], cwd=ROOT, env=environ, check=True, capture_output=True)
    output = folder / "out"
    with running((*command, "run"), environ, output) as process:
        address = re.search(r"http://127\.0\.0\.1:\d+", output.read_text(encoding="utf-8"))
        assert address
        link = subprocess.run(
            [*command, "sign-in", AGENT],
            cwd=ROOT,
            env={**environ, "DESKBELL_HTTP_PORT": str(urlsplit(address[0]).port)},
            check=True,
            capture_output=True,
            text=True,
        )
        secret = re.search(r"/sign-in/(\S+)", link.stdout)
        assert secret
        yield from asyncio.run(_measured(address[0], secret[1], process.pid))


async def _measured(url: str, secret: str, pid: int) -> Sequence[Figure]:
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    connector = aiohttp.TCPConnector(limit=0)
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        Visitor(url, token=TOKEN) as people,
        aiohttp.ClientSession(url, connector=connector, cookie_jar=jar) as browser,
    ):
        threads = [
            await people.say(ASKERS[n % 2], INBOX, f"The screen in room {n} flickers") for n in range(TICKETS)
        ]
        await _sign_in(browser, secret)
        before_mib = _resident_mib(pid)
        alone = await _change(people, threads, pid)
        consoles = [_Console() for _ in range(CONSOLES)]
        page = await _page(browser)
        tasks = [asyncio.create_task(_look(browser, page, each)) for each in consoles]
        await asyncio.sleep(AFTERWARDS_S)
        beside = await _change(people, threads, pid)
        await asyncio.sleep(AFTERWARDS_S)
        after_mib = _resident_mib(pid)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    delays = sorted(console.delay(*change) for console in consoles for change in beside.made)
    return _figures(delays, alone, beside, before_mib=before_mib, after_mib=after_mib)


def _figures(
    delays: Sequence[float], alone: _Changes, beside: _Changes, *, before_mib: float, after_mib: float
) -> Sequence[Figure]:
    settings = (
        f"{CONSOLES} consoles of {TICKETS} tickets each, {A_SECOND} replies of requesters a second, {SECONDS} s, "
        "SQLite, HTTP on loopback"
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


async def _sign_in(browser: aiohttp.ClientSession, secret: str) -> None:
    async with browser.get(f"/sign-in/{secret}") as answer:
        token = re.search(r'name="token" value="([^"]+)"', await answer.text())
    assert token
    async with browser.post("/sign-in", data={"token": token[1]}) as answer:
        answer.raise_for_status()


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


async def _change(people: Visitor, threads: Sequence[str], pid: int) -> _Changes:
    changes = _Changes()
    began, began_cpu = time.perf_counter(), _processor_s(pid)

    async def reply(number: int) -> None:
        await asyncio.sleep(began + number / A_SECOND - time.perf_counter())
        place = number % TICKETS
        asked = time.perf_counter()
        await people.say(ASKERS[place % 2], INBOX, f"And again, {number}", thread=threads[place])
        now = time.perf_counter()
        changes.answered.append(now - asked)
        changes.made.append((f"IT-{place + 1}", now))

    await asyncio.gather(*(reply(number) for number in range(A_SECOND * SECONDS)))
    changes.cpu_s = _processor_s(pid) - began_cpu
    return changes


def _processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


def _resident_mib(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1]) / 1024

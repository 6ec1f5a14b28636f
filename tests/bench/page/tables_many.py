"""A console's pages on a desk of many years, over HTTP: a table of a hundred tickets, however it was asked for.

300,000 tickets on SQLite and a million on PostgreSQL, asked for by an agent, a lead and an administrator. The raw
limit is a page of the same desk that shows no tickets.
"""

import asyncio
import html
import re
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import aiohttp
import psycopg

from bot.domain.search.query import OFFERED_ORDERS
from bot.domain.views.saved_view import BUILT_IN
from storage.engine.columns import micros
from storage.engine.sqlite import open_sqlite
from tests.bench.databases import Place, postgres_server, sqlite_place
from tests.bench.figures import Figure, Raw
from tests.bench.growth.grown_desk import fill
from tests.bench.growth.grown_office import DESK
from tests.bench.page.running_desk import RunningDesk, the_running_desk

ON_SQLITE, ON_POSTGRES = 300_000, 1_000_000
RUNS = 5
GOAL_MS = 300.0
OWN_REQUESTS = 5_000
LONG = 300
"""Messages of the longest ticket."""
PAGES = 50
QUIET_S, MOST_QUIET_S = 2.0, 120.0
AGENT, LEAD, ADMIN, ASKER = "bo", "lee", "kim", "eve"
EVERY = "team:it,network,people"
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "the queue": {},
    **{f"view {each.name}": {"view": each.name} for each in BUILT_IN},
    **{f"the queue, {each}": {"order": each} for each in OFFERED_ORDERS},
    **{f"every ticket, {each}": {"q": EVERY, "order": each} for each in OFFERED_ORDERS},
    "team:it": {"q": "team:it"},
    "tag:tag7": {"q": "tag:tag7"},
    "tag:tag7 is:open": {"q": "tag:tag7 is:open"},
    "priority:normal": {"q": "priority:normal"},
    "priority:urgent": {"q": "priority:urgent"},
    "status:closed": {"q": "status:closed"},
    "status:resolved": {"q": "status:resolved"},
    "assigned:cleo": {"q": "assigned:cleo"},
    "assigned:cleo is:open": {"q": "assigned:cleo is:open"},
    "from:ana": {"q": "from:ana"},
    "words": {"q": "subject 77"},
    "common words": {"q": "subject"},
    "words, newest": {"q": "subject 77", "order": "newest"},
}
"""Rows are a hundred where there are so many."""


@dataclass(frozen=True, slots=True)
class _Reader:
    browser: aiohttp.ClientSession

    async def opens(self, path: str, *, headers: Mapping[str, str] | None = None) -> tuple[float, str]:
        """In milliseconds, and what was answered."""
        begun = time.perf_counter()
        async with self.browser.get(path, headers=headers) as answer:
            text = await answer.text()
            assert answer.status == 200, f"{path}: {answer.status}"
        return (time.perf_counter() - begun) * 1_000, text

    async def median(self, path: str, *, headers: Mapping[str, str] | None = None) -> float:
        return statistics.median([(await self.opens(path, headers=headers))[0] for _ in range(RUNS)])


def measure(folder: Path) -> Iterator[Figure]:
    yield from figures_on(sqlite_place(folder), folder, ON_SQLITE)
    with postgres_server() as server:
        yield from figures_on(server.place(), folder, ON_POSTGRES)


def figures_on(place: Place, folder: Path, tickets: int) -> Iterator[Figure]:
    now = datetime.now(UTC)
    fill(place.url, tickets=tickets, now=now)
    _add(place.url, tickets=tickets, now=now)
    config = folder / "desk.yaml"
    config.write_text(_office(DESK.read_text(encoding="utf-8")), encoding="utf-8")
    data = folder / place.name
    data.mkdir()
    with the_running_desk(data, config=config, database=place.url) as desk:
        who = (AGENT, LEAD, ADMIN, ASKER)
        cookies = dict(zip(who, desk.sessions([f"web:{each}" for each in who]), strict=True))
        _wait_until_quiet(desk)
        settings = (
            f"{tickets:,} tickets on {place.name}, median of {RUNS}, HTTP on loopback; {place.settings}"
        )
        yield from asyncio.run(_measured(desk, cookies, tickets, settings))


async def _measured(
    desk: RunningDesk, cookies: Mapping[str, Mapping[str, str]], tickets: int, settings: str
) -> Sequence[Figure]:
    figures: list[Figure] = []
    for who in (AGENT, LEAD, ADMIN):
        async with aiohttp.ClientSession(desk.url, cookies=cookies[who]) as browser:
            reader = _Reader(browser)
            raw = Raw(value=await reader.median("/account"), what="a page without tickets")
            tables = await _tables(reader)
            slowest = max(tables, key=lambda name: tables[name])
            medians = ", ".join(f"{name} {took:.0f}" for name, took in tables.items())
            figures.append(
                Figure(
                    what=f"the slowest table for {who}: {slowest}",
                    value=tables[slowest],
                    unit="ms",
                    goal=GOAL_MS,
                    raw=raw,
                    settings=f"{settings}; {medians}",
                )
            )
            others = await _others(reader, tickets)
            figures += [
                Figure(
                    what=f"{what} for {who}", value=took, unit="ms", goal=GOAL_MS, raw=raw, settings=settings
                )
                for what, took in others.items()
            ]
    async with aiohttp.ClientSession(desk.url, cookies=cookies[ASKER]) as browser:
        took = await _Reader(browser).median("/requests")
        what = f"the portal's list of {OWN_REQUESTS:,} requests"
        figures.append(Figure(what=what, value=took, unit="ms", goal=GOAL_MS, settings=settings))
    return figures


async def _tables(reader: _Reader) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, asked in TABLES.items():
        path = f"/console/tickets?{'&'.join(f'{key}={value}' for key, value in asked.items())}"
        found[name] = await reader.median(path.replace(" ", "+"))
    for name, address in (("the queue", ""), ("every ticket", f"?q={EVERY}&order=newest")):
        path = f"/console/tickets{address}"
        for number in range(2, PAGES + 1):
            after = re.search(r'rel="next" href="([^"]+)"', (await reader.opens(path))[1])
            if after is None:
                break
            path = html.unescape(after[1])
            if number in {2, PAGES}:
                found[f"{name}, page {number}"] = await reader.median(path)
    return found


async def _others(reader: _Reader, tickets: int) -> dict[str, float]:
    part = {"Accept": "application/json"}
    return {
        "a ticket beside the table": await reader.median(f"/console/tickets/IT-{tickets - 50}", headers=part),
        f"a ticket with {LONG} messages": await reader.median(f"/console/tickets/IT-{tickets}"),
        "the page of teams": await reader.median("/console/team"),
        "the page of figures": await reader.median("/console/figures"),
        "the page of knowledge": await reader.median("/console/knowledge"),
    }


def _office(text: str) -> str:
    """With an administrator, and with somebody who asks much."""
    people = "    - {id: dan,"
    new = "".join(
        f"    - {{id: {each}, name: {each.title()} Kay, role: {role}, email: {each}@example.com}}\n"
        for each, role in ((ADMIN, "agent"), (ASKER, "employee"))
    )
    return (
        text.replace("admins: [web:lee]", f"admins: [web:{ADMIN}]")
        .replace("agents: [web:cleo]", f"agents: [web:cleo, web:{ADMIN}]")
        .replace(people, new + people)
    )


def _add(url: str, *, tickets: int, now: datetime) -> None:
    """A long ticket, and somebody who asked often."""
    statements = [
        f"UPDATE tickets SET requester = 'web:{ASKER}' WHERE number % {tickets // OWN_REQUESTS} = 1",
        *(
            "INSERT INTO messages (id, ticket_id, kind, author, author_name, text, said_at, said_in, platform_id,"
            " platform_revision, revision, is_deleted, files) VALUES"
            f" ({10**15 + each}, {tickets * 100}, '{('request', 'reply', 'note')[each % 3]}', 'web:bo', 'Bo',"
            f" 'Words of message {each}, which are as many as people write.', {micros(now)}, {tickets * 100 + 1},"
            f" 'long-{each}', '', 1, FALSE, '[]')"
            for each in range(LONG - 3)
        ),
    ]
    if url.startswith("sqlite"):
        with closing(open_sqlite(Path(url.removeprefix("sqlite:///")))) as connection:
            for each in statements:
                connection.execute(each)
        return
    with psycopg.connect(url, autocommit=True) as server:
        for each in statements:
            server.execute(each.encode())
        server.execute("VACUUM ANALYZE tickets")


def _wait_until_quiet(desk: RunningDesk) -> None:
    """What a desk finds due when it starts is measured elsewhere."""
    until = time.monotonic() + MOST_QUIET_S
    while time.monotonic() < until:
        before = desk.processor_s()
        time.sleep(QUIET_S)
        if desk.processor_s() - before < QUIET_S / 10:
            return

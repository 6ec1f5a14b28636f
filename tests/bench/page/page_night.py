"""A night with fifty tickets that nobody answers, put forward at once by the page's clock, as in the demo.

Every warning, breach and step of it comes at its minute, on boards, cards and in alerts. What the processor did is
told beside what passed on the clock: on a machine that has other work the latter says little.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.process import DeskProcess
from bot.clocks import ShiftedClock
from bot.demo import DESK_FILE
from bot.settings import Settings
from storage import migrate
from tests.bench.figures import Figure

TICKETS = 50
APART = timedelta(seconds=97)
"""Each ticket's targets fall due at moments of their own."""
NIGHT = timedelta(hours=10, minutes=30)
GOAL_S = 5.0
ASKS = ("ana", "dora")
REQUESTS = (
    "My keyboard number {} does not work any more, please send me another.",
    "The vpn drops every few minutes since this morning, call {}",
    "I need access to the shared folder of finance, number {}",
    "My payslip of month {} is wrong",
    "The wifi is down in room {}",
)


def measure(folder: Path) -> Iterator[Figure]:
    took_s, cpu_s, stops = asyncio.run(_measure(folder))
    settings = (
        f"{TICKETS} tickets, {NIGHT} forward, {stops} moments at which something fell due, SQLite, no disk"
    )
    yield Figure(what="seconds for the night", value=took_s, unit="s", goal=GOAL_S, settings=settings)
    yield Figure(what="seconds of processor for the night", value=cpu_s, unit="s", settings=settings)


async def _measure(folder: Path) -> tuple[float, float, int]:
    settings = Settings.from_environ(
        {
            "DESKBELL_DATA_DIR": str(folder),
            "DESKBELL_CONFIG": str(DESK_FILE),
            "DESKBELL_HTTP_PORT": "0",
            "DESKBELL_WEB_TOKEN": "a-token-for-benchmarks",
        }
    )
    await asyncio.to_thread(migrate, settings.database_url.get_secret_value())
    clock = ShiftedClock(folder / "clock.json")
    desk = DeskProcess(settings, clock=clock)
    await desk.start()
    try:
        async with desk.visitor() as visitor:
            for number in range(TICKETS):
                clock.forward(APART)
                text = REQUESTS[number % len(REQUESTS)].format(number)
                await visitor.say(ASKS[number % len(ASKS)], "help-it", text)
                await desk.settled()
            opened = await desk.storage.read(lambda uow: sum(uow.tickets.count_by_status().values()))
            if opened != TICKETS:
                raise AssertionError(f"{opened} tickets were opened")
            began, began_cpu = time.perf_counter(), time.process_time()
            body = {"forward_s": NIGHT.total_seconds()}
            await visitor.call("POST", "/api/clock", who="bo", body=body)
            took_s, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
        stages = await desk.storage.read(lambda uow: len(uow.audit_log.recent(limit=2000)))
        return took_s, cpu_s, stages
    finally:
        await desk.stop()

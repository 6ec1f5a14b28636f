"""APScheduler is the metronome: it ticks the workers and stores nothing, for due times are rows of the database."""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.bootstrap.workers import TickingWorker, Worker
from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import sentence
from bot.outage import Outage
from bot.ports.health import WorkerHealth

log = structlog.get_logger(__name__)

STOP_PATIENCE_S = 10.0
"""How long a tick that is under way may take to end."""


class Scheduler:
    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self.under_way: set[str] = set()
        """The workers that are doing what is due at this moment."""
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._ticked_at: dict[str, float] = {}
        self._failures: dict[str, Outage] = {}
        self._every_s: dict[str, float] = {}
        self._made_at = time.monotonic()

    def start(self, workers: Iterable[Worker], made: Mapping[str, TickingWorker]) -> None:
        """Tick what was made of each from now on. What was late is ticked once, and nothing runs beside itself."""
        for worker in workers:
            self._failures[worker.name] = Outage(f"worker {worker.name}")
            self._every_s[worker.name] = worker.every.total_seconds()
            now, first = datetime.now(UTC), worker.first_after or worker.every
            self._scheduler.add_job(
                partial(self._tick, worker.name, made[worker.name]),
                "interval",
                seconds=worker.every.total_seconds(),
                next_run_time=now + first,
                name=worker.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def workers(self) -> Sequence[WorkerHealth]:
        """How each does, in the order in which they were started."""
        now = time.monotonic()
        return [
            WorkerHealth(
                name=name,
                every_s=every_s,
                ran_s_ago=now - self.ticked_at(name),
                has_run=name in self._ticked_at,
                trouble=self._failures[name].cause,
            )
            for name, every_s in self._every_s.items()
        ]

    def ticked_at(self, worker: str) -> float:
        """When this worker's last tick that did not fail ended, or else when this was made; monotonic time."""
        return self._ticked_at.get(worker, self._made_at)

    async def stop(self) -> None:
        """Begin no tick any more, and let those under way end: APScheduler would cut them off."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        await asyncio.sleep(0)  # what was handed to the event loop has begun by then
        try:
            await asyncio.wait_for(self._is_idle.wait(), STOP_PATIENCE_S)
        except TimeoutError:
            log.warning("ticks that did not end in time are cut off", workers=sorted(self.under_way))
        self._scheduler.shutdown(wait=False)

    async def _tick(self, name: str, worker: TickingWorker) -> None:
        self.under_way.add(name)
        self._is_idle.clear()
        try:
            await worker.tick()
            self._ticked_at[name] = time.monotonic()
            self._failures[name].worked()
        except StorageUnavailable as error:  # the storage tells of it, once for all workers
            log.debug("a tick waits for the database", worker=name, error=error.sentence)
        except Exception as error:  # noqa: BLE001  told once, with its traceback; the next tick does the work
            failure = sentence("operations.ticks_fail", error=type(error).__name__)
            self._failures[name].failed(failure, error=error)
        finally:
            self.under_way.discard(name)
            if not self.under_way:
                self._is_idle.set()


async def ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait until these have ended; what takes too long is cut off. A failure is logged, for all must be closed."""
    going_on = [task for task in tasks if not task.done()]  # what failed before has been told of
    if not going_on:
        return
    _, late = await asyncio.wait(going_on, timeout=STOP_PATIENCE_S)
    for task in late:
        log.warning("a part of the desk did not end in time and is cut off", part=task.get_name())
        task.cancel()
    outcomes = await asyncio.gather(*going_on, return_exceptions=True)
    for task, outcome in zip(going_on, outcomes, strict=True):
        if isinstance(outcome, Exception):
            log.error("a part of the desk failed", part=task.get_name(), exc_info=outcome)

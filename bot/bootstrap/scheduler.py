"""APScheduler is the metronome: it ticks the workers and stores nothing, for due times are rows of the database."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler


@dataclass(frozen=True, slots=True)
class Job:
    """A function that is called at intervals of real time."""

    tick: Callable[[], Awaitable[object] | object]
    every: timedelta
    first_after: timedelta | None = None
    """The time from the start to the first call, where it is not `every`."""


class Scheduler:
    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self, jobs: Iterable[Job]) -> None:
        """Tick these from now on. What was late is called once, and no job runs beside itself."""
        for job in jobs:
            options = (
                {} if job.first_after is None else {"next_run_time": datetime.now(UTC) + job.first_after}
            )
            self._scheduler.add_job(
                job.tick,
                "interval",
                seconds=job.every.total_seconds(),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                **options,
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

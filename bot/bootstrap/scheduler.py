"""APScheduler is the metronome: it ticks the workers and stores nothing, for due times are rows of the database."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.bootstrap.workers import TickingWorker, Worker


class Scheduler:
    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self, workers: Iterable[Worker], made: Mapping[str, TickingWorker]) -> None:
        """Tick what was made of each from now on. What was late is ticked once, and nothing runs beside itself."""
        for worker in workers:
            now, first = datetime.now(UTC), worker.first_after or worker.every
            self._scheduler.add_job(
                made[worker.name].tick,
                "interval",
                seconds=worker.every.total_seconds(),
                next_run_time=now + first,
                name=worker.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

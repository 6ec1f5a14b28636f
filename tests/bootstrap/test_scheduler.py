"""The metronome stops without cutting a tick off."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.bootstrap.scheduler import Scheduler
from bot.bootstrap.workers import Worker, WorkerParts


class SlowWorker:
    """Its tick takes until it is let go."""

    def __init__(self) -> None:
        self.has_begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.ticks = 0

    async def tick(self) -> None:
        self.has_begun.set()
        await self.may_end.wait()
        self.ticks += 1


def ticked_often(worker: SlowWorker) -> Worker:
    def made(_parts: WorkerParts) -> SlowWorker:
        return worker

    return Worker(name="slow", every=timedelta(milliseconds=10), made=made)


async def test_a_tick_under_way_ends_before_the_scheduler_has_stopped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    worker, scheduler = SlowWorker(), Scheduler()
    made_at = scheduler.ticked_at("slow")
    scheduler.start([ticked_often(worker)], {"slow": worker})
    await worker.has_begun.wait()
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    worker.may_end.set()
    await stopping
    ticks = worker.ticks
    assert ticks == 1
    assert scheduler.ticked_at("slow") > made_at
    await asyncio.sleep(0.05)
    assert worker.ticks == ticks, "nothing ticks any more"
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == []


async def test_a_scheduler_that_never_started_stops_at_once() -> None:
    await Scheduler().stop()

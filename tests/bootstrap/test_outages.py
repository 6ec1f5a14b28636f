"""A database that is away is told in two lines, however many workers wait for it; nothing is told in between."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.bootstrap.scheduler import Scheduler
from bot.bootstrap.watched_storage import WatchedStorage
from bot.bootstrap.workers import Worker, WorkerParts
from bot.domain.errors import StorageUnavailable
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.said import because

T = TypeVar("T")
AWAY = "The database postgresql://db/desk cannot be reached. Check that the server runs."
TICKS = 30


class AtTimesAway:
    """A database whose server is stopped and started again."""

    def __init__(self, storage: DeskStorage) -> None:
        self._storage = storage
        self.is_away = False
        self.on_commit = storage.on_commit
        self.close = storage.close

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._asked(lambda: self._storage.run(work))

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._asked(lambda: self._storage.read(work))

    async def write_nothing(self) -> None:
        await self._asked(self._storage.write_nothing)

    async def _asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        if self.is_away:
            raise StorageUnavailable(because(AWAY))
        return await ask()


class TickingAway:
    """A worker that does its work in the database, and counts its attempts."""

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self.ticks = 0

    async def tick(self) -> int:
        self.ticks += 1
        await self._ask()
        return 0


def ticked_often(name: str, worker: TickingAway) -> Worker:
    def made(_parts: WorkerParts) -> TickingAway:
        return worker

    return Worker(name=name, every=timedelta(milliseconds=10), made=made)


@contextmanager
def what_is_told() -> Iterator[Callable[[], list[EventDict]]]:
    with capture_logs() as lines:
        yield lambda: [line for line in lines if line["log_level"] in ("warning", "error", "critical")]


async def ticked(*workers: TickingAway, times: int) -> None:
    until = [worker.ticks + times for worker in workers]
    async with asyncio.timeout(30):
        while any(worker.ticks < end for worker, end in zip(workers, until, strict=True)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_thirty_ticks_without_a_database_are_one_line_and_its_return_another(
    sqlite_storage: DeskStorage, caplog: pytest.LogCaptureFixture
) -> None:
    server = AtTimesAway(sqlite_storage)
    storage = WatchedStorage(server)  # type: ignore[arg-type]
    write = partial(storage.run, lambda uow: uow.outbox.count_by_state())
    read = partial(storage.read, lambda uow: uow.watermarks.all())
    workers = {name: TickingAway(ask) for name, ask in (("one", write), ("two", read), ("three", write))}
    scheduler = Scheduler()
    with what_is_told() as told:
        scheduler.start([ticked_often(*each) for each in workers.items()], workers)
        await ticked(*workers.values(), times=2)
        assert told() == []
        server.is_away = True
        await ticked(*workers.values(), times=TICKS)
        (begun,) = told()
        assert (begun["event"], begun["of"], begun["cause"]) == (
            "an outage has begun",
            "the database",
            because(AWAY),
        )
        server.is_away = False
        await ticked(*workers.values(), times=3)
        await scheduler.stop()
        _, ended = told()
    assert (ended["event"], ended["of"]) == ("an outage has ended", "the database")
    assert ended["failed_attempts"] >= TICKS * len(workers) - len(workers)
    assert said_by_libraries(caplog) == []


async def test_a_worker_that_fails_of_itself_shows_its_traceback_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    problems = [ValueError("no such zone")]

    async def fails() -> None:
        if problems:
            raise problems[0]

    worker, scheduler = TickingAway(fails), Scheduler()
    with what_is_told() as told:
        scheduler.start([ticked_often("digests", worker)], {"digests": worker})
        await ticked(worker, times=TICKS)
        (begun,) = told()
        assert begun["of"] == "worker digests"
        assert begun["exc_info"] is problems[0]
        problems.clear()
        await ticked(worker, times=3)
        await scheduler.stop()
        assert [line["event"] for line in told()] == ["an outage has begun", "an outage has ended"]
    assert said_by_libraries(caplog) == []


def said_by_libraries(caplog: pytest.LogCaptureFixture) -> list[str]:
    """As APScheduler does of a job that raises. Its warnings are not shown to operators."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]

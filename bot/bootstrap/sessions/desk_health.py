"""`bot.ports.health.DeskHealth` of this process."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from adapters.http.server import asked
from bot.bootstrap.readiness import Readiness
from bot.bootstrap.scheduler import Scheduler
from bot.domain.sentence import Sentence
from bot.ports.health import PartHealth, WorkerHealth


class ProcessHealth:
    def __init__(
        self, readiness: Readiness, scheduler: Scheduler, facts: Callable[[], Sequence[Sentence]]
    ) -> None:
        self._readiness = readiness
        self._scheduler = scheduler
        self._facts = facts

    async def parts(self) -> Mapping[str, PartHealth]:
        probes = self._readiness.probes()
        return dict(zip(probes, await asyncio.gather(*map(asked, probes.values())), strict=True))

    def workers(self) -> Sequence[WorkerHealth]:
        return self._scheduler.workers()

    def facts(self) -> Sequence[Sentence]:
        return self._facts()

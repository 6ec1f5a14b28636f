"""Readiness: whether the desk can do its work now, part by part, for `/readyz`. The runbook has the rules.

Nothing here reads more than a few rows or asks a platform: monitoring asks every few seconds.
"""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.bootstrap.scheduler import Scheduler
from bot.ports.health import DeliveryTrouble, HealthLevel, PartHealth, Probe
from bot.ports.platform import Platform
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory

TICK_LATE_S = 60.0
"""The SLA clock ticks every five seconds; one that has not for so long is stuck. Monotonic time."""
DELIVERY_TROUBLE_S = 60.0
"""A platform that has taken no message for so long, though some were to go out, cannot be reached."""
UNSEEN_LATE = timedelta(minutes=5)
"""A message that nobody has seen for so long waits for more than a moment's trouble. Desk time."""


class Readiness:
    def __init__(
        self,
        *,
        storage: Storage,
        platforms: Mapping[str, Platform],
        contexts: ContextFactory,
        trouble_with: Callable[[str], DeliveryTrouble | None],
        scheduler: Scheduler,
    ) -> None:
        self._storage = storage
        self._platforms = platforms
        self._contexts = contexts
        self._trouble_with = trouble_with
        self._scheduler = scheduler

    def probes(self) -> dict[str, Probe]:
        """The desk's parts by name: database, clock, outbox, and each platform."""
        platforms = {name: self._of(name, platform) for name, platform in self._platforms.items()}
        return {"database": self._database, "clock": self._clock, "outbox": self._outbox, **platforms}

    async def _database(self) -> PartHealth:
        """Raises StorageUnavailable."""
        await self._storage.read(lambda uow: uow.watermarks.all())
        return PartHealth(condition=HealthLevel.READY, detail="answers")

    async def _clock(self) -> PartHealth:
        ago_s = time.monotonic() - self._scheduler.ticked_at("sla_clock")
        condition = HealthLevel.NOT_READY if ago_s > TICK_LATE_S else HealthLevel.READY
        return PartHealth(condition=condition, detail=f"last tick {ago_s:.0f} s ago")

    async def _outbox(self) -> PartHealth:
        """Raises StorageUnavailable."""
        oldest = await self._storage.read(lambda uow: uow.outbox.oldest_unshown())
        if oldest is None:
            return PartHealth(condition=HealthLevel.READY, detail="nothing waits")
        waits = self._contexts.clock.now() - oldest
        return PartHealth(
            condition=HealthLevel.DEGRADED if waits > UNSEEN_LATE else HealthLevel.READY,
            detail=f"the oldest message has waited {waits.total_seconds():.0f} s",
        )

    def _of(self, name: str, platform: Platform) -> Probe:
        async def probe() -> PartHealth:
            if platform.receiver is not None and not platform.receiver.is_connected:
                return PartHealth(condition=HealthLevel.NOT_READY, detail="not connected")
            trouble = self._trouble_with(name)
            if trouble is None:
                return PartHealth(condition=HealthLevel.READY, detail="connected")
            for_s = time.monotonic() - trouble.since
            # A single conversation's trouble may be its own, and nobody waits where nobody can speak.
            has_people = platform.receiver is not None
            is_away = has_people and for_s > DELIVERY_TROUBLE_S and len(trouble.conversations) > 1
            return PartHealth(
                condition=HealthLevel.NOT_READY if is_away else HealthLevel.DEGRADED,
                detail=f"has taken no message for {for_s:.0f} s",
            )

        return probe

"""Readiness: whether the desk can do its work now, part by part, for `/readyz`. The runbook has the rules.

Nothing here reads more than a few rows or asks a platform, and a write is tried every few seconds only: monitoring
asks often.
"""

import shutil
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.scheduler import Scheduler
from bot.bootstrap.watched_storage import WatchedStorage
from bot.domain.sentence import Sentence, sentence
from bot.ports.health import DeliveryTrouble, HealthLevel, PartHealth, Probe
from bot.ports.platform import Platform
from bot.services.context.context import ContextFactory
from bot.text.error_text import english

TICK_LATE_S = 60.0
"""The SLA clock ticks every five seconds; one that has not for so long is stuck. Monotonic time."""
DELIVERY_TROUBLE_S = 60.0
"""A platform that has taken no message for so long, though some were to go out, cannot be reached."""
UNSEEN_LATE = timedelta(minutes=5)
"""A message that nobody has seen for so long waits for more than a moment's trouble. Desk time."""
LITTLE_SPACE_MB = 200
"""With less space than that on its disk, the data folder is full before long."""


class Readiness:
    def __init__(
        self,
        *,
        storage: WatchedStorage,
        platforms: Mapping[str, Platform],
        contexts: ContextFactory,
        trouble_with: Callable[[str], DeliveryTrouble | None],
        scheduler: Scheduler,
        data_dir: Path,
    ) -> None:
        self._storage = storage
        self._platforms = platforms
        self._contexts = contexts
        self._trouble_with = trouble_with
        self._scheduler = scheduler
        self._data_dir = data_dir

    def probes(self) -> dict[str, Probe]:
        """The desk's parts by name: database, disk, clock, outbox, and each platform."""
        platforms = {name: self._of(name, platform) for name, platform in self._platforms.items()}
        parts = {"database": self._database, "disk": self._disk, "clock": self._clock, "outbox": self._outbox}
        return {**parts, **platforms}

    async def _database(self) -> PartHealth:
        """Raises StorageUnavailable."""
        await self._storage.read(lambda uow: uow.watermarks.all())
        await self._storage.must_be_writable()
        return _health(HealthLevel.READY, "operations.database_works")

    async def _disk(self) -> PartHealth:
        """Of the data folder, which holds files, and the databases of SQLite."""
        try:
            free_mb = free_space_mb(self._data_dir)
        except FileNotFoundError:
            folder = str(self._data_dir)
            return _health(HealthLevel.NOT_READY, "operations.data_folder_missing", folder=folder)
        level = HealthLevel.DEGRADED if free_mb < LITTLE_SPACE_MB else HealthLevel.READY
        return _health(level, "operations.space_left", free=str(free_mb))

    async def _clock(self) -> PartHealth:
        ago_s = time.monotonic() - self._scheduler.ticked_at("sla_clock")
        level = HealthLevel.NOT_READY if ago_s > TICK_LATE_S else HealthLevel.READY
        return _health(level, "operations.last_tick", seconds=f"{ago_s:.0f}")

    async def _outbox(self) -> PartHealth:
        """Raises StorageUnavailable."""
        oldest = await self._storage.read(lambda uow: uow.outbox.oldest_unshown())
        if oldest is None:
            return _health(HealthLevel.READY, "operations.nothing_queued")
        waits = self._contexts.clock.now() - oldest
        level = HealthLevel.DEGRADED if waits > UNSEEN_LATE else HealthLevel.READY
        return _health(level, "operations.oldest_message", seconds=f"{waits.total_seconds():.0f}")

    def _of(self, name: str, platform: Platform) -> Probe:
        async def probe() -> PartHealth:
            if platform.receiver is not None and not platform.receiver.is_connected:
                why = platform.receiver.outage or sentence("operations.not_connected")
                return _told(HealthLevel.NOT_READY, why)
            trouble = self._trouble_with(name)
            if trouble is None:
                return _health(HealthLevel.READY, "operations.connected")
            for_s = time.monotonic() - trouble.since
            # A single conversation's trouble may be its own, and nobody waits where nobody can speak.
            has_people = platform.receiver is not None
            is_away = has_people and for_s > DELIVERY_TROUBLE_S and len(trouble.conversations) > 1
            level = HealthLevel.NOT_READY if is_away else HealthLevel.DEGRADED
            return _health(level, "operations.no_message_taken", seconds=f"{for_s:.0f}")

        return probe


def _health(level: HealthLevel, key: str, **facts: str) -> PartHealth:
    return _told(level, sentence(key, **facts))


def _told(level: HealthLevel, said: Sentence) -> PartHealth:
    return PartHealth(condition=level, detail=english(said), sentence=said)


def free_space_mb(folder: Path) -> int:
    """On the disk of this folder, for the desk's user. Raises OSError."""
    return shutil.disk_usage(folder).free // 2**20

"""Versions of `desk.yaml` that were saved, here or by another process: written into this process's file; ticked.

A version is taken up once: the one that is new since the last look, or that nobody wrote yet. Where the file says
something else than the version was made from, the file stays as it is.
"""

from typing import Protocol

import structlog

from bot.domain.errors import ConfigurationError
from bot.domain.settings.desk_version import DeskVersion, VersionOrigin, digest_of
from bot.ports.clock import Clock
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage
from bot.services.settings.versions import MOST_BEHIND, apply_version
from bot.text.error_text import in_english

log = structlog.get_logger(__name__)


class InForce(Protocol):
    """The configuration that this process works by."""

    @property
    def digest(self) -> str:
        """Of its text."""
        ...

    @property
    def settings_file(self) -> SettingsFile: ...

    def reload(self) -> object: ...


class SettingsFollower:
    def __init__(self, *, storage: Storage, clock: Clock, in_force: InForce) -> None:
        self._storage = storage
        self._clock = clock
        self._in_force = in_force
        self._seen: int | None = None
        """The newest version at the last look."""
        self._told: int | None = None
        """The last version that could not be taken up."""

    async def tick(self) -> int:
        """Returns how many versions came into force: one or none."""
        newest = await self._storage.read(lambda uow: uow.desk_versions.newest())
        before, self._seen = self._seen, 0 if newest is None else newest.number
        if newest is None or newest.origin is VersionOrigin.FILE or newest.number == before:
            return 0
        if before is None and newest.applied_at is not None:
            return int(self._was_written_since_the_start(newest) and self._reload(newest))
        try:
            behind = await self._storage.read(lambda uow: uow.desk_versions.latest(limit=MOST_BEHIND))
            is_there = await apply_version(
                self._storage,
                self._in_force.settings_file,
                newest,
                now=self._clock.now(),
                behind=[each for each in behind if before is not None and each.number > before],
            )
        except ConfigurationError as error:
            self._seen = before  # a disk that is full may have room the next time
            self._tell(newest, error)
            return 0
        if not is_there:
            log.warning("the file was edited by hand and stays as it is", version=newest.number)
        return int(is_there and self._reload(newest))

    def _was_written_since_the_start(self, version: DeskVersion) -> bool:
        """What was applied before the first look is not written again; the file may say it since it was read."""
        try:
            return digest_of(self._in_force.settings_file.text()) == version.digest
        except ConfigurationError:
            return False

    def _reload(self, version: DeskVersion) -> bool:
        if self._in_force.digest == version.digest:
            return False
        try:
            self._in_force.reload()
        except ConfigurationError as error:
            self._tell(version, error)
            return False
        return True

    def _tell(self, version: DeskVersion, error: ConfigurationError) -> None:
        """Once of each version."""
        if self._told != version.number:
            log.error(
                "a version of the settings was not taken up", version=version.number, error=in_english(error)
            )
        self._told = version.number

"""Versions of `desk.yaml` that were saved, here or by another process: written into this process's file; ticked.

A version is taken up once: the one that is new since the last look, or that nobody wrote yet. Where the file says
something else than the version was made from, the file stays as it is.
"""

from typing import Protocol

import structlog

from bot.domain.errors import ConfigurationError
from bot.domain.settings.desk_version import DeskVersion, VersionOrigin
from bot.ports.clock import Clock
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage
from bot.services.settings.versions import apply_version
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

    async def tick(self) -> int:
        """Returns how many versions came into force: one or none."""
        newest = await self._storage.read(lambda uow: uow.desk_versions.newest())
        before, self._seen = self._seen, 0 if newest is None else newest.number
        if newest is None or newest.origin is VersionOrigin.FILE or newest.number == before:
            return 0
        if before is None and newest.applied_at is not None:
            return 0  # it was there before this process: its file says what it says
        return int(await self._take_up(newest))

    async def _take_up(self, version: DeskVersion) -> bool:
        try:
            is_there = await apply_version(
                self._storage, self._in_force.settings_file, version, now=self._clock.now()
            )
            if is_there and self._in_force.digest != version.digest:
                self._in_force.reload()
                return True
        except ConfigurationError as error:
            log.error(  # noqa: TRY400  the sentence says it all
                "a version of the settings could not be taken up",
                version=version.number,
                error=in_english(error),
            )
            return False
        if not is_there:
            log.warning("the file was edited by hand and stays as it is", version=version.number)
        return False

"""The configuration in force, which can be read again while the desk runs, and what admins may ask of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import structlog

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.caches.lookup_health import LookupHealth
from bot.config import Configuration, load_configuration, read_files_again
from bot.config.edits.settings_file import SettingsFileOnDisk
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence, sentence
from bot.ports.settings_file import SettingsFile
from bot.text.error_text import english, in_english

log = structlog.get_logger(__name__)
MOST_FAULTS = 10
"""Of a file that was refused, in the status; `deskbell check` lists them all."""


class ReloadableConfiguration:
    """The configuration in force. A broken new file is refused and this one stays."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        set_up: Callable[[Desk], frozenset[str]] | None = None,
    ) -> None:
        """`set_up` names the platforms that a desk would have with the settings of this process."""
        self.path = path
        self.settings_file: SettingsFile = SettingsFileOnDisk(path, platforms=KNOWN_PLATFORMS, set_up=set_up)
        self._now = now
        self._refused: tuple[datetime, ConfigurationError] | None = None
        self.configuration: Configuration = load_configuration(path, KNOWN_PLATFORMS)
        self._followers: list[Callable[[Configuration], None]] = []

    def desk(self) -> Desk:
        return self.configuration.desk

    @property
    def digest(self) -> str:
        """Of the file's text that is in force."""
        return self.configuration.document.digest

    def follow(self, follower: Callable[[Configuration], None]) -> None:
        """Call this with each new configuration."""
        self._followers.append(follower)

    def reload(self) -> Sentence:
        """Read the file again; returns what to tell the operator. Raises ConfigurationError and changes nothing."""
        try:
            loaded = load_configuration(self.path, KNOWN_PLATFORMS)
        except ConfigurationError as error:
            self._refused = (self._now(), error)
            raise
        self._refused = None
        self._put_in_force(loaded)
        log.info("the configuration was reloaded", file=str(self.path))
        return sentence("commands.reloaded", file=str(self.path))

    @property
    def refusal_lines(self) -> Sequence[Sentence]:
        """That the file was refused when it was last read again, when and why; nothing once it is in force."""
        if self._refused is None:
            return ()
        at, error = self._refused
        return (sentence("commands.status_not_reloaded", at=at), *error.lines[:MOST_FAULTS])

    def read_files_again(self) -> None:
        """Holidays and iCalendar files as they are today. What cannot be read is logged, and the old stays."""
        try:
            self._put_in_force(read_files_again(self.configuration))
        except ConfigurationError as error:
            log.error(  # noqa: TRY400  the sentence says it all
                "files that the configuration names cannot be read; what they said stays",
                error=in_english(error),
            )

    def note_orphans(self, former: Mapping[str, str]) -> None:
        """Tickets of these teams, which are no more, stand in the lists of those."""
        self.configuration = replace(self.configuration, desk=self.desk().with_orphans(former))

    def _put_in_force(self, configuration: Configuration) -> None:
        self.configuration = configuration
        for follower in self._followers:
            follower(configuration)
        for finding in configuration.remarks:
            log.warning(english(finding.sentence), file=str(self.path), line=finding.line)


class OperationsOfProcess:
    """What the admin commands may ask of this process."""

    def __init__(
        self,
        in_force: ReloadableConfiguration,
        loop: asyncio.AbstractEventLoop,
        about: Sequence[Sentence],
        lookup_health: LookupHealth,
    ) -> None:
        self._in_force = in_force
        self._loop = loop
        self._about = about
        self._lookup_health = lookup_health

    def reload(self) -> Sentence:
        """Called on a database thread; platforms belong to the event loop, so the change happens there."""

        async def on_loop() -> Sentence:
            return self._in_force.reload()

        return asyncio.run_coroutine_threadsafe(on_loop(), self._loop).result(timeout=30)

    @property
    def settings_file(self) -> SettingsFile:
        return self._in_force.settings_file

    def status_lines(self) -> list[Sentence]:
        return [
            *self._about,
            *self._lookup_health.lines(self._in_force.desk().lookups.values()),
            sentence("commands.status_configuration", file=str(self._in_force.path)),
            *self._in_force.refusal_lines,
        ]

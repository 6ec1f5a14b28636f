"""Versions of `desk.yaml`, in the order of their numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.settings.desk_version import DeskVersion


class DeskVersions(Protocol):
    """None is ever changed, but for when it was applied, and none is removed."""

    def add(self, version: DeskVersion) -> bool:
        """Whether its number was free: of two at the same time one has it."""
        ...

    def newest(self) -> DeskVersion | None: ...

    def get(self, number: int) -> DeskVersion | None: ...

    def latest(self, *, limit: int) -> Sequence[DeskVersion]:
        """The newest first."""
        ...

    def note_applied(self, number: int, *, at: datetime) -> None:
        """Where nobody noted it before."""
        ...

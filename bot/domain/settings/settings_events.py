"""What happens to the settings, for the audit log."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Event):
    """`origin` is a `VersionOrigin`; `restored` the number of the version whose text it has again, or 0."""

    stored_as: ClassVar[str] = "SettingsChanged"
    version: int
    origin: str
    reason: str
    restored: int = 0

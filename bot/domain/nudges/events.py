"""What happened to a ticket on which somebody is waited for."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterNudged(Event):
    """The requester of a pending ticket was asked again; it is resolved at `resolves_at`, if at all.

    `number` counts from 1 with each wait.
    """

    stored_as: ClassVar[str] = "RequesterNudged"
    number: int
    resolves_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWarned(Event):
    """The assignee, who gave no sign, was told when the ticket goes back to the queue."""

    stored_as: ClassVar[str] = "ClaimWarned"
    owner: str
    lapses_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimExtended(Event):
    """The assignee is still on it, and has the full time once more."""

    stored_as: ClassVar[str] = "ClaimExtended"
    lapses_at: datetime

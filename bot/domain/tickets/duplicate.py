"""A ticket that says the same as another, its original: it is closed, and its requester hears of that one."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Self

from bot.domain import events as happened
from bot.domain.errors import AlreadySo
from bot.domain.events import Event
from bot.domain.tickets.snooze import Snooze

MERGED: Final = "merged"
"""The cause of a closing."""
UNMERGED: Final = "unmerged"
"""The cause of a reopening that made it a ticket of its own again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMerged(Event):
    """It is a duplicate of this ticket from now on. `original` is its id, `reference` what people say."""

    stored_as: ClassVar[str] = "TicketMerged"
    original: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateAdded(Event):
    """Another ticket, by its id and what people say, was merged into the one that the event is of."""

    stored_as: ClassVar[str] = "DuplicateAdded"
    duplicate: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEnded(Event):
    """It is a ticket of its own again."""

    stored_as: ClassVar[str] = "MergeEnded"
    original: int


@dataclass(slots=True, kw_only=True)
class Duplicate(Snooze):
    """What a ticket holds of it."""

    merged_into: int | None = None
    """Id of the original; None for one that is no duplicate."""
    has_duplicates: bool = False
    """Whether any ticket was ever merged into this one, so that it is worth asking which are now."""

    def merge(
        self, *, into: Self, original: int, reference: str, actor: str, at: datetime
    ) -> list[happened.Event]:
        """Close it as a duplicate of a ticket. Raises AlreadySo."""
        if self.merged_into == original:
            raise AlreadySo("refusals.already_merged", reference=self.reference, other=reference)
        closed = self.close(actor=actor, at=at, cause=MERGED)
        self.merged_into, into.has_duplicates = original, True
        return [TicketMerged(actor=actor, at=at, original=original, reference=reference), *closed]

    def move_merge(self, *, original: int, reference: str, actor: str, at: datetime) -> list[happened.Event]:
        """Its original was merged itself: it is a duplicate of that one's."""
        self.merged_into = original
        return [TicketMerged(actor=actor, at=at, original=original, reference=reference)]

    def end_merge(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """Nothing where it is no duplicate."""
        original, self.merged_into = self.merged_into, None
        return [] if original is None else [MergeEnded(actor=actor, at=at, original=original)]

    @property
    @abstractmethod
    def reference(self) -> str:
        """What people say: `IT-12`."""

    @abstractmethod
    def close(self, *, actor: str, at: datetime, reason: str = "", cause: str = "") -> list[happened.Event]:
        """Raises AlreadySo for one that is closed."""

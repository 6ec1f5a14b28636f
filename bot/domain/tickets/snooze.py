"""A ticket that rests: until a time it is in no list of what to work on. Its clocks go on all the same."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from bot.domain import events as happened
from bot.domain.reminders.events import SnoozeEnded, TicketSnoozed


@dataclass(slots=True, kw_only=True)
class Snooze(ABC):
    """What a ticket holds of it. Both are None for one that is not snoozed; `snoozed_by` is a person's key."""

    snoozed_until: datetime | None = None
    snoozed_by: str | None = None

    def is_snoozed(self, at: datetime) -> bool:
        """Once the time is over it is back, whether or not that has been told yet."""
        return self.snoozed_until is not None and at < self.snoozed_until

    def snooze(self, *, until: datetime, actor: str, at: datetime, reason: str = "") -> list[happened.Event]:
        """Let it rest until then instead, or until its requester writes. Raises Refused for one that is finished."""
        self._must_be_workable()
        self.snoozed_until, self.snoozed_by = until, actor
        return [TicketSnoozed(actor=actor, at=at, until=until, reason=reason)]

    def end_snooze(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """It is back; nothing where it is not snoozed."""
        until, by = self.snoozed_until, self.snoozed_by
        self.forget_snooze()
        if until is None or by is None:
            return []
        return [SnoozeEnded(actor=actor, at=at, by=by, until=until)]

    @abstractmethod
    def _must_be_workable(self) -> None:
        """Raises Refused for a ticket that is resolved or closed."""

    def forget_snooze(self) -> None:
        """What happened to it says enough: it was finished, or its team lost it."""
        self.snoozed_until = self.snoozed_by = None

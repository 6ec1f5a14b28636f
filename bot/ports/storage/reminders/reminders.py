"""Who wants to be reminded of which ticket, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.reminders.reminder import Reminder


class Reminders(Protocol):
    """A reminder is changed with its ticket locked, so that replicas tell it once."""

    def add(self, reminder: Reminder) -> None: ...

    def get(self, reminder_id: int) -> Reminder | None: ...

    def save(self, reminder: Reminder) -> None: ...

    def due(self, now: datetime, *, limit: int) -> Sequence[Reminder]:
        """Those to be told by now, the first due first; not locked."""
        ...

    def waiting_of(self, person: str) -> Sequence[Reminder]:
        """Those still to be told that this person is to hear, or asked for; the soonest first."""
        ...

    def forget_before(self, before: datetime) -> None:
        """Forget what was told or ended before then."""
        ...

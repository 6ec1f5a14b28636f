"""A reminder: a ticket, a few words and a time, for one agent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

LONGEST_WORDS: Final = 500
"""Characters of what somebody wants to be reminded of."""
MOST_WAITING: Final = 100
"""Reminders of one author that are still to come."""
LOOKED_AGAIN: Final = timedelta(minutes=5)
"""After this time it is looked again whether somebody who was not there is back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """`person` is the key of who is reminded, `author` of who asked for it; they may be one. Desk time, UTC.

    `next_at` is when it is due or, while its person is not there, when that is looked at again; None once it was
    told or ended. It is told again only where somebody sets a new time.
    """

    id: int
    ticket: int
    person: str
    author: str
    words: str = ""
    set_at: datetime
    due_at: datetime
    next_at: datetime | None
    told_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        return self.person == self.author

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be told."""
        return self.next_at is not None

    def is_due(self, at: datetime) -> bool:
        return self.next_at is not None and self.next_at <= at

    def moved(self, to: datetime, *, at: datetime, words: str = "") -> "Reminder":
        """To be told then, whether or not it was told before; without `words` they stay as they are."""
        kept = words or self.words
        return replace(self, set_at=at, due_at=to, next_at=to, told_at=None, ended_at=None, words=kept)

    def put_off(self, *, at: datetime) -> "Reminder":
        """Its person is not there: it stays due."""
        return replace(self, next_at=at + LOOKED_AGAIN)

    def told(self, *, at: datetime) -> "Reminder":
        return replace(self, next_at=None, told_at=at)

    def ended(self, *, at: datetime) -> "Reminder":
        """Done or cancelled."""
        return replace(self, next_at=None, ended_at=at)

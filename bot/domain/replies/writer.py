"""Who is writing on a ticket just now, so that two agents do not answer at once unknown to one another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SHOWN_FOR: Final = timedelta(minutes=10)
"""After that, whoever opened a form and neither sent nor closed it is no longer said to be writing."""
KEPT_FOR: Final = timedelta(days=1)
"""So long it is known since when somebody has been writing, to tell them what was said meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody of the team's side with a form of the ticket open. `since` is desk time, UTC.

    `person` is their key. `is_note`: what they write is for the team alone.
    """

    ticket: int
    person: str
    is_note: bool = False
    since: datetime

    def is_shown(self, now: datetime) -> bool:
        return now - SHOWN_FOR < self.since <= now

"""Somebody who hears of a ticket without owning it, and may see it on one of its two sides."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.tickets.conversation import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """`side` is what they see of the ticket: the requester's side never has notes. `at` is desk time, UTC.

    One who was removed is kept, for private threads to put them out: `is_removed`.
    """

    ticket: int
    person: str
    side: Side
    added_by: str
    at: datetime
    is_removed: bool = False

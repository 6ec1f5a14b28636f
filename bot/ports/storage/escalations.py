"""Escalations under way, and the tickets whose next step has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.escalations.escalation import Escalation
from bot.domain.tickets.ticket import Ticket


class Escalations(Protocol):
    """Escalations under way, and those that were."""

    def add(self, escalation: Escalation) -> None: ...

    def save(self, escalation: Escalation) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[Escalation]:
        """Oldest first, those that are over included."""
        ...

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Escalation]:
        """Those of these escalations that there are, by their ids."""
        ...

    def note_told(self, ids: Iterable[int], *, key: str) -> None:
        """The once row of this key tells of these escalations."""
        ...

    def under_way(self, tickets: Iterable[int]) -> Sequence[Escalation]:
        """Those of these tickets that are not over, oldest first."""
        ...

    def told_in(self, beginning: str, *, limit: int) -> Sequence[Escalation]:
        """Those not over that a once row told of whose key begins so; the longest under way first."""
        ...

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        """Tickets whose next step has come, soonest first, locked; not those another replica holds."""
        ...

    def next_due_at(self) -> datetime | None:
        """When the next of them all is due; None when nothing is."""
        ...

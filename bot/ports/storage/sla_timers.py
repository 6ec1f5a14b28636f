"""SLA timers and the policies' copies they run by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Ticket


class SlaTimers(Protocol):
    def copy_policy(self, body: Mapping[str, Any]) -> str:
        """Keep a policy's copy by its content and return its key; the same body is kept once."""
        ...

    def policy(self, key: str) -> Mapping[str, Any]: ...

    def add(self, timers: Sequence[SlaTimer]) -> None: ...

    def of_ticket(self, ticket_id: int) -> Sequence[SlaTimer]: ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[SlaTimer]]:
        """By ticket, oldest first; every ticket asked for is in the answer."""
        ...

    def save(self, timer: SlaTimer) -> None: ...

    def remove(self, timer: SlaTimer) -> None:
        """It was never due to run. Refused by the database where an escalation is of it."""
        ...

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        """Tickets that have a running timer whose `next_at` has come, soonest first, locked.

        Tickets that another replica holds locked are left to it.
        """
        ...

    def next_due_at(self) -> datetime | None:
        """When the next of them all is due; None when nothing is."""
        ...

"""The audit log: what happened, by whom, when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log. `event` is the event class's name, `details` its other fields as JSON."""

    ticket_id: int | None
    event: str
    actor: str
    at: datetime
    details: Mapping[str, Any]


class AuditLog(Protocol):
    """Append-only: there is no way to change or remove an entry."""

    def append(self, ticket_id: int | None, events: Sequence[Event]) -> None: ...

    def opener_of(self, ticket_id: int) -> str:
        """The key of whoever opened it: who did what comes first. Raises LookupError where nothing does."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[AuditEntry]:
        """Oldest first."""
        ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[AuditEntry]]:
        """The same for many tickets at once; everyone asked for is in the answer."""
        ...

    def recent(self, *, limit: int = 50) -> Sequence[AuditEntry]:
        """Newest first."""
        ...

"""Which new tickets were compared with earlier ones, what was found, and the words that are compared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.demand.similar import ComparedTicket
from bot.ports.storage.demand import AskedRequest


class SimilarRequests(Protocol):
    def to_compare(self, *, since: datetime, limit: int) -> Sequence[int]:
        """Ids of open tickets opened since then (included) that were not compared yet, oldest first; not locked."""
        ...

    def add(self, comparison: ComparedTicket, *, now: datetime) -> bool:
        """Keep what was found. False where the ticket was compared before: then nothing is changed."""
        ...

    def of_ticket(self, ticket_id: int) -> ComparedTicket | None: ...

    def words(
        self, *, since: datetime, before: tuple[datetime, int] | None = None, limit: int
    ) -> Sequence[AskedRequest]:
        """What was asked for since then (included), whoever may see it, the newest first.

        `before` is when the last one of the page before was opened, and its id.
        """
        ...

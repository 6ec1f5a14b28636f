"""Timers that run: at most one for each agent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.worked_time.stopwatch import Stopwatch


class Stopwatches(Protocol):
    """A timer's ticket is locked by whoever starts or ends it."""

    def start(self, stopwatch: Stopwatch) -> bool:
        """False where another of its agent runs; then nothing is started."""
        ...

    def of_agents(self, people: Iterable[str]) -> Sequence[Stopwatch]:
        """Those of these keys, such as one person's accounts, the one that was started first before the others."""
        ...

    def of_ticket(self, ticket: int) -> Sequence[Stopwatch]: ...

    def due(self, now: datetime, *, limit: int) -> Sequence[Stopwatch]:
        """Those that are to end by now, the one that is due first before the others."""
        ...

    def end(self, stopwatch: int) -> bool:
        """False where it has ended already."""
        ...

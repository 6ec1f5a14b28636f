"""Changes of many tickets, with what became of each ticket."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.bulk_changes.bulk_change import BulkChange, BulkItem, BulkOutcome, BulkStage


class BulkChanges(Protocol):
    """A ticket's item is written only by whoever holds the ticket's lock."""

    def add(self, change: BulkChange, tickets: Sequence[int]) -> None:
        """With the ids of the tickets that it is for, in their order; all of them are chosen."""
        ...

    def find(self, change_id: int) -> BulkChange | None: ...

    def lock(self, change_id: int) -> BulkChange | None:
        """Nobody else takes it to another stage until the commit."""
        ...

    def save(self, change: BulkChange) -> None: ...

    def last_of(self, actor: str) -> BulkChange | None:
        """The newest of this person's that runs or can be undone; where there is none, the newest that has begun."""
        ...

    def newest_of(self, actor: str) -> BulkChange | None:
        """The newest of this person's that has begun, whatever became of it."""
        ...

    def in_stages(self, stages: Iterable[BulkStage]) -> Sequence[BulkChange]:
        """Oldest first; of stages that are over, those that are left."""
        ...

    def items(self, change_id: int) -> Sequence[BulkItem]:
        """In their order, those that were not chosen too; without what it takes to put them back."""
        ...

    def item(self, change_id: int, ticket_id: int) -> BulkItem | None:
        """With what it takes to put it back."""
        ...

    def choose(self, change_id: int, tickets: Iterable[int], *, among: Iterable[int]) -> None:
        """Of the tickets `among` which this is decided, these alone are chosen."""
        ...

    def settle(self, item: BulkItem) -> None:
        """Keep what became of a ticket."""
        ...

    def count(self, change_id: int) -> Mapping[BulkOutcome, int]:
        """Of those that are chosen, how many came to what; each outcome is in the answer."""
        ...

    def forget_states(self, change_id: int) -> None:
        """Its tickets are not put back any more."""
        ...

    def forget_unused(self, *, before: datetime) -> int:
        """Those that were chosen before then and never begun; returns how many there were."""
        ...

"""What each team hands over to the next region, day by day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.levels.hand_over import HandedOver, HandOver


class HandOvers(Protocol):
    """A team has one a day. Its tickets wait until each is settled: handed over, or left where it is."""

    def last_days(self) -> Mapping[str, date]:
        """The last day of each team that has handed over."""
        ...

    def begin(self, hand_over: HandOver, *, tickets: Iterable[int]) -> bool:
        """Whether nobody else has begun that team's of this day."""
        ...

    def get(self, hand_over: int) -> HandOver | None: ...

    def unfinished(self) -> Sequence[HandOver]:
        """Those that have not been told of, the earliest first."""
        ...

    def waiting(self, hand_over: int) -> Sequence[int]:
        """Ids of its tickets that are not settled."""
        ...

    def settle(self, hand_over: int, ticket: int, *, is_moved: bool, holder: str | None) -> bool:
        """Whether nobody else has settled it. The ticket is locked."""
        ...

    def finish(self, hand_over: int, *, now: datetime) -> bool:
        """Whether nobody else has finished it."""
        ...

    def moved(self, hand_over: int) -> Sequence[HandedOver]:
        """What was handed over."""
        ...

    def last_hours(self, tickets: Collection[int]) -> Mapping[int, datetime]:
        """The hour of the last hand-over that moved each of these tickets, of those that were moved."""
        ...

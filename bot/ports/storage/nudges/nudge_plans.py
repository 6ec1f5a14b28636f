"""What is to come of tickets on which somebody is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.nudges.plan import NudgePlan, PlanKind

QueuePosition = tuple[int, int]
"""Where a ticket stands in its team's queue: its place, and its id among those of one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsWithoutPlan:
    """Their ids, those that wait longest first; and behind which ticket the queue goes on, None at its end."""

    ids: tuple[int, ...]
    more_behind: QueuePosition | None


class NudgePlans(Protocol):
    """A ticket has one of a kind at most. It is locked by whoever puts or removes one."""

    def put(self, plan: NudgePlan) -> None:
        """In place of the one that the ticket has."""
        ...

    def get(self, ticket: int, kind: PlanKind) -> NudgePlan | None: ...

    def remove(self, ticket: int, kind: PlanKind) -> None: ...

    def due(self, now: datetime, *, limit: int) -> Sequence[tuple[int, PlanKind]]:
        """Of which tickets a step has come, soonest first: to be read again once the ticket is locked."""
        ...

    def without(
        self, kind: PlanKind, *, team: str, behind: QueuePosition | None = None, limit: int
    ) -> TicketsWithoutPlan:
        """Of the next `limit` live tickets of this team's queue those that would have such a plan and have none.

        Pending tickets, or open ones whose assignee has no plan of theirs. One that rests is none.
        """
        ...

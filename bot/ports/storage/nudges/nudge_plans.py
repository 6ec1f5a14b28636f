"""What is to come of tickets on which somebody is waited for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.nudges.plan import NudgePlan, PlanKind


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

    def without(self, kind: PlanKind, *, team: str, limit: int) -> Sequence[int]:
        """Ids of this team's tickets that would have such a plan and have none, those that wait longest first.

        Pending tickets, or open ones whose assignee has no plan of theirs. One that rests is none.
        """
        ...

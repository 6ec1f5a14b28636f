"""Earlier answers: what ended resolved tickets, tickets to be looked at again, and those that agents left out."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from bot.domain.knowledge.earlier_answer import EarlierAnswer


class EndedTicket(NamedTuple):
    """A ticket as a look back sees it."""

    id: int
    team: str
    is_finished: bool


class EarlierAnswers(Protocol):
    """Whoever keeps something new of a ticket holds its lock."""

    def mark(self, ticket: int) -> None:
        """Have it looked at again; nothing where it is to be already."""
        ...

    def mark_all_kept(self) -> None:
        """Have every ticket of which an answer is kept looked at again."""
        ...

    def unmark(self, ticket: int) -> None: ...

    def marked(self, *, limit: int) -> Sequence[int]:
        """Ids of tickets to be looked at again, the newest first."""
        ...

    def marked_among(self, tickets: Collection[int]) -> frozenset[int]:
        """Those of these that are to be looked at again: what is kept of them may not be so any more."""
        ...

    def get(self, ticket: int) -> EarlierAnswer | None: ...

    def get_many(self, tickets: Collection[int]) -> Sequence[EarlierAnswer]:
        """Those of these tickets that are kept, in no order."""
        ...

    def put(self, answer: EarlierAnswer) -> None:
        """Keep it in place of what was kept of its ticket."""
        ...

    def remove(self, ticket: int) -> None: ...

    def of_teams(self, teams: Collection[str], *, skip: int, limit: int) -> Sequence[EarlierAnswer]:
        """The newest first."""
        ...

    def count(self, teams: Collection[str]) -> int: ...

    def beyond(self, team: str, *, kept: int) -> Sequence[int]:
        """Ids of the team's tickets whose answers are older than its newest `kept` ones."""
        ...

    def exclude(self, ticket: int) -> bool:
        """From now on its answer is not used. False where that is so already."""
        ...

    def include(self, ticket: int) -> bool:
        """It may be used again. False where it was not excluded."""
        ...

    def is_excluded(self, ticket: int) -> bool: ...

    def excluded(self, teams: Collection[str], *, limit: int) -> Sequence[int]:
        """Ids of tickets of these teams that are excluded, the newest first."""
        ...

    def holds_some(self) -> bool:
        """Whether anything is kept or to be looked at."""
        ...

    def tickets_before(self, ticket: int | None, *, limit: int) -> Sequence[EndedTicket]:
        """Tickets of any team and state from this id on backwards, it excluded, the newest first; None: all."""
        ...

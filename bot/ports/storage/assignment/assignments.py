"""What is asked and kept to say who gets a ticket: turns, and how much everybody has."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol


class Assignments(Protocol):
    def lock_turns(self, teams: Iterable[str]) -> Mapping[str, str | None]:
        """The key of who was given a ticket of each of these teams last; None where nobody was yet.

        Held until the commit: whoever else locks one of them sees what this transaction gave. Lock tickets first.
        """
        ...

    def keep_turn(self, team: str, agent: str, *, at: datetime) -> None:
        """They were given one now; the team is locked."""
        ...

    def waiting_by_priority(self, people: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """How many new and open tickets of each priority each of these people has; everybody asked for is in it."""
        ...

    def last_agent_of(self, requesters: Iterable[str], *, team: str, before: int) -> str | None:
        """Who has the newest of this team's assigned tickets that these accounts opened before the one of this id."""
        ...

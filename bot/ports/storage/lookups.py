"""What other systems said of people, and about whom they are still to be asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.lookups.lookup_answer import LookupAnswer


class LookupAnswers(Protocol):
    """One for each person and look-up."""

    def of_person(self, person: str) -> Sequence[LookupAnswer]:
        """By the names of the look-ups."""
        ...

    def of_people(self, people: Collection[str]) -> Mapping[str, Sequence[LookupAnswer]]:
        """The same of many people, by their keys; without those about whom nothing is kept."""
        ...

    def put(self, answer: LookupAnswer) -> None:
        """In place of the one before it."""
        ...

    def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[LookupAnswer]:
        """So many of those that are due, the longest waiting, put off until then: nobody else asks meanwhile."""
        ...

    def next_due_at(self) -> datetime | None:
        """When the next of them is to be asked; None while nobody wants to know anything."""
        ...

    def forget(self, person: str, lookup: str) -> None: ...

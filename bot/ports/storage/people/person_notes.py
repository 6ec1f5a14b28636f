"""What agents note of people."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.domain.people.person_note import PersonNote


class PersonNotes(Protocol):
    def add(self, note: PersonNote) -> None: ...

    def find(self, note: int) -> PersonNote | None:
        """By its id; None for one that was removed."""
        ...

    def of_accounts(self, accounts: Iterable[str]) -> Sequence[PersonNote]:
        """Oldest first, without those that were removed."""
        ...

    def remove(self, note: int) -> None: ...

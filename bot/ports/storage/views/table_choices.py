"""Which columns somebody wants to see of tickets: each person once."""

from collections.abc import Sequence
from typing import Protocol


class TableChoices(Protocol):
    def put(self, person: str, columns: Sequence[str]) -> None:
        """In place of what they chose before; none for those that everybody sees."""
        ...

    def of(self, person: str) -> Sequence[str]: ...

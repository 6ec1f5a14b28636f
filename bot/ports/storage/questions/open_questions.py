"""Messages whose author was asked what they are for: each is open until it is answered, or its time comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    asked: str
    """Key of the message."""
    person: str
    """Key of its author."""
    due_at: datetime


class OpenQuestions(Protocol):
    def add(self, question: OpenQuestion) -> None: ...

    def due(self, now: datetime, *, limit: int) -> Sequence[OpenQuestion]:
        """Those whose time has come, oldest first."""
        ...

    def lock(self, asked: str) -> bool:
        """Whether it is open. Whoever settles it waits for the commit."""
        ...

    def settle(self, asked: str) -> bool:
        """It is answered, or nobody waits for that any more; False where it was settled before, or never open.

        Whoever settles the same one at once waits for the commit.
        """
        ...

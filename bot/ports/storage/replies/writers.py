"""Who is writing on which ticket: each person once for a ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.replies.writer import Writer


class Writers(Protocol):
    def put(self, writer: Writer) -> None:
        """They write from `since` on, whenever they began before."""
        ...

    def remove(self, ticket: int, person: str) -> None:
        """They sent it, or closed the form."""
        ...

    def of_ticket(self, ticket: int) -> Sequence[Writer]:
        """Everybody that is kept, who began first first."""
        ...

    def everybody(self) -> Sequence[Writer]:
        """On any ticket, who began first first."""
        ...

    def forget_before(self, at: datetime) -> None: ...

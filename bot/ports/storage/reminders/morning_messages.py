"""Which agents have a message in the morning, and which day it was told last."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.reminders.morning_message import MorningMessage


class MorningMessages(Protocol):
    """Each person's once; who chose none has none."""

    def put(self, message: MorningMessage) -> None:
        """In place of what the person had chosen before."""
        ...

    def remove(self, person: str) -> None: ...

    def of(self, person: str) -> MorningMessage | None: ...

    def everybody(self) -> Sequence[MorningMessage]:
        """In the order of their keys."""
        ...

    def tell(self, person: str, *, day: date) -> bool:
        """Note that it is told on this day. False where that day, or a later one, has it already."""
        ...

"""Replies that wait until they leave, and for a while those that were taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.replies.held_reply import HeldReply


class HeldReplies(Protocol):
    """Their ticket is locked by whoever adds, takes back or removes one."""

    def add(self, held: HeldReply) -> None: ...

    def get(self, held_id: int) -> HeldReply | None:
        """None for one that has left."""
        ...

    def waiting_on(self, ticket: int) -> Sequence[HeldReply]:
        """Those of a ticket that have neither left nor been taken back, in the order in which they leave."""
        ...

    def of_author(self, person: str) -> Sequence[HeldReply]:
        """Those of somebody that wait, the one that was held last first."""
        ...

    def due(self, now: datetime, *, limit: int) -> Sequence[HeldReply]:
        """Those that are to leave by now, in the order in which they leave."""
        ...

    def take_back(self, held_id: int, *, at: datetime) -> None: ...

    def remove(self, held_id: int) -> bool:
        """It leaves, or cannot; False where it has left or was taken back."""
        ...

    def forget_taken_back(self, *, before: datetime) -> None: ...

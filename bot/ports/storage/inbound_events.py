"""What has arrived, by the key of the thing said."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Arrival(StrEnum):
    """Whether an inbound event is the first of its key."""

    FIRST = "first"
    REPEATED = "repeated"


class InboundEvents(Protocol):
    def arrive(self, key: str, *, now: datetime) -> Arrival:
        """Note that an event of this key is being handled in this transaction."""
        ...

    def keep_early(self, message_key: str, change: Mapping[str, Any], *, now: datetime) -> None:
        """Keep an edit or deletion that came before its message; the newest `revision` wins."""
        ...

    def take_early(self, message_key: str) -> Mapping[str, Any] | None:
        """What was kept for this message, once."""
        ...

    def forget_before(self, at: datetime, *, limit: int) -> int:
        """Drop the oldest keys, if they are older than this; returns how many."""
        ...

"""What state a ticket is in, and how much it matters."""

from enum import StrEnum

from bot.domain.sentence import Sentence


class Status(StrEnum):
    """Nobody has it · an agent has it · waits for the requester · for a third party · answered · finished."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")

    @property
    def term(self) -> Sentence:
        """As people read it, in their language."""
        return Sentence(f"terms.status_{self}")

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something: neither resolved nor closed."""
        return self not in (Status.RESOLVED, Status.CLOSED)

    @property
    def is_waiting(self) -> bool:
        """Whether somebody else is waited for: the requester, or a third party."""
        return self in (Status.PENDING, Status.ON_HOLD)


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def term(self) -> Sentence:
        return Sentence(f"terms.priority_{self}")

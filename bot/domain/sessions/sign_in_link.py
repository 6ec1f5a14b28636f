"""The link that signs somebody in: good once, and for a few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.sessions.session import SignInWay

LIFE: Final = timedelta(minutes=10)
MOST_LINKS: Final = 5
"""Links that somebody may ask for within `COUNTED_WITHIN`."""
MOST_REFUSALS: Final = 20
"""Links that are no good, tried from one address within `COUNTED_WITHIN`."""
COUNTED_WITHIN: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=1)
"""How long it is known that a link was used, or came too late."""


class Refusal(StrEnum):
    """Why a link signs nobody in."""

    UNKNOWN = "unknown"
    USED = "used"
    LATE = "late"
    LEFT = "left"
    """Whoever it is for left, or their account is on no platform of this desk any more."""
    TOO_MANY = "too_many"
    """Too many links that were no good came from that address."""


class SignInSide(StrEnum):
    """What somebody who signs in wants to see: what they asked for, what they work on, or what all see first."""

    REQUESTS = "requests"
    WORK = "work"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """`account` is the key of the account that it signs in; instants are desk time, UTC."""

    account: str
    way: SignInWay
    side: SignInSide
    made_at: datetime
    used_at: datetime | None = None

    def refusal_at(self, now: datetime) -> Refusal | None:
        """Not before it was made either: desk time may be set back."""
        if self.used_at is not None:
            return Refusal.USED
        return None if self.made_at <= now < self.made_at + LIFE else Refusal.LATE

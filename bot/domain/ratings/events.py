"""What happened when a requester was asked how it went."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySent(Event):
    """The requester was asked how it went."""

    stored_as: ClassVar[str] = "SurveySent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRated(Event):
    """The requester rated how it went, or changed that; `before` is empty the first time. Anonymous ones have none.

    Ratings are signs that every language reads: `👍`, `4/5`. What was written with it is not kept here.
    """

    stored_as: ClassVar[str] = "TicketRated"
    before: str
    after: str
    is_commented: bool = False

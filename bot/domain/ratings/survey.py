"""One resolution of a ticket and the question how it went: due, asked, answered by a rating that may change."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.errors import Refused
from bot.domain.ratings.satisfaction import RatingScale, is_low
from bot.domain.tickets.ticket import Ticket

ANSWERABLE_FOR: Final = timedelta(days=30)
"""How long after it was asked a survey can be answered for the first time."""
LATEST: Final = timedelta(days=3)
"""A survey that could not be asked so long after it was due is not asked any more."""
LONGEST_COMMENT: Final = 2_000
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """`team` and `agent` are whom a rating is about; `requester` is the key of who is asked. Instants are UTC.

    It is about the resolution of `resolved_at`. `due_at` is None once it was asked. `scale` and `is_anonymous` are
    what its requester was promised when it was asked.
    """

    id: int
    ticket: int
    team: str
    requester: str
    agent: str | None
    resolved_at: datetime
    scale: RatingScale
    is_anonymous: bool = False
    due_at: datetime | None = None
    asked_at: datetime | None = None
    score: int | None = None
    comment: str = ""
    rated_at: datetime | None = None
    """When it was answered first."""
    is_told: bool = False
    """Whether the leads were told of a low rating."""

    @property
    def is_rated(self) -> bool:
        return self.score is not None

    @property
    def is_low(self) -> bool:
        return self.score is not None and is_low(self.score)

    @property
    def sign(self) -> str:
        """The rating as people read it; empty without one."""
        return self.scale.sign(self.score) if self.score is not None else ""

    def is_about(self, ticket: Ticket) -> bool:
        """Whether the ticket is as it was resolved then, and not worked on again or resolved anew."""
        return not ticket.status.is_live and ticket.resolved_at == self.resolved_at

    def answerable_until(self, *, changeable_for: timedelta) -> datetime:
        """When it can be answered or changed last."""
        if self.rated_at is not None:
            return self.rated_at + changeable_for
        return (self.asked_at or self.resolved_at) + ANSWERABLE_FOR

    def rated(self, score: int, *, comment: str, at: datetime) -> "Survey":
        """With this answer. Raises Refused for a comment that is too long."""
        if len(comment) > LONGEST_COMMENT:
            raise Refused("refusals.comment_too_long", limit=LONGEST_COMMENT)
        return replace(self, score=score, comment=comment, rated_at=self.rated_at or at)

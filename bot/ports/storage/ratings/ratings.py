"""Figures of ratings, for whatever reports them. A ticket's newest rating counts, and of nobody else's.

Anonymous ratings are figures of their team alone: they name no agent, no ticket and no requester, and are left out
where fewer than `FEWEST_ANONYMOUS` of a team match.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ratings.satisfaction import RatingScale


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingQuery:
    """Ratings that were given first from `since` (included) until `until` (excluded), UTC; None leaves it open.

    `teams` None: of all teams. `agents` and `requesters` are keys, None for anybody; where they are given, anonymous
    ratings do not match.
    """

    since: datetime | None = None
    until: datetime | None = None
    teams: frozenset[str] | None = None
    agents: frozenset[str] | None = None
    requesters: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTally:
    """Of one team and, unless they are anonymous, one agent: `agent` None is nobody, or anonymous."""

    team: str
    agent: str | None
    is_anonymous: bool
    count: int
    good: int
    low: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingComment:
    """What was written with a rating; `ticket`, `agent` and `requester` are None where it is anonymous.

    `is_private`: its ticket is, so that its team alone may read this.
    """

    team: str
    score: int
    scale: RatingScale
    text: str
    rated_at: datetime
    ticket: int | None
    agent: str | None
    requester: str | None
    is_private: bool


class Ratings(Protocol):
    def tallies(self, wanted: RatingQuery) -> Sequence[RatingTally]:
        """By team and agent."""
        ...

    def comments(
        self, wanted: RatingQuery, *, limit: int, of_private: bool = True
    ) -> Sequence[RatingComment]:
        """The newest first; without those on private tickets where readers are not their teams alone."""
        ...

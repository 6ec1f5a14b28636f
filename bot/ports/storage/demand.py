"""What storage says of the requests that came: their words, and how many there were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain.search.visibility import Visibility

SLICE: Final = timedelta(minutes=15)
"""Every time zone's midnight is at the beginning of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRequest:
    """One request. `words` are those of its opening message, as `index_words` writes them; `opened_at` is in UTC."""

    id: int
    reference: str
    subject: str
    words: str
    requester: str
    language: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCount:
    """How many requests were opened for a team in the `SLICE` that begins at this instant, UTC; never none."""

    team: str
    begins: datetime
    requests: int


class Demand(Protocol):
    def requests(
        self,
        *,
        since: datetime,
        until: datetime,
        teams: frozenset[str] | None,
        visibility: Visibility,
        limit: int,
    ) -> Sequence[AskedRequest]:
        """Those opened from `since` (included) to `until` (excluded) that may be seen, the newest first.

        `teams` are those that have them now; None means all.
        """
        ...

    def counts(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None
    ) -> Sequence[RequestCount]:
        """Of the teams that have the requests now, in order of time. `since` is the beginning of a slice."""
        ...

"""Requests that say the same as another: what was found when it was opened, and when people are told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

USUAL_LEAST: Final = 0.6
"""Of 22 pairs of one office's requests, drawn by lot, that are 0.6 to 0.75 alike, a person found 18 to be of help to
one another, of 22 that are more alike 21, and of 22 that are 0.5 to 0.6 alike 12."""
SURER: Final = 0.2
"""By how much more alike a request must be before its requester is asked, since a wrong question is worse than none:
of the pairs that are 0.8 alike two in three were one matter, without regard to when and where they were written."""
LEAST_SHARED: Final = 2
"""Telling words that two requests share at least: one word alone is a topic."""
MOST_FINISHED: Final = 3
"""Finished requests that say the same, above which this is routine: a form that everybody sends, a password to reset.
Another one of these has its own matter, so that nobody is told of it."""
LOOKED_BACK: Final = timedelta(days=90)
"""How long ago a request was opened, or ended, that is still compared."""
FRESH: Final = timedelta(hours=24)
"""How long somebody else's request is offered to those who report the same."""
MOST_KEPT: Final = 8
"""Of the open ones, and of those that ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPolicy:
    """Who is told of what: the team's card shows `open` and `resolved` tickets, the `requester` is asked."""

    open: bool = True
    resolved: bool = True
    requester: bool = True
    least: float = USUAL_LEAST

    @property
    def shows_team(self) -> bool:
        return self.open or self.resolved

    @property
    def is_used(self) -> bool:
        return self.shows_team or self.requester


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRequest:
    """`ticket` is its id; `degree` from 0 to 1; `words` are what both say, the most telling first."""

    ticket: int
    degree: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTicket:
    """What was found for a ticket, the most alike first. `is_routine`: too many say the same to mean anything."""

    ticket: int
    found: tuple[SimilarRequest, ...]
    is_routine: bool = False

    def among(self, tickets: Iterable[int]) -> tuple[SimilarRequest, ...]:
        known = frozenset(tickets)
        return tuple(each for each in self.found if each.ticket in known)

"""Ratings of which a search may tell: a ticket's newest one, unless it is anonymous."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, Select, select

from bot.domain.ratings.satisfaction import HIGHEST, LOWEST, is_good, is_low
from bot.domain.search.query import RatingState
from storage.tables.tickets.ratings import surveys

_ALL: Final = frozenset(range(LOWEST, HIGHEST + 1))
_SCORES_OF: Final = {
    RatingState.GOOD: [each for each in _ALL if is_good(each)],
    RatingState.LOW: [each for each in _ALL if is_low(each)],
}


def scores_of(states: Iterable[str]) -> frozenset[int]:
    """All scores where no state is named."""
    return frozenset(score for each in states for score in _SCORES_OF[RatingState(each)]) or _ALL


def is_told_rating(scores: Iterable[int]) -> list[ColumnElement[bool]]:
    """Which surveys are meant."""
    return [
        surveys.c.rated_at.is_not(None),
        surveys.c.is_anonymous.is_(False),
        surveys.c.is_superseded.is_(False),
        surveys.c.score.in_(sorted(scores)),
    ]


def rated_tickets(scores: Iterable[int]) -> Select[tuple[int]]:
    return select(surveys.c.ticket_id).where(*is_told_rating(scores))

"""Whether and how a team asks its requesters how it did."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

LOWEST: Final = 1
HIGHEST: Final = 5
_LOW: Final = 2
_GOOD: Final = 4

FEWEST_ANONYMOUS: Final = 3
"""Anonymous ratings are counted and told from so many on: of fewer, people would guess whose they are."""


class RatingScale(StrEnum):
    """What requesters choose from: two steps, or five. Scores are of the same five steps for both."""

    THUMBS = "thumbs"
    FIVE = "five"

    @property
    def scores(self) -> tuple[int, ...]:
        """Best first for two steps, in order for five."""
        return (HIGHEST, LOWEST) if self is RatingScale.THUMBS else tuple(range(LOWEST, HIGHEST + 1))

    def sign(self, score: int) -> str:
        """As people of every language read it: 👍, or 4/5."""
        if self is RatingScale.THUMBS:
            return "👍" if is_good(score) else "👎"
        return f"{score}/{HIGHEST}"


def is_low(score: int) -> bool:
    return score <= _LOW


def is_good(score: int) -> bool:
    return score >= _GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """`after`: how long after a resolution requesters are asked. `changeable_for`: how long they can change a rating.

    `at_most_every`: nobody is asked again before so much time has passed; None for any time. `is_anonymous`: neither
    agents nor leads learn who rated, or which request.
    """

    scale: RatingScale = RatingScale.THUMBS
    after: timedelta = timedelta(hours=1)
    changeable_for: timedelta = timedelta(days=7)
    at_most_every: timedelta | None = None
    is_anonymous: bool = False

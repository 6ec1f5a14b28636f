"""A suggestion of one field of a ticket, and what people made of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.sorting.policy import SortedField


class SuggestionState(StrEnum):
    """Nobody has chosen yet · was chosen · something else was chosen · the ticket ended without a choice."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A ticket has one of a field at most, or of one that has many labels, one of each label.

    `is_filled`: it was filled in, and stands unless it was corrected.
    """

    ticket_id: int
    field: SortedField
    label: str
    sureness: float
    words: tuple[str, ...]
    is_filled: bool
    made_at: datetime
    state: SuggestionState = SuggestionState.OPEN

    @property
    def is_shown(self) -> bool:
        """Whether agents can accept it."""
        return self.state is SuggestionState.OPEN and not self.is_filled


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionTally:
    """What became of a field's suggestions; `sure` ones reached the threshold that was asked about."""

    field: SortedField
    accepted: int = 0
    corrected: int = 0
    left: int = 0
    open: int = 0
    filled: int = 0
    sure_right: int = 0
    sure_wrong: int = 0

    @property
    def sure(self) -> int:
        return self.sure_right + self.sure_wrong

    def keeps(self, threshold: float) -> bool:
        """Whether sure suggestions are right as often as they must be; few of them say nothing against it."""
        return self.sure < LEAST_JUDGED or self.sure_right >= threshold * self.sure


LEAST_JUDGED: Final = 20
"""Sure suggestions that people accepted or corrected, from which on their share counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedModel:
    """What was learned of a field at night. `model` is None where nothing could be, and `why` says why not."""

    field: SortedField
    learned_at: datetime
    requests: int
    model: bytes | None = None
    why: str = ""
    right: float = 0.0
    rare: tuple[str, ...] = ()

"""What a desk wants of learned sorting: whether it suggests or fills in, what, and how sure it must be."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from bot.domain.sorting.unhappiness import sounds_unhappy


class SortingMode(StrEnum):
    """Nothing is learned · agents read suggestions · what is sure enough is filled in, the rest suggested."""

    OFF = "off"
    SUGGEST = "suggest"
    FILL = "fill"


class SortedField(StrEnum):
    """What of a ticket is learned."""

    TEAM = "team"
    CATEGORY = "category"
    PRIORITY = "priority"
    TAGS = "tags"


MANY: Final = frozenset({SortedField.TAGS})
"""Fields of which a ticket has any number of labels."""
MOST_OF_MANY: Final = 3
"""Labels of such a field that are suggested for one ticket, the surest."""
LEAST_OF_LABEL: Final = 50
"""Tickets that a team, category, priority or tag needs before it is learned."""
LEAST_IN_ALL: Final = 200
"""Tickets that a field needs before it is learned."""
MOST_TICKETS: Final = 100_000
"""That are learned from: the newest."""
LEAST_SURENESS: Final = 0.5
"""Less sure ones are not worth reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortingPolicy:
    """`threshold` is how sure it must be to be filled in; `train_at` is on the clock of the desk's default team."""

    mode: SortingMode = SortingMode.OFF
    threshold: float = 0.9
    fields: tuple[SortedField, ...] = tuple(SortedField)
    train_at: time = time(2)
    flags_unhappy: bool = False

    def flags(self, text: str) -> bool:
        """Whether these words sound unhappy, on a desk that wants to know."""
        return self.flags_unhappy and sounds_unhappy(text)

    @property
    def is_on(self) -> bool:
        return self.mode is not SortingMode.OFF

"""What Deskbell filled in itself, and by what."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSorted(Event):
    """A field that rules left open was filled in: `percent` is how sure, `words` are what pushed towards it."""

    stored_as: ClassVar[str] = "TicketSorted"
    field: str
    label: str
    percent: int
    words: tuple[str, ...]

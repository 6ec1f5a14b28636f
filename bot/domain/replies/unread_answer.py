"""An answer that nobody ever read: it was taken back before it was shown, or could not be delivered."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstResponseUndone(Event):
    """The requester is still owed their first response: the `message` that gave it reached nobody."""

    stored_as: ClassVar[str] = "FirstResponseUndone"
    message: int

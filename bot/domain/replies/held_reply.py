"""A command whose words the requester reads, held back so that its agent can still take it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.tickets.conversation import StoredFile

SHORTEST_HOLD: Final = timedelta(seconds=5)
LONGEST_HOLD: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReply:
    """Nothing of it has happened yet: at `leaves_at` (desk time, UTC) its command is done as its author asked for it.

    `author` is a person's key, `verb` a command as `VerbChosen` has it. One that was taken back is kept for a while,
    so that its words can be given back again.
    """

    id: int
    ticket: int
    author: str
    verb: str
    options: Mapping[str, str] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    held_at: datetime
    leaves_at: datetime
    taken_back_at: datetime | None = None

    @property
    def is_taken_back(self) -> bool:
        return self.taken_back_at is not None

    @property
    def words(self) -> str:
        """What the requester would read, as it was typed; empty where it is made when it leaves."""
        return next((self.options[name] for name in _WORDS if self.options.get(name)), "")


_WORDS: Final = ("text", "question", "reason", "resolution")
"""Options that hold what the requester reads."""

"""Who is away, since when and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.on_call.absence import Absence


class Absences(Protocol):
    """Who is away; each person once."""

    def put(self, absence: Absence) -> None:
        """In the place of what was said of this person before."""
        ...

    def end(self, person: str) -> None: ...

    def since(self, now: datetime) -> Sequence[Absence]:
        """Those that are not over by then, by their persons; some may not have begun."""
        ...

"""Who is away, since when and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.on_call.absence import Absence


class Absences(Protocol):
    """Who is away; a person may be away several times."""

    def put(self, absence: Absence) -> None:
        """In the place of the one of this person that begins at the same instant, if there is one."""
        ...

    def end(self, absence: Absence) -> None:
        """Forget the one of this person that begins then."""
        ...

    def since(self, now: datetime) -> Sequence[Absence]:
        """Those that are not over by then, by their persons and beginnings; some may not have begun."""
        ...

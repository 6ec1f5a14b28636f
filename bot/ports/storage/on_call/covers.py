"""Who stands in for whom, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.on_call.rota import Cover, Shift


class Covers(Protocol):
    """Who stands in for whom in which rota."""

    def add(self, rota: str, shift: Shift, *, made_by: str) -> None: ...

    def of(self, rota: str, *, since: datetime) -> Sequence[Cover]:
        """Those that end later than this, oldest first."""
        ...

    def end(self, cover: Cover, *, at: datetime) -> None:
        """It holds no longer than until then; one that has not begun never does."""
        ...

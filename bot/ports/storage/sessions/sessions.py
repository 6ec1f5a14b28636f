"""Who is signed in at which browser."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.sessions.session import Session


class Sessions(Protocol):
    """Of each session's secret only a digest is kept."""

    def add(self, session: Session, *, digest: str) -> None: ...

    def find(self, digest: str) -> Session | None:
        """By the digest of its secret; one that is over is found, too."""
        ...

    def get(self, session: int) -> Session | None: ...

    def unended(self, accounts: Iterable[str] | None, *, limit: int) -> Sequence[Session]:
        """Of these accounts, or of all: those that nobody ended, the one used last first."""
        ...

    def of_provider(self, name: str, *, subject: str, sid: str) -> Sequence[Session]:
        """Those that began with this provider and that nobody ended; either is empty where it is not told."""
        ...

    def note_use(self, session: int, *, at: datetime) -> None: ...

    def end(self, session: int, *, at: datetime) -> bool:
        """Whether it had not been ended before."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Those that began before then."""
        ...

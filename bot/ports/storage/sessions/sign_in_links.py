"""What signs people in and is good once, and how often what was no good was tried."""

from datetime import datetime
from typing import Protocol

from bot.domain.sessions.sign_in_link import SignInLink


class SignInLinks(Protocol):
    """Of each link's secret only a digest is kept."""

    def add(self, link: SignInLink, *, digest: str) -> None: ...

    def find(self, digest: str) -> SignInLink | None:
        """By the digest of its secret; one that was used or is too old is found, too."""
        ...

    def use(self, digest: str, *, at: datetime) -> bool:
        """Whether this was its first use: of several at once, one is."""
        ...

    def made_since(self, account: str, since: datetime) -> int:
        """How many were made for this account since then."""
        ...

    def use_once(self, digest: str, *, at: datetime) -> bool:
        """Whether this is the first use of something that others made: of several at once, one is."""
        ...

    def forget(self, *, before: datetime) -> None:
        """Links that were made, refusals that were counted, and uses, before then."""
        ...

    def refusals(self, address: str, *, since: datetime) -> int:
        """How many links that were no good were tried from this address since then."""
        ...

    def note_refusal(self, address: str, *, at: datetime, since: datetime) -> None:
        """One more; those before `since` are forgotten."""
        ...

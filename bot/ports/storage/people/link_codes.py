"""Codes that link accounts, and how often wrong ones were typed."""

from datetime import datetime
from typing import Protocol

from bot.domain.people.link_code import LinkCode


class LinkCodes(Protocol):
    """An account has one code at most."""

    def put(self, code: LinkCode) -> None:
        """In place of the one that the account had."""
        ...

    def find(self, code: str) -> LinkCode | None:
        """By its letters; one that is too old is found, too."""
        ...

    def drop(self, account: str) -> None: ...

    def wrong_tries(self, account: str, *, since: datetime) -> int:
        """How many wrong codes this account has typed since then."""
        ...

    def note_wrong_try(self, account: str, *, at: datetime, since: datetime) -> None:
        """One more; those before `since` are forgotten."""
        ...

"""Which accounts are one human's."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.domain.people.identity import Link


class Identities(Protocol):
    """Accounts are one person's where links lead from one to the other, directly or through a third."""

    def accounts_of(self, key: str) -> frozenset[str]:
        """The account itself and all that are linked to it. Asked again in a transaction, it costs nothing."""
        ...

    def links_among(self, accounts: Iterable[str]) -> Sequence[Link]:
        """Each once, in the order in which they were made; those that were removed, too."""
        ...

    def put(self, link: Link) -> None:
        """In place of what was there between the two accounts, in whichever order they are given."""
        ...

"""People as the platforms told us."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.directory import Person


class People(Protocol):
    def remember(self, person: Person) -> bool:
        """Insert or bring up to date; costs nothing when this person is known unchanged. Returns whether it wrote.

        An empty language overwrites none that was learned. Groups that a session brought are left out.
        """
        ...

    def hold(self, key: str) -> None:
        """Let nobody else hold this person until the commit; what they have is decided one transaction at a time."""
        ...

    def find(self, key: str) -> Person | None: ...

    def find_many(self, keys: Iterable[str]) -> Mapping[str, Person]: ...

    def search(self, text: str, *, platform: str | None = None) -> Sequence[Person]:
        """People whose key, id, name or e-mail address is `text`, else those with such a handle.

        Letter case and a leading @ are ignored.
        """
        ...

    def names_among(self, words: Iterable[str]) -> frozenset[str]:
        """Those of these words that are part of somebody's name, in any letter case; bots are nobody."""
        ...

    def members(self, group: str) -> Sequence[Person]:
        """People who are in this group of their platform (`slack:@netops`), by their keys."""
        ...

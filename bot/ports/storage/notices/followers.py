"""Who follows which ticket."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side


class Followers(Protocol):
    """Each person once for a side of a ticket."""

    def put(self, follower: Follower) -> None:
        """In place of what was there of the person on this side of the ticket."""
        ...

    def sides(self, ticket: int, person: str) -> frozenset[Side]:
        """Those on which the person follows the ticket; none for one who was removed."""
        ...

    def of_ticket(self, ticket: int) -> Sequence[Follower]:
        """In the order in which they were added; those who were removed, too."""
        ...

    def tickets_of(self, person: str) -> Mapping[Side, frozenset[int]]:
        """Ids of the tickets that the person follows, by side; a side without any is left out."""
        ...

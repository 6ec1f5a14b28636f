"""Tickets as the storage keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.domain.directory import ChannelRef
from bot.domain.tickets.ticket import Status, Ticket

MOST_COUNTED: Final = 1_000
"""Beyond so many tickets people are told that there are more, and nobody counts them."""
LONGEST_SOUGHT = 200
"""Characters of a custom field's value by which its tickets are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets; None means any. `statuses` empty means all that are neither resolved nor closed.

    `holding` is what the reference or the subject holds, in large or small letters; since databases do not agree
    which letters besides a to z are the same, any other stands for any one letter. Of each team, or each requester,
    only the first five hundred in the order of queues are looked through for it.
    """

    teams: frozenset[str] | None = None
    assignee: str | None = None
    is_unassigned: bool = False
    is_warned: bool = False
    """Only those of which people were warned (`Ticket.is_warned`)."""
    requester: str | None = None
    is_duplicate: bool = False
    """Only those that are merged into another."""
    requesters: frozenset[str] | None = None
    """Keys: whichever of these accounts asked."""
    not_asked_by: frozenset[str] = frozenset()
    """Keys: none of these accounts asked."""
    statuses: frozenset[Status] = frozenset()
    origin: ChannelRef | None = None
    opened_since: datetime | None = None
    opened_before: datetime | None = None
    """Included."""
    due_before: datetime | None = None
    """Included; a ticket without a running timer is never due."""
    due_after: datetime | None = None
    """Excluded."""
    awake_at: datetime | None = None
    """Without those that are snoozed then."""
    among: frozenset[int] | None = None
    """Ids of tickets."""
    holding: str = ""


class Tickets(Protocol):
    def add(self, ticket: Ticket) -> None:
        """Insert a ticket that has no number yet."""
        ...

    def take_number(self, ticket: Ticket) -> None:
        """Give the ticket its gap-free number; the last statement of the transaction that opens it."""
        ...

    def number_at_the_commit(self, ticket: Ticket) -> None:
        """The same for a ticket whose number nobody is told in this transaction: it has none until the commit.

        Where transactions commit together, this costs them one number's price. It may still be taken before.
        """
        ...

    def lock(self, ticket_id: int) -> Ticket:
        """Load and lock until the commit. Raises TicketNotFound."""
        ...

    def find(self, prefix: str, number: int) -> Ticket | None:
        """By the number people say, in any letter case of the prefix; not locked."""
        ...

    def get(self, ticket_id: int) -> Ticket:
        """Load without locking. Raises TicketNotFound."""
        ...

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Ticket]:
        """Those of these tickets that there are, by their ids; not locked."""
        ...

    def save(self, ticket: Ticket) -> None:
        """Write a locked ticket back; `version` grows by one."""
        ...

    def keep_fields(self, ticket: Ticket, names: Iterable[str]) -> None:
        """Have a locked ticket found by what it holds in these fields now; `save` keeps that for itself."""
        ...

    def search(self, wanted: TicketFilter, *, limit: int = 50, offset: int = 0) -> Sequence[Ticket]:
        """In the order of `queue_place`, without the first `offset`; with one place, oldest first."""
        ...

    def walk(self, wanted: TicketFilter, *, after: int = 0, limit: int = 500) -> Sequence[Ticket]:
        """In the order of their ids, beginning behind `after`: page by page, none is missed and none comes twice."""
        ...

    def last_changed(self, wanted: TicketFilter, *, limit: int | None = None) -> Sequence[int]:
        """Ids of all these tickets, or of the first `limit`, those that changed last first."""
        ...

    def count(self, wanted: TicketFilter, *, at_most: int | None = None) -> int:
        """How many of these tickets there are; one more than `at_most` stands for any number above it.

        Finished ones are many: who counts them says how far.
        """
        ...

    def long_resolved(self, team: str, *, before: datetime, limit: int) -> Sequence[int]:
        """Ids of a team's tickets that have been resolved since before then and are not closed, the oldest first."""
        ...

    def oldest_opened_at(self, wanted: TicketFilter) -> datetime | None:
        """When the oldest of these tickets was opened; None where there is none."""
        ...

    def newest_of(self, requester: str, origin: ChannelRef) -> Ticket | None:
        """The ticket that this person opened last in this channel, if it is one of their last twenty; not locked."""
        ...

    def count_live_by_assignee(self, people: Iterable[str]) -> Mapping[str, int]:
        """How many live tickets each of these people has; everybody asked for is in the answer."""
        ...

    def last_assignee(self, team: str) -> str | None:
        """Who has the newest of this team's assigned tickets."""
        ...

    def snooze_over(self, now: datetime, *, limit: int) -> Sequence[int]:
        """Ids of the tickets whose snooze has ended by now and that nobody has been told of; not locked."""
        ...

    def duplicates_of(self, ticket_id: int) -> Sequence[Ticket]:
        """Those that were merged into this ticket, oldest first; not locked."""
        ...

    def count_by_status(self) -> Mapping[tuple[str, str | None, Status], int]:
        """Number of tickets by team, community and status, without those that are closed."""
        ...

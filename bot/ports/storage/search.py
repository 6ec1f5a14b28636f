"""Tickets found by words and filters, and the index of words that finds them.

The index is written with what it holds: whoever adds or changes a ticket, a message or a person through the other
repositories has changed the index when the transaction commits. What was there before the index is read into it bit
by bit (`index_more`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from bot.domain.directory import Person
from bot.domain.search.query import Criterion, SearchOrder
from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Ticket

STEP: Final = 50
"""Tickets that are indexed in one transaction: a writer that waits for it waits for some hundredths of a second."""
MOST_COUNTED: Final = 1_000
"""Tickets without words to go by that are counted: of more it is only told that there are more."""
MOST_TEXTS: Final = 10_000
"""Texts that hold a word, or tickets of people who are called so, that are all read. A word of more is common."""
MOST_LOOKED_AT: Final = 3_000
"""Tickets that are looked through for common words: the first in the list's order that fit its filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtTerm:
    """Found by any of the variants, the first of which, as it was typed, counts more; or by a ticket's number."""

    variants: tuple[Variant, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where a ticket stood in a list: `at` by the list's order, and of equals by its id."""

    at: int
    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSearch:
    """All of the terms, none of the excluded ones, all of the criteria, in which people are keys.

    Without terms and criteria: every ticket that may be seen. `now` is desk time, for what is snoozed or overdue.
    """

    now: datetime
    terms: tuple[SoughtTerm, ...] = ()
    excluded: tuple[SoughtTerm, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Members of the groups that `desk.yaml` lists, where groups are asked for."""
    among: frozenset[int] | None = None
    """Ids of tickets; None for any."""
    behind: ListPlace | None = None
    """Only what stands behind there, in a list without words whose order is one that lists offer; it counts for a
    page, and not for how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTickets:
    """A page of what was found; `count` is of all pages, `is_more` where they are more than were counted."""

    tickets: Sequence[Ticket]
    count: int
    is_more: bool = False
    looked_at: int = 0
    """So many tickets were looked through for common words, and there are others; 0 where nothing was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCount:
    """As in `FoundTickets`."""

    count: int
    is_more: bool = False
    looked_at: int = 0


class Search(Protocol):
    """What `visibility` does not cover is not found, counted or suggested; notes and tags count for the team."""

    def find(
        self,
        wanted: TicketSearch,
        *,
        visibility: Visibility,
        order: SearchOrder,
        limit: int = 20,
        offset: int = 0,
    ) -> FoundTickets:
        """Of two that are alike the newer comes first. Common words are looked for in `MOST_LOOKED_AT` tickets."""
        ...

    def count(
        self, wanted: TicketSearch, *, visibility: Visibility, at_most: int | None = None
    ) -> TicketCount:
        """How many there are, with `at_most` no more than that; of common words as `find` finds them."""
        ...

    def lock_first(
        self, wanted: TicketSearch, *, visibility: Visibility, order: SearchOrder, waits: bool = False
    ) -> int | None:
        """The id of the first of them by filters alone, locked; those that somebody else holds are passed over.

        With `waits` they are waited for, and None means that none was left.
        """
        ...

    def requesters(self, beginning: str, *, visibility: Visibility, limit: int) -> Sequence[Person]:
        """People with a name that begins so and a ticket that may be seen, by their names."""
        ...

    def is_complete(self) -> bool:
        """Whether everything of before the index is in it."""
        ...

    def begin_anew(self) -> None:
        """Have everything read into the index once more; what it holds goes on being found meanwhile."""
        ...

    def index_more(self, *, limit: int) -> bool:
        """Index so many of the people or tickets that are still to be, locking them; returns whether any are left."""
        ...

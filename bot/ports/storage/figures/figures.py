"""What figures ask of the storage: facts of tickets are kept, and counted over a period and the one before it.

A period is that of `ReportQuery`, and so is the one before it: the same part of the time before. A fact counts
for the team of then, so what happened in a period never changes afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.domain.figures.ticket_facts import TicketFact
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.reports import ReportQuery

NO_GROUPS: Final[Mapping[str, frozenset[str]]] = {}
STEP = 200
"""Tickets read again in one transaction."""


class RequestDimension(StrEnum):
    """What new requests are told apart by."""

    TEAM = "team"
    INBOX = "inbox"
    CATEGORY = "category"
    TAG = "tag"
    FIELD = "field"
    GROUP = "group"
    LANGUAGE = "language"
    HOUR = "hour"


class Span(StrEnum):
    """Whose figures lengths are."""

    ALL = "all"
    TEAM = "team"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFact:
    """A fact, and how long after the opening it was: `took` on the clock, `worked` in its team's business hours."""

    fact: TicketFact
    took: timedelta
    worked: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTally:
    """How many facts are alike; `other` is that of the fact.

    Of resolutions: `is_one_touch` are the first ones of their tickets with one public reply until then,
    `is_first_contact` those with replies of one agent alone that were not reopened in the same period.
    """

    is_before: bool
    kind: str
    team: str
    other: str | None
    agent: str | None
    is_one_touch: bool
    is_first_contact: bool
    many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """Of so many: the median (of an even number the mean of the middle two), and what nine in ten do not exceed."""

    many: int
    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthsOf:
    """`kind` is answered or resolved; `value` is empty for all together, and for nobody."""

    is_before: bool
    kind: str
    value: str
    took: Lengths
    worked: Lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Tickets neither resolved nor closed at one instant; what has not ended just before it is part of it.

    `median` and `oldest` are when they were opened, the middle one and the first; None where there are none.
    """

    many: int = 0
    median: datetime | None = None
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Open tickets that somebody has now, and since when the oldest is open."""

    agent: str
    many: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPart:
    """Open tickets of a team that one agent has in one status; nobody's where `agent` is None.

    `overdue` and `at_risk` of them, as queues have it, are never the same ones.
    """

    team: str
    agent: str | None
    status: Status
    many: int
    overdue: int
    at_risk: int


Reading = Callable[[Ticket, Sequence[AuditEntry]], Sequence[KeptFact]]
"""The facts that a ticket's log tells."""


class Figures(Protocol):
    def keep(self, ticket_id: int, facts: Sequence[KeptFact]) -> None:
        """Facts that are there already stay as they are."""
        ...

    def forget(self, ticket_id: int) -> None: ...

    def facts(self, ticket_id: int) -> Sequence[KeptFact]:
        """In the order of the log."""
        ...

    def tallies(self, asked: ReportQuery) -> Sequence[FactTally]:
        """Moves count for both teams: those that go to the teams asked of are among them."""
        ...

    def lengths(self, asked: ReportQuery, *, by: Span) -> Sequence[LengthsOf]: ...

    def opened(
        self,
        asked: ReportQuery,
        *,
        by: RequestDimension,
        groups: Mapping[str, frozenset[str]] = NO_GROUPS,
    ) -> Mapping[tuple[bool, str], int]:
        """How many requests were opened for these teams, by whether it was in the period before, and value.

        A request may have several values of a dimension or, with an empty one, none. Fields are `name=value`, and
        hours 0 for Monday's first to 167 in `ReportQuery.zone`. `groups` are those of `desk.yaml` with their members,
        counted beside those that platforms tell.
        """
        ...

    def backlog(self, teams: frozenset[str] | None, *, at: datetime) -> Backlog: ...

    def loads(self, teams: frozenset[str] | None) -> Sequence[Load]:
        """Who has most first."""
        ...

    def load_parts(self, teams: frozenset[str], *, now: datetime) -> Sequence[LoadPart]:
        """What is open now, in one statement; `teams` are names under which tickets are kept."""
        ...

    def is_complete(self) -> bool:
        """Whether the facts of all older tickets have been read from their logs."""
        ...

    def begin_anew(self) -> None:
        """Have the facts of all tickets read again."""
        ...

    def read_more(self, read: Reading, *, limit: int) -> bool:
        """Read those of some more tickets; returns whether there is more to do for whoever asks."""
        ...

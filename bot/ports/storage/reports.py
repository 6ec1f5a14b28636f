"""What reports ask of the storage: sums over many promises, without a ticket or timer of the domain being made.

A promise counts once it is decided: *missed* at the instant at which it was due and not kept, whether or not it was
fulfilled later; *kept* when it was fulfilled, or its ticket ended, by then. Until it is decided it is *open*. It
counts for the team, the priority and the policy that its ticket has now, and for the week in which it was decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo


class Dimension(StrEnum):
    """What a report tells promises apart by."""

    TEAM = "team"
    POLICY = "policy"
    PRIORITY = "priority"
    MEASURE = "promise"
    WEEK = "week"


class TicketDimension(StrEnum):
    """What a report tells requests apart by."""

    TEAM = "team"
    INBOX = "inbox"
    PRIORITY = "priority"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """Promises decided from `since` (included) to `until` (excluded), of these teams; None means of all.

    `zones` says where the weeks of a team begin; those of teams that are not in it begin in `zone`.
    """

    since: datetime
    until: datetime
    teams: frozenset[str] | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    zones: Mapping[str, ZoneInfo] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of it in `zone`."""
        last = self.until - timedelta(microseconds=1)
        return self.since.astimezone(self.zone).date(), last.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTally:
    """How many promises that are alike in everything were kept and missed.

    `policy` is its name, with its variant after a slash; empty where it is not known. `week` is its Monday.
    `unfulfilled` of the missed ones still are, so how late they will have been is not known.
    """

    team: str
    policy: str
    priority: str
    measure: str
    week: date
    kept: int
    missed: int
    unfulfilled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Of missed promises that were fulfilled in the end, by how much: half of them by at most `median`, and so on.

    In time of the promise's own calendar, pauses left out, so a night is not late.
    """

    median: timedelta
    ninetieth: timedelta
    worst: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedTarget:
    """One decided promise. `due_at` is known of missed ones; `spent` is time of the promise's own calendar."""

    id: int
    decided_at: datetime
    ticket: str
    team: str
    policy: str
    priority: str
    measure: str
    target: timedelta
    spent: timedelta
    due_at: datetime | None
    stopped_at: datetime | None

    @property
    def late(self) -> timedelta | None:
        """By how much it was missed, in time of its own calendar; None where it was kept, or is not over."""
        if self.due_at is None or self.stopped_at is None:
            return None
        return max(self.spent - self.target, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMove:
    """From this instant on the ticket is in this status, or with this team; what is None stays as it was."""

    ticket_id: int
    ticket: str
    at: datetime
    status: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Tickets opened, first answered and resolved in a window, and how many are neither resolved nor closed now."""

    opened: int
    answered: int
    resolved: int
    live: int


class Reports(Protocol):
    def flow(self, asked: ReportQuery) -> Flow:
        """Of the tickets that these teams have now."""
        ...

    def flows(self, asked: ReportQuery, *, by: TicketDimension) -> Mapping[str, Flow]:
        """The same by value, empty for tickets that have none; values of which nothing counts are left out."""
        ...

    def tallies(self, asked: ReportQuery) -> Sequence[TargetTally]: ...

    def lateness(self, asked: ReportQuery) -> Mapping[tuple[Dimension | None, str], Lateness]:
        """By dimension and value, a week by the date of its Monday; all together under (None, "")."""
        ...

    def open_now(self, teams: frozenset[str] | None) -> tuple[int, int]:
        """How many promises run or pause at this moment, and how many of them are missed already."""
        ...

    def promises(
        self, asked: ReportQuery, *, limit: int, before: DecidedTarget | None = None
    ) -> Sequence[DecidedTarget]:
        """Newest decision first; `before`: go on after this one."""
        ...

    def finished_tickets(self, asked: ReportQuery, *, limit: int) -> Sequence[int]:
        """Ids of resolved and closed tickets, those with the newest decided promises first."""
        ...

    def moves(self, tickets: Sequence[int]) -> Sequence[TicketMove]:
        """How these tickets went from hand to hand, each from its opening on, in order."""
        ...

"""What reports ask of the storage: sums over many promises, without a ticket or timer of the domain being made.

A promise counts once it is decided: *missed* at the instant at which it was due and not kept, whether or not it was
fulfilled later; *kept* when it was fulfilled, or its ticket ended, by then. Until it is decided it is *open*. One
that is overdue is missed already, whether or not the SLA clock has ticked since. It counts
for the team, the priority and the policy that its ticket had then, and for the week in which it was decided.

*Excluded* are the promises of a request that was closed without an answer and without having been resolved: its
requester took it back, or the team set it aside as no ticket. They are counted apart, neither kept nor missed.
What such a request had missed by then stays missed, and is *unmet*: nobody ever did it, so it was not late.
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
    MEASURE = "target"
    WEEK = "week"


class TicketDimension(StrEnum):
    """What a report tells requests apart by."""

    TEAM = "team"
    INBOX = "inbox"
    PRIORITY = "priority"
    PLATFORM = "platform"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """Promises decided from `since` (included) to `until` (excluded), of these teams; None means of all.

    `zones` says where the weeks of a team begin; those of teams that are not in it begin in `zone`.
    """

    since: datetime
    until: datetime
    teams: frozenset[str] | None = None
    now: datetime | None = None
    """When it is asked, for what is overdue; None means at the end of the window."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    zones: Mapping[str, ZoneInfo] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    """By what a team was called, what it is called: both are one team's figures."""
    compared: tuple[datetime, datetime] | None = None
    """The period before, which ends by `since`; None means one as long that ends there."""

    @property
    def earlier(self) -> tuple[datetime, datetime]:
        """From when (included) to when (excluded) the period before is."""
        return self.compared or (self.since - (self.until - self.since), self.since)

    @property
    def as_of(self) -> datetime:
        """Up to when what is overdue is late."""
        return self.now or self.until

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of it in `zone`."""
        last = self.until - timedelta(microseconds=1)
        return self.since.astimezone(self.zone).date(), last.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTally:
    """How many promises that are alike in everything were kept and missed.

    `policy` is its name, with its variant after a slash; empty where it is not known. `week` is its Monday.
    `unfulfilled` of the missed ones still are, and `unmet` ended with their tickets, which were closed without an
    answer; `excluded` are neither kept nor missed: their tickets were closed so before they were due.
    """

    team: str
    policy: str
    priority: str
    measure: str
    week: date
    kept: int
    missed: int
    unmet: int
    unfulfilled: int
    excluded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueTarget:
    """A missed promise that is not fulfilled yet. `spent` was counted up to `running_since`, or to its pause.

    `policy_copy` is the key of the copy of the policy that it runs by; its calendar says how late it is now.
    """

    team: str
    policy: str
    priority: str
    measure: str
    week: date
    target: timedelta
    spent: timedelta
    running_since: datetime | None
    policy_copy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Of missed promises, by how much they were late, or are now.

    `median` is the middle one, of an even number the mean of the two in the middle; nine in ten are late by at most
    `ninetieth`.

    In time of the promise's own calendar, pauses left out, so a night is not late.
    """

    median: timedelta
    ninetieth: timedelta
    worst: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedTarget:
    """One decided promise. `due_at` is known of missed ones; `spent` is time of the promise's own calendar.

    `running_since` and `policy_copy` are as in `OverdueTarget`; `overdue` is how late it is now, once that was worked
    out (`bot.services.reports.overdue`).
    """

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
    running_since: datetime | None = None
    policy_copy: str | None = None
    is_excluded: bool = False
    is_unmet: bool = False
    """Of a missed one: its ticket ended without it."""
    overdue: timedelta | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether it is missed and not fulfilled yet."""
        return self.due_at is not None and self.stopped_at is None and not self.is_excluded

    @property
    def late(self) -> timedelta | None:
        """By how much it was met late, in time of its own calendar; None where it was kept, or is not met."""
        return None if self.is_unmet else self.overrun

    @property
    def overrun(self) -> timedelta | None:
        """By how much it was missed, in time of its own calendar; None where it was kept, or is not over."""
        if self.due_at is None or self.stopped_at is None or self.is_excluded:
            return None
        return max(self.spent - self.target, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMove:
    """From this instant on the ticket is in this status, or with this team, or on the copy of a policy with this key.

    What is None stays as it was; a team's clocks go by no policy until one is put on.
    """

    ticket_id: int
    ticket: str
    at: datetime
    status: str | None = None
    team: str | None = None
    policy_copy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Tickets opened, first answers and resolutions in a window, and how many are neither resolved nor closed now.

    Each counts for a team: opened for the one that the request was opened for, live for the one that it is with now.
    Answers and resolutions are those that figures count (`bot.domain.figures.ticket_facts`), for the team of then: a
    ticket that was resolved, reopened and resolved again was resolved twice.
    """

    opened: int
    answered: int
    resolved: int
    live: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTargets:
    """Promises that run or pause; `overdue` of them are missed already, and the clocks of `paused` of those rest."""

    count: int = 0
    overdue: int = 0
    paused: int = 0


class Reports(Protocol):
    def flow(self, asked: ReportQuery) -> Flow:
        """Of these teams, all together."""
        ...

    def flows(self, asked: ReportQuery, *, by: TicketDimension) -> Mapping[str, Flow]:
        """The same by value, empty for tickets that have none; values of which nothing counts are left out."""
        ...

    def tallies(self, asked: ReportQuery) -> Sequence[TargetTally]: ...

    def lateness(self, asked: ReportQuery) -> Mapping[tuple[Dimension | None, str], Lateness]:
        """Of those fulfilled in the end, by dimension and value; all together under (None, "").

        A week goes by the date of its Monday.
        """
        ...

    def overdue(self, asked: ReportQuery) -> Sequence[OverdueTarget]:
        """Those counted as missed that are not fulfilled yet."""
        ...

    def open_now(self, teams: frozenset[str] | None, *, now: datetime) -> OpenTargets:
        """How many promises run or pause at this moment."""
        ...

    def promises(
        self, asked: ReportQuery, *, limit: int, before: DecidedTarget | None = None
    ) -> Sequence[DecidedTarget]:
        """Excluded ones too, newest decision first; `before`: go on after this one."""
        ...

    def finished_tickets(self, asked: ReportQuery, *, limit: int) -> Sequence[int]:
        """Ids of resolved and closed tickets that are not excluded, those with the newest decided promises first."""
        ...

    def moves(self, tickets: Sequence[int]) -> Sequence[TicketMove]:
        """How these tickets went from hand to hand and from policy to policy, each from its opening on, in order."""
        ...

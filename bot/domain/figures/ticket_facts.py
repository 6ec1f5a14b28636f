"""What reports know of a ticket's past, read from its audit log: answered, resolved, reopened, moved and so on.

A fact stays as it was when it happened: it counts for the team and the agent of then, whatever becomes of the ticket.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.directory import DESK
from bot.domain.events import NO_SIGN, SOLVED_BY_ANSWER
from bot.domain.sla.ticket_history import AuditLine, lines_in_force
from bot.domain.tickets.ticket import Status


class FactKind(StrEnum):
    """What happened to a ticket.

    *Resolved* is also one that was closed at once after an answer of the team's, or by one that its requester was
    shown, which counts for no agent; *withdrawn* one that was closed without an answer: its requester took it back,
    or the team set it aside. *Lapsed* is a claim whose agent gave no sign. Changes of priority and policy are kept to
    know what it was.
    """

    ANSWERED = "answered"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    MOVED = "moved"
    LAPSED = "lapsed"
    PRIORITY = "priority"
    POLICY = "policy"


class FactLine(AuditLine, Protocol):
    """A line of the audit log with who did it."""

    @property
    def actor(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFact:
    """`line` is its place in the ticket's log, counted from 0.

    `team` is that of then; of a move the one that it left, and `other` the one that it went to. Of a changed priority
    or policy `other` is what it was: of a policy the key of its copy; of a resolution its cause, None where somebody
    did it. `agent` is whom it counts for, None for nobody. `since` is when the ticket had come, or come back, to that
    team. `replies` counts public replies of agents until then, `repliers` who wrote them. `is_first` of its kind for
    this ticket.
    """

    line: int
    kind: FactKind
    at: datetime
    team: str
    other: str | None = None
    agent: str | None = None
    opened_at: datetime
    since: datetime
    replies: int
    repliers: int
    is_first: bool


def facts_of(entries: Sequence[FactLine], *, opened_at: datetime, requester: str) -> list[TicketFact]:
    """From the whole log of a ticket, in its order; what was undone as if it had never been is left out."""
    told = _Teller(opened_at=opened_at, requester=requester, since=opened_at)
    for line, entry in lines_in_force(entries):
        told.hear(line, entry)
    return told.facts


@dataclass(slots=True, kw_only=True)
class _Teller:
    """The ticket as far as the log has been read."""

    opened_at: datetime
    requester: str
    since: datetime
    team: str = ""
    assignee: str | None = None
    resolver: str | None = None
    policy: str | None = None
    is_imported: bool = False
    """It came from elsewhere, where it may have been answered long ago: that counts once a policy times it."""
    repliers: list[str] = field(default_factory=list)
    facts: list[TicketFact] = field(default_factory=list)

    def hear(self, line: int, entry: FactLine) -> None:
        details = entry.details
        match entry.event:
            case "TicketOpened":
                self.team = details["team"]
            case "TicketAssigned":
                self.assignee = details["after"]
            case "TicketReleased":
                if details.get("cause") == NO_SIGN:
                    self._keep(line, entry, FactKind.LAPSED, agent=self.assignee)
                self.assignee = None
            case "TicketTransferred":
                self._keep(line, entry, FactKind.MOVED, agent=self.assignee, other=details["after"])
                self.team, self.assignee, self.since = details["after"], None, entry.at
            case "TicketImported" | "FirstResponseGiven" | "FirstResponseUndone" | "NextResponseGiven":
                self._hear_answer(line, entry)
            case "PriorityChanged":
                self._keep(line, entry, FactKind.PRIORITY, agent=None, other=details["before"])
            case "PolicyApplied":
                if self.policy is not None:
                    self._keep(line, entry, FactKind.POLICY, agent=None, other=self.policy)
                self.policy = details["copy"]
            case "StatusChanged":
                self._change_status(line, entry)

    def _hear_answer(self, line: int, entry: FactLine) -> None:
        match entry.event:
            case "TicketImported":
                self.is_imported = True
            case "FirstResponseUndone":
                self.repliers.clear()
                self.facts = [each for each in self.facts if each.kind is not FactKind.ANSWERED]
            case answered:
                self.repliers.append(entry.actor)
                is_counted = answered == "FirstResponseGiven" and not (
                    self.is_imported and self.policy is None
                )
                if is_counted:
                    self._keep(line, entry, FactKind.ANSWERED, agent=entry.actor)

    def _change_status(self, line: int, entry: FactLine) -> None:
        before, after = Status(entry.details["before"]), Status(entry.details["after"])
        if before.is_live and not after.is_live:
            is_by_answer = entry.details.get("cause") == SOLVED_BY_ANSWER
            is_nobodys = is_by_answer or (self.assignee is None and entry.actor in (self.requester, DESK))
            self.resolver = None if is_nobodys else self.assignee or entry.actor
            is_withdrawn = after is Status.CLOSED and not self.repliers and not is_by_answer
            kind = FactKind.WITHDRAWN if is_withdrawn else FactKind.RESOLVED
            self._keep(line, entry, kind, agent=self.resolver, other=entry.details.get("cause") or None)
        elif after.is_live and not before.is_live:
            self._keep(line, entry, FactKind.REOPENED, agent=self.resolver)
            self.since = entry.at

    def _keep(
        self, line: int, entry: FactLine, kind: FactKind, *, agent: str | None, other: str | None = None
    ) -> None:
        fact = TicketFact(
            line=line,
            kind=kind,
            at=entry.at,
            team=self.team,
            other=other,
            agent=agent,
            opened_at=self.opened_at,
            since=self.since,
            replies=len(self.repliers),
            repliers=len(set(self.repliers)),
            is_first=all(each.kind is not kind for each in self.facts),
        )
        self.facts.append(fact)

"""`sla what-if`: past tickets under another `desk.yaml`, read page by page in transactions that only read.

Teams, priorities and whatever people did are taken as they were; policies, their variants, targets and pauses, and
the teams' calendars are those of the other file.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.caches.policy_snapshots import policy_for
from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import ConfigurationError
from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.domain.routing.request import Request
from bot.domain.sla.ticket_history import HistoryTurn
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.sla.what_if import TargetComparison, TargetOutcome, compare_targets
from bot.domain.tickets.ticket import Priority, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.lookups.known_facts import facts_in
from bot.services.sla.timers import request_from
from bot.text.language_detector import LanguageDetector

PAGE = 250
"""Tickets in memory at a time."""
MOST_NAMED = 10

Group = tuple[str, Priority, Measure]
"""A team by its name, a priority and a measure: those of when a target was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTicket:
    """All that a what-if needs to know of one ticket."""

    ticket: Ticket
    entries: Sequence[AuditEntry]
    timers: Sequence[SlaTimer]
    text: str
    person: Person
    answers: Sequence[LookupAnswer] = ()
    """What other systems said of the person last."""


@dataclass(slots=True, kw_only=True)
class OutcomeSums:
    """Promises of one group, counted."""

    before: Counter[TargetOutcome] = field(default_factory=Counter)
    after: Counter[TargetOutcome] = field(default_factory=Counter)

    def count(self, comparison: TargetComparison) -> None:
        self.before[comparison.before] += 1
        self.after[comparison.after] += 1

    @property
    def targets(self) -> tuple[int, int]:
        before, after = (each.total() - each[TargetOutcome.NONE] for each in (self.before, self.after))
        return before, after

    @property
    def missed(self) -> tuple[int, int]:
        return self.before[TargetOutcome.MISSED], self.after[TargetOutcome.MISSED]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTarget:
    """A promise that would have ended otherwise, and its ticket as it is now."""

    ticket: Ticket
    comparison: TargetComparison


@dataclass(slots=True, kw_only=True)
class WhatIfFindings:
    """What came out so far. `teams_missing`: tickets by the name of a team that the other file has not.

    `tickets_untold`: those whose history tells too little, or that a calendar of the other file ends before.
    `tickets_excluded`: those that were closed without an answer and had missed nothing, which no report counts.
    """

    tickets: int = 0
    tickets_changed: int = 0
    sums: dict[Group, OutcomeSums] = field(default_factory=dict)
    teams_missing: Counter[str] = field(default_factory=Counter)
    tickets_excluded: int = 0
    tickets_untold: int = 0
    untold: list[str] = field(default_factory=list)
    """The numbers of the first of those."""


def read_past(uow: UnitOfWork, wanted: TicketFilter, *, after: int) -> list[PastTicket]:
    """The next page of tickets with their histories; an empty one is the end."""
    tickets = uow.tickets.walk(wanted, after=after, limit=PAGE)
    ids = [ticket.id for ticket in tickets]
    entries, timers = uow.audit_log.of_tickets(ids), uow.sla_timers.of_tickets(ids)
    words = uow.messages.first_words(ids)
    requesters = {ticket.requester for ticket in tickets}
    people, answers = uow.people.find_many(requesters), uow.lookups.of_people(requesters)
    return [
        PastTicket(
            ticket=ticket,
            entries=entries[ticket.id],
            timers=timers[ticket.id],
            text=words.get(ticket.id, ""),
            person=people.get(ticket.requester) or Person(key=ticket.requester, name=ticket.requester),
            answers=answers.get(ticket.requester, ()),
        )
        for ticket in tickets
    ]


class WhatIf:
    """One run: the other desk, the instant up to which clocks run (UTC), and what came out.

    With a `team` only targets that were decided there count, and tickets that have some.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        until: datetime,
        team: str | None = None,
        language_of: Callable[[str], str] | None = None,
    ) -> None:
        self.findings = WhatIfFindings()
        self._desk = desk
        self._until = until
        self._team = team
        self._language_of = language_of or LanguageDetector()
        self._complete: dict[tuple[int, str], SlaPolicy] = {}
        self._rules_name_policies = any(rule.sla_policy for rule in desk.router.rules)

    def take(self, past: PastTicket) -> list[ChangedTarget]:
        """Count one ticket, and tell which of its promises would have ended otherwise."""
        ticket = past.ticket
        try:
            comparisons = compare_targets(
                ticket,
                past.entries,
                past.timers,
                policy_at=_PolicyHistory(self, past).policy_at,
                until=self._until,
            )
        except (ConfigurationError, KeyError, ValueError):
            self.findings.tickets += 1
            self.findings.tickets_untold += 1
            if len(self.findings.untold) < MOST_NAMED:
                self.findings.untold.append(ticket.reference)
            return []
        if self._team is not None:
            comparisons = [each for each in comparisons if each.team == self._team]
            if not comparisons:
                return []
        self.findings.tickets += 1
        if ticket.team not in self._desk.teams:
            self.findings.teams_missing[ticket.team] += 1
        if ticket.is_excluded:
            nothing = TargetOutcome.NONE
            comparisons = [each for each in comparisons if (each.before, each.after) != (nothing, nothing)]
            self.findings.tickets_excluded += not comparisons
        for comparison in comparisons:
            group = comparison.team, comparison.priority, comparison.measure
            self.findings.sums.setdefault(group, OutcomeSums()).count(comparison)
        changed = [
            ChangedTarget(ticket=ticket, comparison=comparison)
            for comparison in comparisons
            if comparison.is_changed
        ]
        self.findings.tickets_changed += bool(changed)
        return changed

    def choice(self, past: PastTicket, turn: HistoryTurn, *, before: str | None) -> SlaPolicy | None:
        """What the desk would have chosen, by the same rules; `before` is the name of the policy until then."""
        team = self._desk.team_of(turn.ticket)

        def request() -> Request:
            return request_from(
                turn.ticket,
                text=past.text,
                person=past.person,
                looked_up=facts_in(self._desk, past.answers),
                language_of=self._language_of,
            )

        named = self._named_by_rule(request, team) if turn.event == "TicketOpened" else None
        chosen = policy_for(self._desk, team, request=request, named=named) or policy_for(
            self._desk, team, request=request, named=before
        )
        return None if chosen is None else self._on_calendar(chosen.policy, team)

    def _named_by_rule(self, request: Callable[[], Request], team: Team) -> str | None:
        """The policy of the rule that sends such a request to the team that it really went to."""
        if not self._rules_name_policies:
            return None
        verdict = self._desk.router.route(request())
        return verdict.sla_policy if verdict.team == team.name else None

    def _on_calendar(self, policy: SlaPolicy, team: Team) -> SlaPolicy:
        """Made once, for its calendar remembers what it has worked out."""
        key = (id(policy), team.name)
        if key not in self._complete:
            self._complete[key] = policy.on(team.calendar)
        return self._complete[key]


class _PolicyHistory:
    """The policies of one ticket, one after another: without a better choice it keeps the one it has."""

    def __init__(self, what_if: WhatIf, past: PastTicket) -> None:
        self._what_if = what_if
        self._past = past
        self._now: str | None = None

    def policy_at(self, turn: HistoryTurn) -> SlaPolicy | None:
        """None leaves the clocks by what they have."""
        if not turn.is_choice:
            return None
        chosen = self._what_if.choice(self._past, turn, before=self._now)
        if chosen is not None:
            self._now = chosen.name
        return chosen

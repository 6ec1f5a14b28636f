"""`sla apply`: which open tickets a changed policy would move, and moving them one transaction at a time.

What is shown first is what is done: a ticket that changed in between is left alone, and told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.directory import Person
from bot.domain.errors import Refused, TicketNotFound
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.policy_changes.reapply import Reapplication, TargetChange, propose, reapply, unknown_policy

PAGE = 200
"""Tickets looked at in one transaction, which only reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyScope:
    """Which open tickets: those that run by this policy, of this team, with these numbers; None and () mean any.

    `to` names the policy to put them on, None their own as it is configured now.
    """

    policy: str | None = None
    team: str | None = None
    numbers: tuple[int, ...] = ()
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChange:
    """One ticket that something would change for, as it was when it was looked at."""

    ticket: Ticket
    change: Reapplication

    @property
    def moves(self) -> tuple[TargetChange, ...]:
        return self.change.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """`last` is where the next page goes on; None when there is none."""

    looked_at: int
    proposed: tuple[ProposedChange, ...]
    last: int | None


class ApplyOutcome(StrEnum):
    APPLIED = "applied"
    CHANGED = "changed meanwhile"
    SETTLED = "already so"


def operator(name: str) -> Person:
    """Whoever works at the terminal, as the audit log knows them."""
    return Person(key=f"terminal:{name}", name=name)


def check_scope(context: Context, scope: ApplyScope) -> None:
    """Raises Refused for a policy that is neither configured nor what an open ticket runs by."""
    configured = context.desk.sla_policies
    if scope.to is not None and scope.to not in configured:
        raise unknown_policy(scope.to, configured)
    if scope.policy is None or scope.policy in configured:
        return
    # A policy that is configured no longer still runs the tickets that were opened under it.
    if not any(ticket.sla_policy == scope.policy for ticket in _all_live(context.uow)):
        raise unknown_policy(scope.policy, configured)


def propose_changes(context: Context, scope: ApplyScope, *, after: int = 0) -> ProposalPage:
    """The next page of what would move; writes nothing. Raises Refused for a number that is no open ticket's."""
    if scope.numbers:
        found = [_named(context, number) for number in dict.fromkeys(scope.numbers)]
        return ProposalPage(looked_at=len(found), proposed=_proposed(context, found, scope), last=None)
    teams = None if scope.team is None else frozenset({scope.team})
    found = list(context.uow.tickets.walk(TicketFilter(teams=teams), after=after, limit=PAGE))
    meant = [each for each in found if scope.policy in (None, each.sla_policy)]
    last = found[-1].id if len(found) == PAGE else None
    return ProposalPage(looked_at=len(found), proposed=_proposed(context, meant, scope), last=last)


def apply_change(
    contexts: ContextFactory, uow: UnitOfWork, proposed: ProposedChange, *, scope: ApplyScope, by: Person
) -> ApplyOutcome:
    """Do what was proposed for one ticket, unless it is another by now; one transaction."""
    ticket = uow.tickets.lock(proposed.ticket.id)
    if ticket.version != proposed.ticket.version:
        return ApplyOutcome.CHANGED
    uow.people.remember(by)
    done = reapply(contexts.context(uow, by), ticket, policy=scope.to)
    return ApplyOutcome.SETTLED if done is None else ApplyOutcome.APPLIED


def _proposed(context: Context, tickets: list[Ticket], scope: ApplyScope) -> tuple[ProposedChange, ...]:
    found = ((ticket, _change(context, ticket, scope)) for ticket in tickets)
    return tuple(
        ProposedChange(ticket=ticket, change=change) for ticket, change in found if change is not None
    )


def _change(context: Context, ticket: Ticket, scope: ApplyScope) -> Reapplication | None:
    """None where nothing would change, or no policy is meant for the ticket."""
    try:
        return propose(context, ticket, policy=scope.to)
    except Refused:
        if scope.numbers:
            raise
        return None


def _named(context: Context, number: int) -> Ticket:
    found = context.uow.tickets.find(context.desk.prefix, number)
    if found is None:
        raise TicketNotFound("refusals.no_ticket_called", reference=f"{context.desk.prefix}-{number}")
    return found


def _all_live(uow: UnitOfWork) -> Iterator[Ticket]:
    after: int | None = 0
    while after is not None:
        page = uow.tickets.walk(TicketFilter(), after=after)
        yield from page
        after = page[-1].id if page else None

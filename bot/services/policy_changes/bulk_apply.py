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
from bot.ports.storage.unit_of_work import UnitOfWork
from bot.services.context.context import Work, Workplace
from bot.services.policy_changes.reapply import Move, Reapplication, propose, reapply, unknown_policy

PAGE = 200
"""Tickets looked at in one transaction, which only reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which open tickets: those that run by this policy, of this team, with these numbers; None and () mean any.

    `to` names the policy to put them on, None their own as it is configured now.
    """

    policy: str | None = None
    team: str | None = None
    numbers: tuple[int, ...] = ()
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One ticket that something would change for, as it was when it was looked at."""

    ticket: Ticket
    change: Reapplication

    @property
    def moves(self) -> tuple[Move, ...]:
        return self.change.moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`last` is where the next page goes on; None when there is none."""

    looked_at: int
    proposed: tuple[Proposed, ...]
    last: int | None


class Outcome(StrEnum):
    APPLIED = "applied"
    CHANGED = "changed meanwhile"
    SETTLED = "already so"


def operator(name: str) -> Person:
    """Whoever works at the terminal, as the audit log knows them."""
    return Person(key=f"terminal:{name}", name=name)


def check_scope(work: Work, scope: Scope) -> None:
    """Raises Refused for a policy that is neither configured nor what an open ticket runs by."""
    configured = work.desk.sla_policies
    if scope.to is not None and scope.to not in configured:
        raise unknown_policy(scope.to, configured)
    if scope.policy is None or scope.policy in configured:
        return
    # A policy that is configured no longer still runs the tickets that were opened under it.
    if not any(ticket.sla_policy == scope.policy for ticket in _all_live(work.uow)):
        raise unknown_policy(scope.policy, configured)


def look(work: Work, scope: Scope, *, after: int = 0) -> Page:
    """The next page of what would move; writes nothing. Raises Refused for a number that is no open ticket's."""
    if scope.numbers:
        found = [_named(work, number) for number in dict.fromkeys(scope.numbers)]
        return Page(looked_at=len(found), proposed=_proposed(work, found, scope), last=None)
    teams = None if scope.team is None else frozenset({scope.team})
    found = list(work.uow.tickets.walk(TicketFilter(teams=teams), after=after, limit=PAGE))
    meant = [each for each in found if scope.policy in (None, each.sla_policy)]
    last = found[-1].id if len(found) == PAGE else None
    return Page(looked_at=len(found), proposed=_proposed(work, meant, scope), last=last)


def do(workplace: Workplace, uow: UnitOfWork, proposed: Proposed, *, scope: Scope, by: Person) -> Outcome:
    """Do what was proposed for one ticket, unless it is another by now; one transaction."""
    ticket = uow.tickets.lock(proposed.ticket.id)
    if ticket.version != proposed.ticket.version:
        return Outcome.CHANGED
    uow.people.remember(by)
    done = reapply(workplace.work(uow, by), ticket, policy=scope.to)
    return Outcome.SETTLED if done is None else Outcome.APPLIED


def _proposed(work: Work, tickets: list[Ticket], scope: Scope) -> tuple[Proposed, ...]:
    found = ((ticket, _change(work, ticket, scope)) for ticket in tickets)
    return tuple(Proposed(ticket=ticket, change=change) for ticket, change in found if change is not None)


def _change(work: Work, ticket: Ticket, scope: Scope) -> Reapplication | None:
    """None where nothing would change, or no policy is meant for the ticket."""
    try:
        return propose(work, ticket, policy=scope.to)
    except Refused:
        if scope.numbers:
            raise
        return None


def _named(work: Work, number: int) -> Ticket:
    found = work.uow.tickets.find(work.desk.prefix, number)
    if found is None:
        raise TicketNotFound(f"There is no ticket {work.desk.prefix}-{number}.")
    return found


def _all_live(uow: UnitOfWork) -> Iterator[Ticket]:
    after: int | None = 0
    while after is not None:
        page = uow.tickets.walk(TicketFilter(), after=after)
        yield from page
        after = page[-1].id if page else None

"""What an agent may know of a person: accounts, teams, notes and requests, none of a server they do not see into."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.directory import DESK, Person, Team, groups_of
from bot.domain.events import SOLVED_BY_ANSWER
from bot.domain.people.identity import Link
from bot.domain.people.person_note import PersonNote, readable
from bot.domain.search.query import Criterion, FilterName, SearchOrder, TicketState
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.ratings.ratings import RatingQuery
from bot.ports.storage.search import FoundTickets, TicketSearch
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.search.ticket_search import SearchScope, visibility_in

LISTED = 5
"""Tickets of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOutcome:
    """How a ticket ended: resolved, or closed without that. `reason` is what the requester was told with it."""

    at: datetime
    is_resolved: bool
    is_withdrawn: bool = False
    """Whether the requester closed it themselves."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`person` is the account that was asked for, `accounts` are all of theirs that may be known, that one first.

    `open` and `earlier` are pages of the first few; their counts are of all that may be seen.
    """

    person: Person
    accounts: tuple[Person, ...]
    links: tuple[Link, ...]
    groups: frozenset[str] = frozenset()
    """Of any of their accounts: those of platforms and those of `desk.yaml`."""
    worked: tuple[Team, ...]
    """Teams whose tickets they work or lead."""
    held: int
    """How many open tickets that the actor may see are theirs to work on."""
    led: tuple[Team, ...]
    notes: Sequence[PersonNote]
    takes_notes: bool
    """Not of oneself."""
    open: FoundTickets
    snoozes: Mapping[int, datetime]
    """Until when open ones are snoozed, by their ids, where the actor reads their notes."""
    earlier: FoundTickets
    originals: Mapping[int, str]
    """What duplicates among them are part of, by their ids, where the actor may know of that."""
    outcomes: Mapping[int, TicketOutcome]
    """By the ids of the earlier tickets."""
    ratings: tuple[int, int]
    """How many of their ratings were good, and how many there are: of the actor's teams, none that is anonymous."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self.accounts)


def profile_of(context: Context, person: Person) -> Profile | None:
    """What the actor, an agent, may know of them; None where that is not even that they exist."""
    visibility = visibility_in(context, SearchScope.SEEN)
    keys = context.uow.identities.accounts_of(person.key)
    known = _known(context, visibility, [person, *_others(context, person, keys)])
    if person not in known:
        return None
    accounts = frozenset(each.key for each in known)
    worked = _teams(context, visibility, known)
    unfinished = _tickets(context, visibility, accounts, TicketState.OPEN, order=SearchOrder.DUE)
    earlier = _tickets(context, visibility, accounts, TicketState.FINISHED, order=SearchOrder.LAST_WORD)
    return Profile(
        person=person,
        accounts=tuple(known),
        links=tuple(each for each in context.uow.identities.links_among(accounts) if not each.is_removed),
        groups=frozenset().union(*(groups_of(each, context.desk.groups) for each in known)),
        worked=worked,
        held=_held(context, visibility, accounts) if worked else 0,
        led=tuple(team for team in worked if any(team.has_lead(each) for each in known)),
        notes=() if visibility.is_account(person.key) else _notes(context, visibility, accounts),
        takes_notes=not visibility.is_account(person.key),
        open=unfinished,
        snoozes={
            each.id: each.snoozed_until
            for each in unfinished.tickets
            if each.snoozed_until is not None
            and each.is_snoozed(context.now)
            and visibility.reads_notes(each)
        },
        earlier=earlier,
        originals=_originals(context, [*unfinished.tickets, *earlier.tickets]),
        outcomes=_outcomes(context, earlier.tickets),
        ratings=_ratings(context, visibility, accounts),
    )


def _originals(context: Context, tickets: Iterable[Ticket]) -> Mapping[int, str]:
    merged = {each.id: each.merged_into for each in tickets if each.merged_into is not None}
    found = context.uow.tickets.get_many(list(merged.values())) if merged else {}
    return {
        each: found[original].reference
        for each, original in merged.items()
        if context.sight(found[original]) > Sight.NOTHING
    }


def _ratings(context: Context, visibility: Visibility, accounts: frozenset[str]) -> tuple[int, int]:
    """What they said of how it went; of oneself one knows that."""
    if not context.desk.asks_for_ratings or visibility.is_account(next(iter(accounts))):
        return 0, 0
    found = context.uow.ratings.tallies(RatingQuery(teams=visibility.teams, requesters=accounts))
    return sum(each.good for each in found), sum(each.count for each in found)


def may_know_of(context: Context, person: Person) -> bool:
    """Whether the actor, an agent, may know that there is this account."""
    return bool(_known(context, visibility_in(context, SearchScope.SEEN), [person]))


def _others(context: Context, person: Person, keys: frozenset[str]) -> list[Person]:
    found = context.uow.people.find_many(keys - {person.key})
    return [found[key] for key in sorted(found)]


def _known(context: Context, visibility: Visibility, accounts: Sequence[Person]) -> list[Person]:
    """Whose accounts the actor may know of: with teams of single servers those alone who asked or work there."""
    if visibility.sees_everywhere:
        return list(accounts)
    colleagues = [team for team in context.desk.teams.values() if _may_know_of(visibility, team)]
    return [
        each
        for each in accounts
        if visibility.is_account(each.key)
        or any(team.has_agent(each) for team in colleagues)
        or _count(context, visibility, each.key)
    ]


def _may_know_of(visibility: Visibility, team: Team) -> bool:
    is_shared = team.community is None or team.community in visibility.communities
    return visibility.sees_everywhere or team.name in visibility.teams or is_shared


def _count(context: Context, visibility: Visibility, key: str) -> int:
    wanted = TicketSearch(now=context.now, criteria=(Criterion(name=FilterName.FROM, values=(key,)),))
    return context.uow.search.count(wanted, visibility=visibility).count


def _held(context: Context, visibility: Visibility, accounts: Iterable[str]) -> int:
    criteria = (
        Criterion(name=FilterName.ASSIGNED, values=tuple(sorted(accounts))),
        Criterion(name=FilterName.IS, values=(TicketState.OPEN,)),
    )
    wanted = TicketSearch(now=context.now, criteria=criteria)
    return context.uow.search.count(wanted, visibility=visibility).count


def _teams(context: Context, visibility: Visibility, accounts: Sequence[Person]) -> tuple[Team, ...]:
    return tuple(
        team
        for team in context.desk.teams.values()
        if _may_know_of(visibility, team) and any(team.has_agent(each) for each in accounts)
    )


def _notes(context: Context, visibility: Visibility, accounts: Iterable[str]) -> Sequence[PersonNote]:
    return readable(context.uow.person_notes.of_accounts(accounts), visibility)


def _tickets(
    context: Context,
    visibility: Visibility,
    accounts: Iterable[str],
    state: TicketState,
    *,
    order: SearchOrder,
) -> FoundTickets:
    """The first few in an order that an index has: somebody may have asked more than anybody can read."""
    wanted = TicketSearch(
        now=context.now,
        criteria=(
            Criterion(name=FilterName.FROM, values=tuple(sorted(accounts))),
            Criterion(name=FilterName.IS, values=(state,)),
        ),
    )
    return context.uow.search.find(wanted, visibility=visibility, order=order, limit=LISTED)


def _outcomes(context: Context, tickets: Sequence[Ticket]) -> Mapping[int, TicketOutcome]:
    entries = context.uow.audit_log.of_tickets(each.id for each in tickets)
    return {each.id: _outcome(context, each, entries[each.id]) for each in tickets}


def _outcome(context: Context, ticket: Ticket, entries: Sequence[AuditEntry]) -> TicketOutcome:
    """What was said when it was resolved, or when it was closed without that."""
    changes = [each for each in entries if each.event == "StatusChanged" and each.actor != DESK]
    last = changes[-1] if changes else None
    is_closed = last is not None and last.details["after"] == Status.CLOSED
    if last is not None and is_closed and last.details["before"] == Status.RESOLVED:
        resolved = [each for each in changes if each.details["after"] == Status.RESOLVED]
        last, is_closed = (resolved[-1] if resolved else last), not resolved
    is_solved = last is not None and last.details.get("cause") == SOLVED_BY_ANSWER
    return TicketOutcome(
        at=ticket.resolved_at or ticket.closed_at or ticket.updated_at,
        is_resolved=not is_closed or is_solved,
        is_withdrawn=last is not None
        and is_closed
        and not is_solved
        and last.actor in context.uow.identities.accounts_of(ticket.requester),
        reason=str(last.details.get("reason") or "") if last is not None else "",
    )

"""Which tickets a change is for: looked for once, as its actor sees them, and fixed from then on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.bulk_changes.bulk_change import MOST_TICKETS, BulkChange
from bot.domain.errors import Refused
from bot.domain.search.query import Query
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.search import FoundTickets
from bot.services.context.context import Context
from bot.services.search.ticket_search import SearchScope, find_tickets, visibility_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A change takes the first `MOST_TICKETS` of what was found; None where nothing was."""

    change: BulkChange | None
    found: FoundTickets


def select_found(context: Context, query: Query) -> Selection:
    """The tickets that the actor finds by it. Raises Refused as searches do."""
    visibility = visibility_in(context, SearchScope.SEEN)
    found = find_tickets(context, query, visibility=visibility, limit=MOST_TICKETS)
    change = select(context, found.tickets, query=query.text) if found.count else None
    return Selection(change=change, found=found)


def select(context: Context, tickets: Iterable[Ticket], *, query: str = "") -> BulkChange:
    """These tickets, which the actor may see."""
    change = BulkChange(id=context.uow.new_id(), actor=context.actor.key, query=query, chosen_at=context.now)
    context.uow.bulk_changes.add(change, [each.id for each in tickets])
    return change


def own_change(context: Context, change_id: str) -> BulkChange:
    """One of the actor's own, locked, by its id as a button carries it. Raises Refused for any other."""
    change = context.uow.bulk_changes.lock(int(change_id)) if change_id.isdecimal() else None
    if change is None or change.actor != context.actor.key:
        raise Refused("bulk.gone")
    return change


def chosen_tickets(context: Context, change: BulkChange) -> Sequence[Ticket]:
    """In their order, as they are now; not those that the actor may not see any more."""
    items = context.uow.bulk_changes.items(change.id)
    return visible_tickets(context, (each.ticket for each in items if each.is_chosen))


def visible_tickets(context: Context, ids: Iterable[int]) -> Sequence[Ticket]:
    ordered = list(ids)
    tickets = context.uow.tickets.get_many(ordered)
    visibility = visibility_in(context, SearchScope.SEEN)
    return [tickets[each] for each in ordered if each in tickets and visibility.covers(tickets[each])]

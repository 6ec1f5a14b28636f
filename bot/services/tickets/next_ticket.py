"""Which unassigned ticket an agent should answer next, and that two who ask at once get two different ones."""

from collections.abc import Iterable
from typing import Final

from bot.domain.directory import Team, kept_as
from bot.domain.search.query import Criterion, FilterName, SearchOrder, TicketState
from bot.domain.search.visibility import visibility_of
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.search import TicketSearch
from bot.services.context.context import Context
from bot.services.context.reader import ListReader
from bot.services.tickets.actions import claim_ticket

_WAITING: Final = ("pending", "on-hold")


def claim_next(context: Context, teams: Iterable[Team]) -> Ticket | None:
    """Claims the ticket of these teams, which are the actor's, that should be answered next; None where none is left.

    Overdue first responses come first, then what else is overdue, then what is at risk, then the higher priority and
    of equals the oldest. Left out is what is snoozed or waits for somebody else, and what the actor asked for.
    """
    wanted = next_in(context, teams)
    visibility = visibility_of(context.desk, context.actor)
    found = None
    for waits in (False, True):
        found = found or context.uow.search.lock_first(
            wanted, visibility=visibility, order=SearchOrder.NEXT, waits=waits
        )
    if found is None:
        return None
    ticket = context.uow.tickets.lock(found)
    claim_ticket(context, ticket)
    return ticket


def next_in(context: ListReader, teams: Iterable[Team]) -> TicketSearch:
    """All that `claim_next` chooses from."""
    names = tuple(sorted(kept_as(teams)))
    return TicketSearch(
        now=context.now,
        criteria=(
            Criterion(name=FilterName.TEAM, values=names),
            Criterion(name=FilterName.IS, values=(TicketState.UNASSIGNED,)),
            Criterion(name=FilterName.STATUS, values=_WAITING, is_excluded=True),
            Criterion(name=FilterName.IS, values=(TicketState.SNOOZED,), is_excluded=True),
            Criterion(name=FilterName.FROM, values=(context.actor.key,), is_excluded=True),
        ),
    )

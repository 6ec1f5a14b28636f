"""Somebody goes away: nothing is given to them meanwhile, and what they have in hand does not lie forgotten.

The watch tells their teams, when a long absence begins, of the tickets that they still have then.
"""

from collections.abc import Sequence

from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.text.amounts import listed
from bot.text.sentences import words

NAMED = 10
"""Tickets that are named one by one."""
MOST = 100


def go_away(context: Context, absence: Absence) -> Sequence[Ticket]:
    """Returns the open tickets that the actor has, most urgent first."""
    context.uow.absences.put(absence)
    return context.uow.tickets.search(TicketFilter(assignee=context.actor.key), limit=MOST)


def named(tickets: Sequence[Ticket], language: str) -> str:
    """`IT-1, IT-2 and 3 more tickets`."""
    names = [ticket.reference for ticket in tickets[:NAMED]]
    if len(tickets) > NAMED:
        names.append(words(language, "team.more_tickets", count=len(tickets) - NAMED))
    return listed(names, language)

"""Somebody goes away: nothing is given to them meanwhile, and what they have in hand does not lie forgotten.

The watch tells their teams, when a long absence begins, of the tickets that they still have then.
"""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

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
    """Returns the open tickets that the actor has, most urgent first.

    What they said last counts: of the present, or of a time to come that it overlaps. Other absences stay.
    """
    for known in said_absences(context):
        if known.holds(context.now) is absence.holds(context.now) and known.overlaps(absence):
            context.uow.absences.end(known)
    context.uow.absences.put(absence)
    return context.uow.tickets.search(TicketFilter(assignee=context.actor.key), limit=MOST)


def come_back(context: Context) -> bool:
    """End the present absence of the actor, not those to come. Returns whether they had said that they are away."""
    present = [each for each in said_absences(context) if each.holds(context.now)]
    for each in present:
        context.uow.absences.end(each)
    return bool(present)


def cancel_planned(context: Context, *, day: date, zone: ZoneInfo) -> list[Absence]:
    """The actor will be there after all. Returns the absences to come that would have begun on that day there."""
    found = [each for each in planned_absences(context) if each.since.astimezone(zone).date() == day]
    for each in found:
        context.uow.absences.end(each)
    return found


def planned_absences(context: Context) -> list[Absence]:
    """Those that the actor said and that have not begun, the soonest first."""
    return [each for each in said_absences(context) if each.since > context.now]


def said_absences(context: Context) -> list[Absence]:
    """Those that the actor said by command and that are not over, the soonest first."""
    return [each for each in context.uow.absences.since(context.now) if each.person == context.actor.key]


def named(tickets: Sequence[Ticket], language: str) -> str:
    """`IT-1, IT-2 and 3 more tickets`."""
    names = [ticket.reference for ticket in tickets[:NAMED]]
    if len(tickets) > NAMED:
        names.append(words(language, "team.more_tickets", count=len(tickets) - NAMED))
    return listed(names, language)

"""Somebody goes away: nothing is given to them meanwhile, and what they have in hand does not lie forgotten."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.absence import Absence
from bot.domain.ticket import Ticket
from bot.ports.unit_of_work import TicketFilter
from bot.services.directs import tell_directly
from bot.services.duty import present
from bot.services.work import Work

LONG = timedelta(hours=24)
"""Leads hear of tickets in the hands of somebody who is away for longer than this."""
NAMED = 10
"""Tickets that are named one by one."""
MOST = 100


def go_away(work: Work, absence: Absence) -> Sequence[Ticket]:
    """Returns the open tickets that the actor has, most urgent first; their teams' leads hear of a long absence."""
    work.uow.absences.put(absence)
    tickets = work.uow.tickets.search(TicketFilter(assignee=work.actor.key), limit=MOST)
    if absence.until - absence.since > LONG:
        _tell_leads(work, absence, tickets)
    return tickets


def named(tickets: Sequence[Ticket]) -> str:
    """`IT-1, IT-2 and 3 more`."""
    references = ", ".join(ticket.reference for ticket in tickets[:NAMED])
    return f"{references} and {len(tickets) - NAMED} more" if len(tickets) > NAMED else references


def _tell_leads(work: Work, absence: Absence, tickets: Sequence[Ticket]) -> None:
    """Each of a team's tickets to its own leads, in one message to each lead."""
    by_lead: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        for lead in present(work.uow, work.desk, work.team_of(ticket).leads, now=work.now):
            by_lead.setdefault(lead.key, []).append(ticket)
    for key, theirs in by_lead.items():
        if key != work.actor.key:
            tell_directly(
                work,
                key,
                "away_with_tickets" if len(theirs) > 1 else "away_with_ticket",
                key=f"away:{work.actor.key}:{work.now.isoformat()}",
                person=work.actor.name,
                until=absence.until.isoformat(),
                count=str(len(theirs)),
                references=named(theirs),
                command=f"/{work.desk.command_names['desk']} assign",
            )

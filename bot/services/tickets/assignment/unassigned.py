"""Requests that wait for somebody to be given them, and those that nobody fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.assignment.choice import Choice, Obstacle
from bot.domain.errors import ConfigurationError
from bot.domain.events import TicketReleased
from bot.domain.tickets.ticket import Status
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.tickets import TicketFilter
from bot.services.on_call.staffing_findings import MOST, MOST_PAGES, WaitingRequest, in_queue
from bot.services.tickets.assignment.choice import Sources, Staff, order_for

PATIENCE: Final = timedelta(minutes=5)
"""Of the team's hours: when nobody has fitted a request for so long, its leads are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignedRequest:
    """A new request in the queue, and who would be given it now. `released_by` had it last and gave it back."""

    request: WaitingRequest
    choice: Choice
    released_by: str | None = None


def unassigned_requests(sources: Sources, staff: Staff) -> Iterator[UnassignedRequest]:
    """A team's, in queue order; without imported history."""
    wanted = TicketFilter(teams=staff.team.names, statuses=frozenset({Status.NEW}), is_unassigned=True)
    for page in range(MOST_PAGES):
        found = sources.uow.tickets.search(wanted, limit=MOST, offset=page * MOST)
        entries = sources.uow.audit_log.of_tickets([ticket.id for ticket in found]) if found else {}
        for request in in_queue(found, entries):
            ticket = request.ticket
            released_by = releaser(entries[ticket.id])
            choice = staff.choice(
                ticket, order_for(sources.desk, ticket), without=frozenset(filter(None, [released_by]))
            )
            yield UnassignedRequest(request=request, choice=choice, released_by=released_by)
        if len(found) < MOST:
            break


def releaser(entries: Sequence[AuditEntry]) -> str | None:
    """The key of who had the ticket when it was given back last."""
    had = [entry.details["before"] for entry in entries if entry.event == TicketReleased.stored_as]
    return str(had[-1]) if had else None


def unfitted_requests(sources: Sources, staff: Staff) -> list[UnassignedRequest]:
    """Those that nobody has fitted for as long as is waited; none while the team is closed."""
    team = staff.team
    if not team.workload.is_limited or not team.calendar.is_open(sources.now):
        return []
    try:
        since = team.calendar.subtract(sources.now, PATIENCE)
    except ConfigurationError:  # it has not been open for so long yet
        return []
    return [
        each
        for each in unassigned_requests(sources, staff)
        if isinstance(each.choice, Obstacle) and each.request.since <= since
    ]

"""Which tickets to offer where a command was given without one: what `Command.fitting` is made of."""

from dataclasses import replace

from bot.domain.directory import kept_as
from bot.domain.tickets.ticket import Status
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context

_FINISHED = frozenset({Status.RESOLVED, Status.CLOSED})


def requested(context: Context) -> TicketFilter:
    """The actor's own requests that are not finished, with whichever account they asked."""
    return TicketFilter(requesters=context.accounts)


def requested_ever(context: Context) -> TicketFilter:
    return TicketFilter(requesters=context.accounts, statuses=frozenset(Status))


def requested_and_finished(context: Context) -> TicketFilter:
    return TicketFilter(requesters=context.accounts, statuses=_FINISHED)


def assigned(context: Context) -> TicketFilter:
    """Those the actor has."""
    return TicketFilter(assignee=context.actor.key)


def of_teams(context: Context) -> TicketFilter:
    """Those of the actor's teams that are not finished."""
    return TicketFilter(teams=_teams(context))


def of_teams_ever(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context), statuses=frozenset(Status))


def of_teams_and_finished(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context), statuses=_FINISHED)


def unassigned(context: Context) -> TicketFilter:
    return TicketFilter(teams=_teams(context), is_unassigned=True, awake_at=context.now)


def claimable(context: Context) -> TicketFilter:
    """Without the actor's own requests, which are a colleague's to work on."""
    return replace(unassigned(context), not_asked_by=context.accounts)


def _teams(context: Context) -> frozenset[str]:
    return kept_as(context.desk.teams_of(context.actor))

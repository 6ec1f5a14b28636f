"""Why somebody who is not of a ticket's team cannot have it, and what can be done instead."""

from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context


def outsider_refused(context: Context, ticket: Ticket, to: Person) -> NotAllowed:
    """Of a private one also that a transfer lets more people read it than are meant."""
    facts = {"name": to.name, "team": context.team_of(ticket).title, "reference": ticket.reference}
    if not ticket.is_private:
        return NotAllowed("refusals.not_of_team", **facts)
    add = verbs.typed(context.desk.command_names, verbs.ADD_AGENT)
    command = f"{add} {ticket.reference} @{to.name}"
    return NotAllowed("refusals.not_of_team_private", command=command, **facts)

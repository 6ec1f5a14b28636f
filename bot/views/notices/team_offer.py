"""The teams that a request may go to that was just made private, below the notice that names them."""

from collections.abc import Mapping

from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.services.tickets.privacy.team_buttons import team_buttons


def offer_buttons(view: View, ticket: Ticket, facts: Mapping[str, str], language: str) -> tuple[Button, ...]:
    teams = (view.desk.teams[each] for each in facts["teams"].split() if each in view.desk.teams)
    return team_buttons(ticket, teams, language)


def is_over(ticket: Ticket, facts: Mapping[str, str]) -> bool:
    """Whether the ticket is with another team by now, or finished."""
    return ticket.team != facts["team"] or not ticket.status.is_live

"""What is offered below the notice of another team: the teams that may have what was made private, and privacy."""

from collections.abc import Mapping

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.services.tickets.privacy.team_buttons import team_buttons
from bot.text.sentences import words


def offer_buttons(view: View, ticket: Ticket, facts: Mapping[str, str], language: str) -> tuple[Button, ...]:
    teams = (view.desk.teams[each] for each in facts["teams"].split() if each in view.desk.teams)
    return team_buttons(ticket, teams, language)


def privacy_buttons(ticket: Ticket, language: str) -> tuple[Button, ...]:
    label = words(language, "requester.button_make_private")
    return (Button(label=label, verb=verbs.MAKE_PRIVATE_OWN, ticket=ticket.reference),)


def is_over(ticket: Ticket, facts: Mapping[str, str]) -> bool:
    """Whether the ticket is with another team by now, or finished."""
    return ticket.team != facts["team"] or not ticket.status.is_live

"""The teams that a request may go to that was just made private, as buttons of its requester's."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.directory import Team
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.text.sentences import words

STAYS: Final = "stays"
"""The option of the button that leaves the request where it is."""


def team_buttons(ticket: Ticket, teams: Iterable[Team], language: str) -> tuple[Button, ...]:
    """One for each team, and one for none of them; nothing where there is no team."""
    found = tuple(
        _button(ticket, words(language, "requester.button_send_to", team=each.title), {"team": each.name})
        for each in teams
    )
    leave = words(language, "requester.button_leave_it")
    return (*found, _button(ticket, leave, {STAYS: "yes"})) if found else ()


def _button(ticket: Ticket, label: str, options: Mapping[str, str]) -> Button:
    return Button(label=label, verb=verbs.MAKE_PRIVATE_OWN, ticket=ticket.reference, options=options)

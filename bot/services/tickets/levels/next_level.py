"""A ticket goes to the team of the next level, with what was tried as an internal note."""

from typing import Final

from bot.domain.directory import Team
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.events import NEXT_LEVEL
from bot.domain.sentence import sentence
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.communities import check_transfer
from bot.services.tickets.followers.followers import follow_ticket, hears_already
from bot.text.sentences import words

TRIED: Final = "tried"
SHORT: Final = 160
"""Characters of what was tried that the card shows; the note has all of them."""


class TriedMissing(FieldsRefused):
    """The team wants to read what was tried."""


def next_level_of(context: Context, ticket: Ticket) -> Team:
    """Raises Refused where the ticket's team has no next level."""
    team = context.team_of(ticket)
    if team.next_level is None or team.next_level.team not in context.desk.teams:
        raise Refused(
            "refusals.no_next_level",
            team=team.title,
            command=verbs.typed(context.desk.command_names, verbs.TRANSFER),
        )
    return context.desk.teams[team.next_level.team]


def escalate_ticket(context: Context, ticket: Ticket, *, tried: str) -> Team:
    """Returns the team that it is with now. Raises TriedMissing, or Refused as a transfer does.

    What was tried is a note in that team's thread, after all that was said. Who isn't of that team follows the
    ticket from now on, a private one too, and so goes on seeing it.
    """
    level, team = context.team_of(ticket).next_level, next_level_of(context, ticket)
    check_transfer(context, ticket, team)
    if level is not None and level.requires_tried and not tried:
        missing = sentence("refusals.tried_needed", team=team.title, reference=ticket.reference)
        raise TriedMissing({TRIED: missing})
    reason = subject_of(tried, limit=SHORT) if tried else ""
    actions.transfer_ticket(context, ticket, team=team, reason=reason, cause=NEXT_LEVEL)
    if not context.is_agent_of(ticket) and not hears_already(context, ticket, context.actor, side=Side.TEAM):
        follow_ticket(context, ticket)
    if tried:
        note = words(team.language or context.desk.language, "team.tried", text=tried)
        actions.add_note(context, ticket, text=note)
    return team

"""Who may see a ticket, and which side of it: the one rule that whatever lists, shows or grants access asks.

The requester, the team, and colleagues whom either added to this ticket alone. A colleague on the team's side must be
an agent whom its community lets see it, and loses that with the role.
"""

from enum import IntEnum

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork


class Sight(IntEnum):
    """Each sees what the one before it sees: nothing, what the requester sees, and the team's notes too."""

    NOTHING = 0
    REQUESTERS_SIDE = 1
    TEAMS_SIDE = 2


def sight_of(uow: UnitOfWork, desk: Desk, ticket: Ticket, person: Person) -> Sight:
    """What this person may see of the ticket. An agent who is the requester is a requester."""
    if person.key == ticket.requester:
        return Sight.REQUESTERS_SIDE
    if desk.team_of(ticket).has_agent(person):
        return Sight.TEAMS_SIDE
    is_agent_nearby = any(desk.serves(team, ticket) for team in desk.teams_of(person))
    followed = uow.followers.sides(ticket.id, person.key)
    if Side.TEAM in followed and is_agent_nearby:
        return Sight.TEAMS_SIDE
    is_let_in = Side.REQUESTER in followed or (is_agent_nearby and not ticket.is_private)
    return Sight.REQUESTERS_SIDE if is_let_in else Sight.NOTHING

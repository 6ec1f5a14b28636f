"""What somebody may see of one ticket: what `Visibility` says of many, asked by whatever shows, tells or lets in.

The requester, the team, and colleagues whom either added to this ticket alone. A colleague on the team's side must be
an agent whom its community lets see it, and loses that with the role.
"""

from dataclasses import replace
from enum import IntEnum

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.search.visibility import Visibility, visibility_of
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork


class Sight(IntEnum):
    """Each sees what the one before it sees: nothing, what the requester sees, and the team's notes too."""

    NOTHING = 0
    REQUESTERS_SIDE = 1
    TEAMS_SIDE = 2


def sight_of(uow: UnitOfWork, desk: Desk, ticket: Ticket, person: Person) -> Sight:
    """What this person may see of the ticket. An agent who is the requester, with any account, is a requester."""
    visibility = visibility_of(desk, person, accounts=uow.identities.accounts_of(person.key))
    if not visibility.is_account(ticket.requester) and not visibility.reads_notes(ticket):
        visibility = _as_follower(uow, ticket, visibility)
    if visibility.reads_notes(ticket):
        return Sight.TEAMS_SIDE
    return Sight.REQUESTERS_SIDE if visibility.covers(ticket) else Sight.NOTHING


def _as_follower(uow: UnitOfWork, ticket: Ticket, visibility: Visibility) -> Visibility:
    """With what following this ticket adds; no other is asked about."""
    sides = uow.followers.sides(ticket.id, visibility.person)
    this, none = frozenset({ticket.id}), frozenset[int]()
    return replace(
        visibility,
        shared=this if Side.REQUESTER in sides else none,
        followed=this if Side.TEAM in sides else none,
    )

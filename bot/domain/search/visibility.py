"""Which tickets somebody may know of, and on which they may read what the team wrote for itself.

This is the one rule for a single ticket, for lists, counts and suggestions: a database asks it of many tickets at
once by the sets below; of one ticket, `covers` and `reads_notes` answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.desk import Desk
from bot.domain.directory import Person, kept_as
from bot.domain.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """What the configuration lets one person see. Empty sets see nothing but the person's own requests.

    A ticket whose team is no more in `desk.yaml` is its community's default team's, or the desk's.
    """

    person: str
    """Their key: what they asked for, they see."""
    accounts: frozenset[str] = frozenset()
    """Keys of their other accounts: what they asked for with these, they see as well, and as its requester."""
    teams: frozenset[str] = frozenset()
    """Teams whose tickets they work, so that they see private ones and read notes."""
    known_teams: frozenset[str] = frozenset()
    """All that `desk.yaml` names."""
    known_communities: frozenset[str] = frozenset()
    heirs: frozenset[str] = frozenset()
    """Communities whose tickets come to one of `teams` when their own is no more; empty text for none."""
    sees_everywhere: bool = False
    """Whether one of their teams serves every community, so that all tickets but private ones are seen."""
    communities: frozenset[str] = frozenset()
    """Whose tickets they see, but private ones."""
    neighbours: frozenset[str] = frozenset()
    """Teams whose tickets of no community they see, but private ones; empty text for a team that is no more."""

    shared: frozenset[int] = frozenset()
    """Ids of tickets of others that they follow on the requester's side."""
    followed: frozenset[int] = frozenset()
    """Ids of tickets of other teams that they follow on the team's side, while they are agents there."""

    def covers(self, ticket: Ticket) -> bool:
        """The requester and the agents of its team see it; unless it is private, other agents there do too."""
        if self.is_account(ticket.requester) or ticket.id in self.shared or self._works(ticket):
            return True
        return (not ticket.is_private or ticket.id in self.followed) and self._is_near(ticket)

    def reads_notes(self, ticket: Ticket) -> bool:
        """Whether they answer it as an agent. An agent who is the requester is a requester."""
        if self.is_account(ticket.requester):
            return False
        return self._works(ticket) or (ticket.id in self.followed and self._is_near(ticket))

    def is_account(self, key: str) -> bool:
        """Whether it is this person, with whichever of their accounts."""
        return key == self.person or key in self.accounts

    def _works(self, ticket: Ticket) -> bool:
        if ticket.team in self.known_teams:
            return ticket.team in self.teams
        community = ticket.community if ticket.community in self.known_communities else None
        return (community or "") in self.heirs

    def _is_near(self, ticket: Ticket) -> bool:
        if self.sees_everywhere:
            return True
        if ticket.community in self.known_communities:
            return ticket.community in self.communities
        return (ticket.team if ticket.team in self.known_teams else "") in self.neighbours


def visibility_of(
    desk: Desk,
    person: Person,
    *,
    accounts: Iterable[str] = (),
    shared: Iterable[int] = (),
    followed: Iterable[int] = (),
) -> Visibility:
    """All that this person may see, as an agent, as a requester and as a follower.

    What makes them an agent is what `desk.yaml` says of the account that they use: `accounts`, their others, add what
    they asked for and no rights.
    """
    teams = desk.teams_of(person)
    names = frozenset(team.name for team in teams)
    communities = frozenset(team.community for team in teams if team.community is not None)
    heirs = {each.name for each in desk.communities.values() if each.default_team in names}
    near = {each.name for each in desk.teams.values() if teams and each.community in (None, *communities)}
    return Visibility(
        person=person.key,
        accounts=frozenset(accounts),
        teams=kept_as(teams),
        known_teams=kept_as(desk.teams.values()),
        known_communities=frozenset(desk.communities),
        heirs=frozenset(heirs | ({""} if desk.default_team in names else set())),
        sees_everywhere=any(team.community is None for team in teams),
        communities=communities,
        neighbours=kept_as(map(desk.teams.__getitem__, near))
        | ({""} if desk.default_team in near else set()),
        shared=frozenset(shared),
        followed=frozenset(followed),
    )


def own_visibility(person: Person, *, accounts: Iterable[str] = (), shared: Iterable[int] = ()) -> Visibility:
    """What they asked for with any of their accounts and what others share with them, as its requester reads it."""
    return Visibility(person=person.key, accounts=frozenset(accounts), shared=frozenset(shared))

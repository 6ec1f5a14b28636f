"""One piece of desk work: who does what, when, by which configuration, in which transaction."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """`now` is desk time, UTC. The transaction belongs to whoever made this; nobody else commits."""

    uow: UnitOfWork
    desk: Desk
    actor: Person
    now: datetime

    def team_of(self, ticket: Ticket) -> Team:
        """The ticket's team; the default team when its own has been removed from the configuration."""
        return self.desk.teams.get(ticket.team) or self.desk.teams[self.desk.default_team]

    def is_agent_of(self, ticket: Ticket) -> bool:
        """Whether the actor answers this ticket as an agent. An agent who is the requester is a requester."""
        return self.actor.key != ticket.requester and self.team_of(ticket).has_agent(self.actor)

"""Whom a stage or a step calls, as people: those who are there now, each once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import assert_never

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.on_call.absence import Absence
from bot.domain.sla.timer import Notify
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.on_call.roster import Roster, rota_of


class Recipients:
    """Who is called for tickets at this instant; who is there is asked once for all of them."""

    def __init__(self, uow: UnitOfWork, desk: Desk, *, now: datetime) -> None:
        self._uow = uow
        self._desk = desk
        self._now = now
        self._of_teams: dict[tuple[str, Notify], list[Person]] = {}

    @cached_property
    def _roster(self) -> Roster:
        return Roster(self._uow, self._desk, now=self._now)

    def called(self, ticket: Ticket, notify: Iterable[Notify]) -> list[Person]:
        """The people meant, in this order; who is away is not called. Who has a ticket is, unless they have left,
        and while they are away someone who is there too.
        """
        people = (person for each in notify for person in self._meant(ticket, each))
        return list({person.key: person for person in people}.values())

    def _meant(self, ticket: Ticket, notify: Notify) -> list[Person]:
        if notify is Notify.ASSIGNEE:
            assignee = self._assignee_of(ticket)
            if assignee is None or not assignee.is_active:
                return []
            return [assignee, *(self._stand_in(ticket) if self.absence_of(ticket) else [])]
        team = self._desk.team_of(ticket)
        if (team.name, notify) not in self._of_teams:
            self._of_teams[team.name, notify] = self._of_team(team, notify)
        return self._of_teams[team.name, notify]

    def absence_of(self, ticket: Ticket) -> Absence | None:
        """That of whoever has the ticket, if they are away now."""
        assignee = self._assignee_of(ticket)
        return None if assignee is None else self._roster.absence_of(assignee, at=self._now)

    def _assignee_of(self, ticket: Ticket) -> Person | None:
        return self._uow.people.find(ticket.assignee) if ticket.assignee is not None else None

    def _stand_in(self, ticket: Ticket) -> list[Person]:
        """Who sees to it while its assignee is away: whoever is on call, else the leads."""
        return self._meant(ticket, Notify.ON_CALL) or self._meant(ticket, Notify.LEADS)

    def _of_team(self, team: Team, notify: Notify) -> list[Person]:
        match notify:
            case Notify.ESCALATION_CHANNEL | Notify.ASSIGNEE:
                return []  # an assignee is the ticket's
            case Notify.LEADS:
                return self._roster.present(team.leads, at=self._now)
            case Notify.LEADS_OF_LEADS:
                return self._roster.present(team.leads_of_leads, at=self._now)
            case Notify.ON_CALL:
                rota = rota_of(self._desk, team)
                person = self._roster.on_call(rota, at=self._now) if rota is not None else None
                return [person] if person is not None else []
            case never:
                assert_never(never)

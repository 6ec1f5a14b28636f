"""Whom a stage or a step calls, as people: those who are there now, each once.

An alert that calls people reaches somebody: where none of those meant is there, whoever is on call is called in their
place, else leads, the team's agents, leads of leads, administrators.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import assert_never

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person, Team
from bot.domain.on_call.absence import Absence
from bot.domain.sla.timer import Notify
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.on_call.roster import Roster, rota_of


def means_people(ticket: Ticket, notify: Iterable[Notify]) -> bool:
    """Whether anybody is to be called besides the channel; the assignee of a ticket that nobody has is nobody."""
    nobody = {Notify.ESCALATION_CHANNEL, *((Notify.ASSIGNEE,) if ticket.assignee is None else ())}
    return not nobody.issuperset(notify)


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
        """The people meant, in this order; who is away is not called, and where nobody meant is there, somebody is
        called in their place. Who has a ticket is called, unless they have left, and while they are away somebody who
        is there too. Empty where nobody is meant, and where nobody at all is there.
        """
        people = (person for each in notify for person in self._meant(ticket, each))
        return list({person.key: person for person in people}.values())

    def mentioned(self, channel: ChannelRef | None, ticket: Ticket, notify: Iterable[Notify]) -> list[Person]:
        """Those of them whom a message in this channel can mention: people of its platform."""
        if channel is None:
            return []
        return [person for person in self.called(ticket, notify) if person.platform == channel.platform]

    def is_unheard(self, channel: ChannelRef | None, ticket: Ticket, notify: Iterable[Notify]) -> bool:
        """Whether an alert that is to mention people in this channel mentions none; a program mentions nobody."""
        if channel is None or self._desk.is_program(channel) or not means_people(ticket, notify):
            return False
        return not self.mentioned(channel, ticket, notify)

    def leads_of(self, team: Team) -> list[Person]:
        """Those who are there, else somebody in their place."""
        return self._group(team, Notify.LEADS) or self._in_place(team)

    def absence_of(self, ticket: Ticket) -> Absence | None:
        """That of whoever has the ticket, if they are away now."""
        assignee = self._assignee_of(ticket)
        return None if assignee is None else self._roster.absence_of(assignee, at=self._now)

    def _meant(self, ticket: Ticket, notify: Notify) -> list[Person]:
        team = self._desk.team_of(ticket)
        if notify is not Notify.ASSIGNEE:
            is_channel = notify is Notify.ESCALATION_CHANNEL
            return self._group(team, notify) or (
                [] if is_channel else self._in_place(team, besides=ticket.assignee)
            )
        assignee = self._assignee_of(ticket)
        if assignee is None:
            return []
        has_it = [assignee] if assignee.is_active else []
        is_there = assignee.is_active and self.absence_of(ticket) is None
        return has_it if is_there else [*has_it, *self._in_place(team, besides=assignee.key)]

    def _assignee_of(self, ticket: Ticket) -> Person | None:
        return self._uow.people.find(ticket.assignee) if ticket.assignee is not None else None

    def _in_place(self, team: Team, *, besides: str | None = None) -> list[Person]:
        """Who is called where nobody meant is there: the first of these of whom somebody is, whoever has the ticket
        last of all.
        """
        groups = [
            self._group(team, Notify.ON_CALL),
            self._group(team, Notify.LEADS),
            self._roster.present(team.agents, at=self._now),
            self._group(team, Notify.LEADS_OF_LEADS),
            self._roster.present(self._desk.admins, at=self._now),
        ]
        others = ([person for person in group if person.key != besides] for group in groups)
        return next(filter(None, others), None) or next(filter(None, groups), [])

    def _group(self, team: Team, notify: Notify) -> list[Person]:
        if (team.name, notify) not in self._of_teams:
            self._of_teams[team.name, notify] = self._of_team(team, notify)
        return self._of_teams[team.name, notify]

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

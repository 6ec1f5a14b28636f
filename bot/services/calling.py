"""Whom a stage or a step calls, as people: those who are there now, each once."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.sla import Notify
from bot.domain.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.duty import on_call, present


def called(
    uow: UnitOfWork, desk: Desk, ticket: Ticket, notify: Iterable[Notify], *, now: datetime
) -> list[Person]:
    """The people meant, in this order; who is away is not called, who has a ticket is unless they have left."""
    people: dict[str, Person] = {}
    for each in notify:
        people |= {person.key: person for person in _meant(uow, desk, ticket, each, now=now)}
    return list(people.values())


def _meant(uow: UnitOfWork, desk: Desk, ticket: Ticket, notify: Notify, *, now: datetime) -> list[Person]:
    team = desk.team_of(ticket)
    match notify:
        case Notify.ESCALATION_CHANNEL:
            return []
        case Notify.ASSIGNEE:
            assignee = uow.people.find(ticket.assignee) if ticket.assignee is not None else None
            return [assignee] if assignee is not None and assignee.is_active else []
        case Notify.LEADS:
            return present(uow, desk, sorted(team.leads), now=now)
        case Notify.LEADS_OF_LEADS:
            return present(uow, desk, sorted(team.leads_of_leads), now=now)
        case Notify.ON_CALL:
            person = on_call(uow, desk, team, now=now)
            return [person] if person is not None else []
        case never:
            assert_never(never)

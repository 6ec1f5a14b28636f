"""Who is there: absences, and who is on call in a team's rota. Tickets and pings go to nobody who is away."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.rota import Rota
from bot.ports.unit_of_work import UnitOfWork
from bot.services.membership import people_meant


def present(uow: UnitOfWork, references: Iterable[str], *, now: datetime) -> list[Person]:
    """Those of the people meant who are there, in the order of the references."""
    away = uow.absences.at(now)
    return [person for person in people_meant(uow, references) if person.is_active and person.key not in away]


def rota_of(desk: Desk, team: Team) -> Rota | None:
    return desk.rotas.get(team.rota) if team.rota is not None else None


def on_call(uow: UnitOfWork, desk: Desk, team: Team, *, now: datetime) -> Person | None:
    """Whoever is on call for the team; None without a rota, and when nobody of it is there."""
    rota = rota_of(desk, team)
    if rota is None:
        return None
    person = rota.on_call(
        now,
        covers=uow.covers.of(rota.name, since=now),
        is_away=lambda reference, at: not present(uow, [reference], now=at),
    )
    return next(iter(present(uow, [person], now=now)), None) if person is not None else None

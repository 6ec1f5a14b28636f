"""Who is there: absences, and who is on call in a team's rota. Tickets and pings go to nobody who is away."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Cover, Rota
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.membership import people_meant


class Roster:
    """Absences, covers and people as they are from `now` on, read once for everything a transaction asks.

    An absence is of a human: whoever is away on one platform is away wherever their e-mail address is the same.
    """

    def __init__(self, uow: UnitOfWork, desk: Desk, *, now: datetime) -> None:
        self._uow = uow
        self._now = now
        told = uow.absences.since(now)
        known = uow.people.find_many({each.person for each in told}) if told else {}
        self._absences = [
            (frozenset({each.person}) | _addresses(known.get(each.person)), each) for each in told
        ]
        self._absences += [(frozenset({each.person}), each) for each in desk.absences if each.until > now]
        self._covers: dict[str, Sequence[Cover]] = {}
        self._meant: dict[str, list[Person]] = {}

    @property
    def absences(self) -> list[Absence]:
        """Those that are not over."""
        return [absence for _, absence in self._absences]

    def absence_of(self, person: Person, *, at: datetime) -> Absence | None:
        """The one that lasts longest of those that hold then."""
        holding = [absence for who, absence in self._absences if absence.holds(at) and person.answers_to(who)]
        return max(holding, key=lambda each: each.until, default=None)

    def present(self, references: Iterable[str], *, at: datetime) -> list[Person]:
        """Those of the people meant who are there then, by their references."""
        people = {person.key: person for each in sorted(references) for person in self._people(each)}
        return [
            person
            for person in people.values()
            if person.is_active and self.absence_of(person, at=at) is None
        ]

    def covers(self, rota: Rota) -> Sequence[Cover]:
        """Those that are not over, oldest first."""
        if rota.name not in self._covers:
            self._covers[rota.name] = self._uow.covers.of(rota.name, since=self._now)
        return self._covers[rota.name]

    def on_call(self, rota: Rota, *, at: datetime) -> Person | None:
        """Whoever is on call then, as far as is known now; None when nobody is there."""
        reference = rota.on_call(
            at,
            covers=self.covers(rota),
            is_away=lambda person, then: not self.present([person], at=then),
        )
        return self.present([reference], at=at)[0] if reference is not None else None

    def unreachable(self, rota: Rota) -> list[str]:
        """Who of the rota can never be on call: references of people whom the desk has not met, or who have left."""
        return [
            reference
            for reference in sorted(rota.everybody)
            if not any(person.is_active for person in self._people(reference))
        ]

    def borders(self, rota: Rota, *, until: datetime) -> list[datetime]:
        """Every instant from now on, up to `until`, at which somebody else may come to be on call."""
        found = {*rota.borders(self._now, until, covers=self.covers(rota))}
        for absence in self.absences:
            found |= {at for at in (absence.since, absence.until) if self._now < at <= until}
        return sorted(found)

    def _people(self, reference: str) -> list[Person]:
        if reference not in self._meant:
            self._meant[reference] = people_meant(self._uow, [reference])
        return self._meant[reference]


def present(uow: UnitOfWork, desk: Desk, references: Iterable[str], *, now: datetime) -> list[Person]:
    """Those of the people meant who are there, by their references."""
    return Roster(uow, desk, now=now).present(references, at=now)


def rota_title(desk: Desk, rota: Rota) -> str:
    """As people know it: by the teams that it is for; a rota of no team goes by its own name."""
    titles = [team.title for team in desk.teams.values() if team.rota == rota.name]
    return ", ".join(titles) or rota.name


def rota_of(desk: Desk, team: Team) -> Rota | None:
    return desk.rotas.get(team.rota) if team.rota is not None else None


def on_call(uow: UnitOfWork, desk: Desk, team: Team, *, now: datetime) -> Person | None:
    """Whoever is on call for the team; None without a rota, and when nobody of it is there."""
    rota = rota_of(desk, team)
    return Roster(uow, desk, now=now).on_call(rota, at=now) if rota is not None else None


def _addresses(person: Person | None) -> frozenset[str]:
    return frozenset({person.email.lower()}) if person is not None and person.email else frozenset()

"""The teams' people: whom a ticket can be assigned to."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person, Team, is_group
from bot.ports.unit_of_work import UnitOfWork


class KnownStaff:
    """Everybody on the teams as last looked up, in memory: for forms, which open without a transaction."""

    def __init__(self) -> None:
        self._desk: Desk | None = None
        self._people: Mapping[str, Person] = {}

    def is_of(self, desk: Desk) -> bool:
        """Whether it was looked up for this very configuration."""
        return self._desk is desk

    def look_up(self, uow: UnitOfWork, desk: Desk) -> None:
        self._people, self._desk = staff_met(uow, desk.teams.values()), desk

    def note(self, people: Iterable[Person], desk: Desk) -> None:
        """Bring up to date what is known of these people, of whom those on no team are nobody's choice."""
        new = {
            each.key: each
            for each in people
            if self._people.get(each.key) != each and (each.key in self._people or desk.teams_of(each))
        }
        if new:
            self._people = {**self._people, **new}

    def agents(self, teams: Iterable[Team], *, actor: Person) -> list[Person]:
        """Whom the actor can assign a ticket of these teams to; nobody before the first look-up."""
        return agents_among(self._people.values(), teams, actor=actor)

    def offered_to(self, actor: Person, desk: Desk, *, at: ChannelRef | None) -> list[tuple[str, str]]:
        """Whom the actor can assign a ticket to: of the team whose channel this is, else of any team of theirs."""
        teams = desk.teams_of(actor)
        teams = tuple(team for team in teams if at in (team.channel, team.escalation_channel)) or teams
        return offered(self.agents(teams, actor=actor), teams)


def staff_met(uow: UnitOfWork, teams: Iterable[Team]) -> dict[str, Person]:
    """Everybody on these teams whom the desk has met, by key: on each platform where they are."""
    people: dict[str, Person] = {}
    for reference in sorted(frozenset[str]().union(*(team.staff for team in teams))):
        found = uow.people.members(reference) if is_group(reference) else uow.people.search(reference)
        people |= {person.key: person for person in found}
    return people


def agents_among(people: Iterable[Person], teams: Iterable[Team], *, actor: Person) -> list[Person]:
    """The teams' agents and leads, the actor first, then by name.

    Somebody who is known on several platforms is listed once, as on the actor's own where they are there.
    """
    every = tuple(teams)
    agents = [
        person
        for person in people
        if person.is_active and not person.is_bot and any(team.has_agent(person) for team in every)
    ]
    agents.sort(key=lambda each: (each.platform == actor.platform, each.key == actor.key))
    once = {(each.email or each.key).lower(): each for each in agents}
    return sorted(once.values(), key=lambda each: (each.key != actor.key, each.name.casefold(), each.key))


def offered(agents: Sequence[Person], teams: Sequence[Team]) -> list[tuple[str, str]]:
    """Keys and names to choose from; where it may be of several teams, with the teams that each is on."""
    if len(teams) < 2:
        return [(each.key, each.name) for each in agents]
    return [(each.key, f"{each.name} · {_titles(each, teams)}") for each in agents]


def _titles(person: Person, teams: Iterable[Team]) -> str:
    return ", ".join(team.title for team in teams if team.has_agent(person))

"""How much an agent is given, and who knows what: a team's own rules, from `desk.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar


class Answerer(Protocol):
    """A person, as far as it matters here."""

    def answers_to(self, references: frozenset[str]) -> bool: ...


Somebody = TypeVar("Somebody", bound=Answerer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What open tickets weigh, and how much an agent may have before no more is given to them.

    Only tickets that wait for their agent count: those that are pending or on hold do not. Whoever claims a ticket or
    is assigned one by a person gets it whatever they have.
    """

    capacity: int | None = None
    """None: any number."""
    per_agent: Mapping[str, int] = field(default_factory=dict)
    """By reference, instead of `capacity`."""
    weights: Mapping[str, int] = field(default_factory=dict)
    """What a ticket of this priority counts for; 1 when left out."""
    in_hours: bool = False
    """Whether tickets are given out in the team's open hours alone; others wait in the queue until then."""

    @property
    def has_capacity(self) -> bool:
        """Whether anybody can be full."""
        return self.capacity is not None or bool(self.per_agent)

    @property
    def is_limited(self) -> bool:
        """Whether a ticket may have to wait until somebody is free, or the team is there."""
        return self.has_capacity or self.in_hours

    def capacity_of(self, person: Answerer) -> int | None:
        own = [
            many for reference, many in self.per_agent.items() if person.answers_to(frozenset({reference}))
        ]
        return min(own) if own else self.capacity

    def weight(self, priority: str) -> int:
        return self.weights.get(priority, 1)

    def load(self, counts: Mapping[str, int]) -> int:
        """What so many tickets of each priority weigh."""
        return sum(self.weight(priority) * many for priority, many in counts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """What some agents know: languages by their codes, categories and tags of tickets."""

    agents: frozenset[str]
    """References."""
    languages: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNeeds:
    """What of a ticket somebody may have to know."""

    language: str
    category: str = ""
    tags: frozenset[str] = frozenset()


def skilled(skills: Iterable[Skill], needs: TicketNeeds, people: Iterable[Somebody]) -> list[Somebody]:
    """Those who know all that the ticket needs; what nobody is named for, everybody knows."""
    able = list(people)
    for each in asked(skills, needs):
        able = [person for person in able if each.is_known_to(person)]
    return able


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededSkill:
    """One thing that the ticket needs and some are named for: a language's code, a category or a tag."""

    what: str
    agents: frozenset[str]
    """References of those who know it."""
    is_language: bool = False

    def is_known_to(self, person: Answerer) -> bool:
        return person.answers_to(self.agents)


def asked(skills: Iterable[Skill], needs: TicketNeeds) -> list[NeededSkill]:
    """What the ticket needs, without what nobody is named for."""
    known, category = list(skills), needs.category.casefold()
    found = [
        NeededSkill(
            what=needs.language,
            agents=_of(each for each in known if needs.language in each.languages),
            is_language=True,
        ),
        NeededSkill(
            what=needs.category,
            agents=_of(each for each in known if category in map(str.casefold, each.categories)),
        ),
        *(
            NeededSkill(what=tag, agents=_of(each for each in known if tag in each.tags))
            for tag in sorted(needs.tags)
        ),
    ]
    return [each for each in found if each.agents]


def _of(skills: Iterable[Skill]) -> frozenset[str]:
    return frozenset[str]().union(*(skill.agents for skill in skills))

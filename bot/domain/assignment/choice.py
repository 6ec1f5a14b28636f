"""Choosing who gets a ticket: ways are tried in order, among those who are there and have room for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.domain.assignment.workload import Skill, TicketNeeds, asked, skilled
from bot.domain.directory import Assignment, Person
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could be given the ticket. `load` and `capacity` are weights; None is no limit."""

    person: Person
    load: int = 0
    capacity: int | None = None
    is_weighed: bool = False
    """Whether `load` is another thing than how many tickets they have."""

    def has_room(self, weight: int) -> bool:
        """Whether a ticket of this weight does not go beyond their capacity."""
        return self.capacity is None or self.load + weight <= self.capacity


class Obstacle(StrEnum):
    """Why nobody is given it."""

    NOBODY_THERE = "nobody_there"
    ALL_FULL = "all_full"
    NOBODY_SKILLED = "nobody_skilled"
    """Nobody who is there and free knows what the ticket needs."""
    CLOSED = "closed"
    """The team gives out tickets in its hours alone, and they are not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenAgent:
    """`why` is a line for the history."""

    person: Person
    why: Sentence


Choice = ChosenAgent | Obstacle | None
"""None: the team's ways give it to nobody, and so wanted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is remembered of earlier assignments: keys of people. And who is on call, of the team or not."""

    last_given: str | None = None
    """Who was given a ticket of the team last."""
    last_agent: str | None = None
    """Who of the team had this requester's last ticket."""
    on_call: Candidate | None = None


def choose(
    ways: Sequence[Assignment],
    candidates: Sequence[Candidate],
    *,
    skills: Sequence[Skill] = (),
    needs: TicketNeeds,
    turn: Turn,
    weight: int = 1,
) -> Choice:
    """Who gets the ticket, by the first way that says so. `candidates` are in the order of their turns."""
    if all(way is Assignment.NONE for way in ways):
        return None
    on_call = [turn.on_call] if turn.on_call is not None and Assignment.ON_CALL in ways else []
    everybody = [*candidates, *on_call]
    free = [each for each in everybody if each.has_room(weight)]
    if not free:
        return Obstacle.ALL_FULL if everybody else Obstacle.NOBODY_THERE
    has_asked = False
    for way in ways:
        if way is Assignment.SKILL:
            has_asked = has_asked or any(asked(skills, needs))
            able = {each.key for each in skilled(skills, needs, (each.person for each in free))}
            free = [each for each in free if each.person.key in able]
            if not free:
                return Obstacle.NOBODY_SKILLED
        elif (chosen := _by(way, free, candidates, turn)) is not None:
            return _as_skilled(chosen) if has_asked else chosen
    if ways[-1] is Assignment.SKILL and (chosen := _least_busy(_of_team(free, candidates))) is not None:
        return _as_skilled(chosen) if has_asked else chosen
    return _nobody_by(ways, on_call)


def _by(
    way: Assignment, free: Sequence[Candidate], candidates: Sequence[Candidate], turn: Turn
) -> ChosenAgent | None:
    team = _of_team(free, candidates)
    match way:
        case Assignment.NONE | Assignment.SKILL:
            return None
        case Assignment.LAST_AGENT:
            return _named(team.values(), turn.last_agent, sentence("history.why_last_agent"))
        case Assignment.ON_CALL:
            key = turn.on_call.person.key if turn.on_call is not None else None
            return _named(free, key, sentence("history.why_on_call"))
        case Assignment.LEAST_BUSY:
            return _least_busy(team)
        case Assignment.ROUND_ROBIN:
            return _next_in_turn(team, candidates, turn.last_given)
        case never:
            assert_never(never)


def _of_team(free: Iterable[Candidate], candidates: Iterable[Candidate]) -> Mapping[str, Candidate]:
    """Without who is on call and not an agent of the team."""
    keys = {each.person.key for each in candidates}
    return {each.person.key: each for each in free if each.person.key in keys}


def _named(free: Iterable[Candidate], key: str | None, why: Sentence) -> ChosenAgent | None:
    found = next((each for each in free if each.person.key == key), None)
    return None if found is None else ChosenAgent(person=found.person, why=why)


def _least_busy(free: Mapping[str, Candidate]) -> ChosenAgent | None:
    least = min(free.values(), key=lambda each: (each.load, each.person.key), default=None)
    if least is None:
        return None
    key = "history.why_least_load" if least.is_weighed else "history.why_least_busy"
    return ChosenAgent(person=least.person, why=sentence(key, load=least.load))


def _next_in_turn(
    free: Mapping[str, Candidate], candidates: Sequence[Candidate], last: str | None
) -> ChosenAgent | None:
    """Whoever comes after the last one, passing over those who are full."""
    keys = [each.person.key for each in candidates]
    begin = keys.index(last) + 1 if last in keys else 0
    key = next((each for each in (*keys[begin:], *keys[:begin]) if each in free), None)
    return None if key is None else ChosenAgent(person=free[key].person, why=sentence("history.why_turn"))


def _as_skilled(chosen: ChosenAgent) -> ChosenAgent:
    return ChosenAgent(person=chosen.person, why=sentence("history.why_skilled", why=chosen.why))


def _nobody_by(ways: Sequence[Assignment], on_call: Sequence[Candidate]) -> Obstacle | None:
    """Ways that always know somebody found nobody; a last agent alone may well be nobody."""
    if Assignment.ON_CALL in ways:
        return Obstacle.ALL_FULL if on_call else Obstacle.NOBODY_THERE
    is_asking_all = any(way not in (Assignment.NONE, Assignment.LAST_AGENT) for way in ways)
    return Obstacle.NOBODY_THERE if is_asking_all else None

"""Choosing who gets a ticket: ways are tried in order, among those who are there and not full."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.domain.assignment.workload import Skill, TicketNeeds, skilled
from bot.domain.directory import Assignment, Person
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could be given the ticket. `capacity` and `load` are weights; None is no limit."""

    person: Person
    load: int
    capacity: int | None = None

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.load >= self.capacity


class Obstacle(StrEnum):
    """Why nobody was given it."""

    NOBODY_THERE = "nobody_there"
    ALL_FULL = "all_full"
    NOBODY_SKILLED = "nobody_skilled"
    """Nobody who is there and free knows what the ticket needs."""
    CLOSED = "closed"
    """The team gives out tickets in its hours alone, and they are not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """`why` is a line for the history."""

    person: Person
    why: Sentence


Choice = Chosen | Obstacle | None
"""None: the team's ways give it to nobody, and so wanted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is remembered of earlier assignments: keys of people."""

    last_given: str | None = None
    """Who was given a ticket of the team last."""
    last_agent: str | None = None
    """Who of the team answered this requester last."""
    on_call: str | None = None


def choose(
    ways: Sequence[Assignment],
    candidates: Sequence[Candidate],
    *,
    skills: Iterable[Skill] = (),
    needs: TicketNeeds,
    turn: Turn,
) -> Choice:
    """Who gets the ticket, by the first way that says so. `candidates` are in the order of their turns."""
    if not any(way is not Assignment.NONE for way in ways):
        return None
    if not candidates:
        return Obstacle.NOBODY_THERE
    free = {each.person.key: each for each in candidates if not each.is_full}
    if not free:
        return Obstacle.ALL_FULL
    for way in ways:
        if way is Assignment.SKILL:
            able = {each.key for each in skilled(skills, needs, (each.person for each in free.values()))}
            free = {key: each for key, each in free.items() if key in able}
            if not free:
                return Obstacle.NOBODY_SKILLED
        elif (chosen := _by(way, free, candidates, turn)) is not None:
            return chosen
    return _least_busy(free) if ways[-1] is Assignment.SKILL else None


def _by(
    way: Assignment, free: Mapping[str, Candidate], candidates: Sequence[Candidate], turn: Turn
) -> Chosen | None:
    match way:
        case Assignment.NONE | Assignment.SKILL:
            return None
        case Assignment.LAST_AGENT:
            return _named(free, turn.last_agent, sentence("history.why_last_agent"))
        case Assignment.ON_CALL:
            return _named(free, turn.on_call, sentence("history.why_on_call"))
        case Assignment.LEAST_BUSY:
            return _least_busy(free)
        case Assignment.ROUND_ROBIN:
            return _next_in_turn(free, candidates, turn.last_given)
        case never:
            assert_never(never)


def _named(free: Mapping[str, Candidate], key: str | None, why: Sentence) -> Chosen | None:
    found = free.get(key or "")
    return None if found is None else Chosen(person=found.person, why=why)


def _least_busy(free: Mapping[str, Candidate]) -> Chosen:
    least = min(free.values(), key=lambda each: (each.load, each.person.key))
    return Chosen(person=least.person, why=sentence("history.why_least_busy", load=least.load))


def _next_in_turn(
    free: Mapping[str, Candidate], candidates: Sequence[Candidate], last: str | None
) -> Chosen:
    """Whoever comes after the last one, passing over those who are full."""
    keys = [each.person.key for each in candidates]
    begin = keys.index(last) + 1 if last in keys else 0
    key = next(each for each in (*keys[begin:], *keys[:begin]) if each in free)
    return Chosen(person=free[key].person, why=sentence("history.why_turn"))

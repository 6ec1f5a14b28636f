"""What leads read of requests that nobody fits: which, and what still is in the way of giving them to somebody."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.assignment.choice import Obstacle
from bot.domain.assignment.workload import asked
from bot.domain.directory import Assignment, Person, Team
from bot.messages.outbound import Bold, Moment, RichText
from bot.services.context.membership import people_meant
from bot.services.context.view import View
from bot.services.tickets.assignment.choice import OF_ROTA, Staff, needs_of, order_for
from bot.services.tickets.assignment.unassigned import UnassignedRequest, unfitted_requests
from bot.text.amounts import listed, listed_texts
from bot.text.cldr import language_name
from bot.text.sentences import say

MOST_NAMED = 5
"""Agents whose reasons are told; the rest are counted."""


class UnfittedRequests:
    """A team's requests that nobody fits, as they are when this is shown."""

    def __init__(self, view: View, team: Team) -> None:
        self._view = view
        self._team = team
        self._staff = Staff(view, team)
        self.found = unfitted_requests(view, self._staff)

    def heading(self) -> RichText:
        """How many, and why."""
        return say(
            self._view.language,
            "team.nobody_fits",
            team=Bold(self._team.title),
            count=len(self.found),
            reasons=listed_texts(list(self._reasons()), self._view.language),
        )

    def _reasons(self) -> Iterator[RichText]:
        language, view = self._view.language, self._view
        obstacles = {each.choice for each in self.found}
        people = self._people()
        told = [line for line in map(self._of_agent, people) if line]
        yield from told[:MOST_NAMED]
        if len(told) > MOST_NAMED:
            yield say(language, "team.nobody_fits_more", count=len(told) - MOST_NAMED)
        if self._lacks_on_call():
            yield say(language, "team.nobody_fits_on_call")
        elif not people or (not told and Obstacle.NOBODY_SKILLED not in obstacles):
            yield say(language, "team.nobody_fits_nobody")
        if Obstacle.NOBODY_SKILLED in obstacles and (skills := self._unknown(self.found)):
            yield say(language, "team.nobody_fits_unskilled", skills=listed(skills, language))
        for each in self.found[:MOST_NAMED]:
            if each.released_by is not None and self._is_free(view.person(each.released_by)):
                name, reference = view.person(each.released_by).name, each.request.ticket.reference
                yield say(language, "team.nobody_fits_released", person=Bold(name), reference=reference)

    def _people(self) -> list[Person]:
        """The team's agents, those whom rules name for these requests, and who is on call."""
        orders = [order_for(self._view.desk, each.request.ticket) for each in self.found]
        named = {order.person for order in orders if order.person is not None}
        by_ways = [order.ways for order in orders if order.person is None]
        is_of_team = any(not OF_ROTA.issuperset(ways) for ways in by_ways)
        references = self._team.agents if is_of_team else frozenset[str]()
        people = people_meant(self._view.uow, {*references, *named})
        on_call = self._staff.on_call if any(Assignment.ON_CALL in ways for ways in by_ways) else None
        return people if on_call is None or on_call in people else [*people, on_call]

    def _lacks_on_call(self) -> bool:
        orders = (order_for(self._view.desk, each.request.ticket) for each in self.found)
        return self._staff.on_call is None and any(
            order.person is None and Assignment.ON_CALL in order.ways for order in orders
        )

    def _of_agent(self, person: Person) -> RichText:
        """Why they are given nothing; nothing for somebody who is there and has room."""
        until = self._away_until(person)
        if until is not None:
            return say(
                self._view.language, "team.nobody_fits_away", person=Bold(person.name), until=Moment(until)
            )
        candidate = self._staff.candidate(person)
        if candidate.capacity is None or candidate.has_room(max(self._weights)):
            return ()
        key = "team.nobody_fits_load" if candidate.is_weighed else "team.nobody_fits_full"
        return say(
            self._view.language,
            key,
            person=Bold(person.name),
            load=str(candidate.load),
            capacity=str(candidate.capacity),
        )

    @property
    def _weights(self) -> list[int]:
        return [self._team.workload.weight(each.request.ticket.priority) for each in self.found]

    def _away_until(self, person: Person) -> datetime | None:
        absence = self._staff.roster.absence_of(person, at=self._view.now)
        return absence.until if absence is not None else None

    def _is_free(self, person: Person) -> bool:
        return self._away_until(person) is None and self._staff.candidate(person).has_room(min(self._weights))

    def _unknown(self, found: Sequence[UnassignedRequest]) -> list[str]:
        """What these requests need that no agent who is free knows: languages by their names, categories, tags."""
        free = [each for each in self._staff.present if self._is_free(each)]
        words: dict[str, None] = {}
        for each in found:
            if each.choice is Obstacle.NOBODY_SKILLED:
                needed = asked(self._team.skills, needs_of(each.request.ticket))
                missing = [need for need in needed if not any(map(need.is_known_to, free))]
                for need in missing or needed:
                    name = language_name(need.what, self._view.language) if need.is_language else need.what
                    words[name] = None
        return list(words)

"""Asks other systems about people, beside everything else and after the request is in; ticked.

What is wanted is a row, so a restart forgets nothing; who claims a row asks, and the others leave it alone.
"""

import asyncio
import time
from datetime import timedelta
from functools import partial
from typing import Final

from bot.caches.lookup_health import LookupHealth
from bot.domain.directory import Person
from bot.domain.lookups.lookup import Lookup
from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.ports.lookups import (
    LookupClient,
    LookupFailed,
    LookupOutcome,
    NotAskable,
    PersonFound,
    PersonUnknown,
)
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.lookups.wanted_answers import keep_facts

AT_ONCE: Final = 8
"""Questions that are under way at a time, to all other systems together: memory and patience stay bounded."""
LONGEST_TICK_S: Final = 4.0
"""After this time a tick begins nothing more, so that the desk can stop. Monotonic time."""
CLAIM: Final = timedelta(minutes=1)
"""Whoever claims a question and dies leaves it to others after this time."""

_Claimed = tuple[LookupAnswer, Person | None]


class Lookups:
    def __init__(
        self, *, storage: Storage, contexts: ContextFactory, client: LookupClient, health: LookupHealth
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._client = client
        self._health = health

    async def tick(self) -> int:
        """Ask what is due, a few at a time; returns how many questions were taken up."""
        asked, until = 0, time.monotonic() + LONGEST_TICK_S
        while time.monotonic() < until:
            if not self._contexts.desk().lookups or not await self._storage.read(self._is_anything_due):
                break
            asked += await self._ask_some()
        return asked

    async def _ask_some(self) -> int:
        claimed = await self._storage.run(self._claim)
        asking = (self._look_up(answer, person) for answer, person in claimed)
        for failure in await asyncio.gather(*asking, return_exceptions=True):
            if failure is not None:
                raise failure
        return len(claimed)

    def _is_anything_due(self, uow: UnitOfWork) -> bool:
        due_at = uow.lookups.next_due_at()
        return due_at is not None and due_at <= self._contexts.clock.now()

    def _claim(self, uow: UnitOfWork) -> list[_Claimed]:
        """What nobody can answer any more, since the look-up or the person is gone, is forgotten."""
        context = self._contexts.context(uow)
        due = uow.lookups.claim(now=context.now, until=context.now + CLAIM, limit=AT_ONCE)
        people = uow.people.find_many({each.person for each in due})
        for each in due:
            if each.lookup not in context.desk.lookups or each.person not in people:
                uow.lookups.forget(each.person, each.lookup)
        return [(each, people.get(each.person)) for each in due]

    async def _look_up(self, answer: LookupAnswer, person: Person | None) -> None:
        lookup = self._contexts.desk().lookups.get(answer.lookup)
        if lookup is None or person is None:
            return
        outcome = await self._client.ask(lookup, person)
        self._health.note(lookup, outcome)
        await self._storage.run(partial(self._keep, before=answer, lookup=lookup, outcome=outcome))

    def _keep(self, uow: UnitOfWork, *, before: LookupAnswer, lookup: Lookup, outcome: LookupOutcome) -> None:
        context = self._contexts.context(uow)
        match outcome:
            case PersonFound(reading=reading):
                after = before.answered(lookup, reading.facts, now=context.now)
            case PersonUnknown():
                after = before.answered(lookup, {}, now=context.now)
            case NotAskable():
                after = before.unaskable()
            case LookupFailed():
                after = before.failed(now=context.now)
        keep_facts(context, before, after)

"""Surveys: requesters are asked how it went when that is due; ticked. Each is asked in a transaction of its own."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

import structlog

from bot.domain.ratings.survey import Survey
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.ratings.surveys import SurveyOutcome, ask

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class SurveyWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many were asked. Where no team asks for ratings nothing is read."""
        if not self._contexts.desk().asks_for_ratings:
            return 0
        came: Counter[SurveyOutcome | None] = Counter()
        for survey in await self._storage.read(self._due):
            came[await self._storage.run(partial(self._ask, found=survey))] += 1
        if came:
            log.info("surveys were due", sent=came[SurveyOutcome.SENT], given_up=came[SurveyOutcome.NEVER])
        return came[SurveyOutcome.SENT]

    def _due(self, uow: UnitOfWork) -> Sequence[Survey]:
        return uow.surveys.due(self._contexts.clock.now(), limit=MOST_AT_ONCE)

    def _ask(self, uow: UnitOfWork, *, found: Survey) -> SurveyOutcome | None:
        """None where another replica was faster."""
        context = self._contexts.context(uow)
        ticket = uow.tickets.lock(found.ticket)
        survey = uow.surveys.get(found.id)
        if survey is None or survey.due_at is None or survey.due_at > context.now:
            return None
        return ask(context, ticket, survey)

"""Snoozed tickets come back when their time is over; ticked. Each in a transaction of its own, its ticket locked."""

from functools import partial

import structlog

from bot.domain.errors import StorageUnavailable
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.snoozes import end_snooze_in_time

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class SnoozesWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many came back. Looking alone writes nothing."""
        now = self._contexts.clock.now()
        over = await self._storage.read(lambda uow: uow.tickets.snooze_over(now, limit=MOST_AT_ONCE))
        return sum([await self._try(each) for each in over])

    async def _try(self, ticket: int) -> bool:
        """One that fails holds up no other, and is tried again."""
        try:
            return await self._storage.run(partial(self._end, ticket=ticket))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a snoozed ticket could not come back", ticket=ticket)
            return False

    def _end(self, uow: UnitOfWork, *, ticket: int) -> bool:
        return end_snooze_in_time(self._contexts.context(uow), uow.tickets.lock(ticket))

"""Reminders are told when they are due in desk time; ticked. Each in a transaction of its own, its ticket locked."""

from functools import partial

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.reminders.reminder import Reminder
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.reminders.reminders import give_reminder

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class RemindersWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many were told or dropped. Looking alone writes nothing."""
        now = self._contexts.clock.now()
        due = await self._storage.read(lambda uow: uow.reminders.due(now, limit=MOST_AT_ONCE))
        return sum([await self._try(each) for each in due])

    async def _try(self, reminder: Reminder) -> bool:
        """One that fails holds up no other, and is tried again."""
        try:
            return await self._storage.run(partial(self._give, reminder=reminder))
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a reminder could not be told", reminder=reminder.id)
            return False

    def _give(self, uow: UnitOfWork, *, reminder: Reminder) -> bool:
        return give_reminder(self._contexts.context(uow), uow.tickets.lock(reminder.ticket), reminder.id)

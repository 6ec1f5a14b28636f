"""Who is writing on which ticket, by whatever replica that was noted, read for the forms of this one; ticked."""

from bot.domain.replies.writer import KEPT_FOR
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.replies.writers import known_writers


class WritersReader:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many are writing. Who is kept for too long is forgotten."""
        found = await self._storage.read(lambda uow: uow.writers.everybody())
        oldest_kept = self._contexts.clock.now() - KEPT_FOR
        if any(each.since < oldest_kept for each in found):
            await self._storage.run(lambda uow: uow.writers.forget_before(oldest_kept))
        return await self._storage.read(self._read) if found else self._nobody()

    def _read(self, uow: UnitOfWork) -> int:
        context = self._contexts.context(uow)
        shown = [each for each in uow.writers.everybody() if each.is_shown(context.now)]
        context.writers.replace(known_writers(context, shown))
        return len(shown)

    def _nobody(self) -> int:
        self._contexts.writers.replace(())
        return 0

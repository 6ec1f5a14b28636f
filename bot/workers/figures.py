"""Facts of tickets that were there before figures were, read from their logs in steps so short that nobody waits."""

import structlog

from bot.ports.storage.figures.figures import STEP
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.services.figures.facts import told_facts

log = structlog.get_logger(__name__)


class FiguresWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns in how many steps all that was left has been read."""
        if await self._storage.read(lambda uow: uow.figures.is_complete()):
            return 0
        steps = 1
        desk = self._contexts.desk()
        while await self._storage.run(
            lambda uow: uow.figures.read_more(lambda *of: told_facts(desk, *of), limit=STEP)
        ):
            steps += 1
        log.info("the figures are complete", steps=steps)
        return steps

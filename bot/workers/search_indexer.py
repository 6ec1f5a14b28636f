"""What was there before the search's index is read into it, in steps so short that nobody waits; ticked."""

import structlog

from bot.ports.storage.search import STEP
from bot.ports.unit_of_work import Storage

log = structlog.get_logger(__name__)


class SearchIndexer:
    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    async def tick(self) -> int:
        """Returns in how many steps all that was left has been indexed."""
        if await self._storage.read(lambda uow: uow.search.is_complete()):
            return 0
        steps = 1
        while await self._storage.run(lambda uow: uow.search.index_more(limit=STEP)):
            steps += 1
        log.info("the search index is complete", steps=steps)
        return steps

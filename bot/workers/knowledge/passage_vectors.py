"""Vectors of new and changed passages, and of all of them when the model is another, in short transactions; ticked.

A passage is found by its words from the commit on, and by its meaning from the next tick.
"""

import structlog

from bot.caches.passage_vectors import PassageVectors
from bot.ports.unit_of_work import Storage
from bot.services.knowledge.vectors import make_vectors

STEP = 200
"""Passages of one transaction: some hundredths of a second."""

log = structlog.get_logger(__name__)


class VectorWorker:
    def __init__(self, *, storage: Storage, meanings: PassageVectors) -> None:
        self._storage = storage
        self._meanings = meanings

    async def tick(self) -> int:
        """Returns of how many passages vectors were made; without a model the database is not asked."""
        meaning = self._meanings.meaning
        if meaning is None or not await self._storage.read(
            lambda uow: bool(uow.passages.without_vector(meaning.model, limit=1))
        ):
            return 0
        many, last = 0, STEP
        while last == STEP:
            last = await self._storage.run(lambda uow: make_vectors(uow, meaning, limit=STEP))
            many += last
        log.info("articles are found by what they mean", passages=many, model=meaning.model)
        return many

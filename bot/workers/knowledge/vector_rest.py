"""The memory of a model that nobody asks."""

from bot.caches.passage_vectors import PassageVectors


class VectorRest:
    """Lets go of the model and of the vectors in memory when nobody has asked between two ticks."""

    def __init__(self, *, meanings: PassageVectors) -> None:
        self._meanings = meanings

    async def tick(self) -> None:
        self._meanings.rest()

"""Keys of inbound events, by which a repeated one is known: forgotten when nothing repeats them any more."""

from datetime import timedelta

from bot.ports.clock import Clock
from bot.ports.unit_of_work import Storage

KEPT = timedelta(days=60)
"""How long the keys of inbound events are kept; no platform repeats an event after that long."""


class SeenEvents:
    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def tick(self) -> int:
        """Returns how many keys were forgotten."""
        before = self._clock.now() - KEPT
        return await self._storage.run(lambda uow: uow.inbound_events.forget_before(before))

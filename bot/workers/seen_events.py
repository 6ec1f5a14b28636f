"""Keys of inbound events, by which a repeated one is known: forgotten when nothing repeats them any more.

Some at a time, each time in a short transaction: a day's keys of a busy desk are many.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.ports.clock import Clock
from bot.ports.unit_of_work import Storage, UnitOfWork

AT_ONCE: Final = 500
KEPT: Final = timedelta(days=60)
"""How long the keys of inbound events are kept; no platform repeats an event after that long."""


class SeenEvents:
    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def tick(self) -> int:
        """Returns how many keys were forgotten."""
        forget = partial(_forget_some, before=self._clock.now() - KEPT)
        forgotten = 0
        while many := await self._storage.run(forget):
            forgotten += many
            if many < AT_ONCE:
                break
        return forgotten


def _forget_some(uow: UnitOfWork, *, before: datetime) -> int:
    return uow.inbound_events.forget_before(before, limit=AT_ONCE)

"""Who goes first where Discord makes requests wait: one at a time in each lane, the most urgent next.

discord.py waits for Discord's own limits (https://discord.com/developers/docs/topics/rate-limits) in the order of
arrival, however long. So few enter there, and whoever would wait long here is told to come again.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.kit.rate_limits import Busy, Urgency

PATIENCE_S = 5.0
URGENT_PATIENCE_S = 20.0
COME_AGAIN_S = 1.0
PER_SECOND = 45
"""Requests a second altogether; Discord's own limit for a bot is 50."""


@dataclass(slots=True)
class _Lane:
    is_taken: bool = False
    waiting: list[tuple[int, int, "asyncio.Future[None]"]] = field(default_factory=list)


class RateLimiter:
    """`scale`: real seconds for each second of Discord's; less than 1 where a test's Discord is fast."""

    def __init__(self, *, scale: float = 1.0) -> None:
        self._scale = scale
        self._lanes: dict[str, _Lane] = {}
        self._numbers = itertools.count()
        self._next_at = 0.0

    @asynccontextmanager
    async def enter(self, lane: str, urgency: Urgency) -> AsyncIterator[None]:
        """Raises Busy when others keep it from entering for long."""
        await self._take(lane, urgency)
        try:
            if urgency is not Urgency.NOW:
                await self._pace()
            yield
        finally:
            self._leave(lane)

    async def _take(self, name: str, urgency: Urgency) -> None:
        lane = self._lanes.setdefault(name, _Lane())
        if not lane.is_taken:
            lane.is_taken = True
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(lane.waiting, (int(urgency), next(self._numbers), turn))
        patience = URGENT_PATIENCE_S if urgency is Urgency.NOW else PATIENCE_S
        try:
            await asyncio.wait_for(asyncio.shield(turn), patience * self._scale)
        except TimeoutError:
            if not _withdrawn(turn):
                return
            raise Busy(COME_AGAIN_S * self._scale, platform="Discord") from None
        except asyncio.CancelledError:
            if not _withdrawn(turn):
                self._leave(name)
            raise

    def _leave(self, name: str) -> None:
        lane = self._lanes[name]
        while lane.waiting:
            _, _, turn = heapq.heappop(lane.waiting)
            if not turn.done():
                turn.set_result(None)
                return
        del self._lanes[name]

    async def _pace(self) -> None:
        """Requests of all lanes together go no faster than Discord takes them."""
        now = time.monotonic()
        self._next_at = max(self._next_at, now - self._scale / PER_SECOND) + self._scale / PER_SECOND
        if self._next_at > now:
            await asyncio.sleep(self._next_at - now)


def _withdrawn(turn: "asyncio.Future[None]") -> bool:
    """Whether it was still waiting; its turn may have come in the same instant."""
    return turn.cancel()

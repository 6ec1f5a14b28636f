"""An answer is shown while it is written: what was heard so far, at a pace that leaves platforms to others."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self

import structlog

from bot.domain.errors import StorageUnavailable

log = structlog.get_logger(__name__)

PAUSE_S: Final = 1.0
"""Between two looks at an answer, and at those of one process together. Monotonic time."""
SLOWER_AFTER: Final = 10
"""After so many looks at one answer the pause between them is doubled: Slack takes 50 changes a minute."""
MOST_DOUBLED: Final = 3

Show = Callable[[str], Awaitable[None]]


class Pace:
    """All answers of one process take turns."""

    def __init__(self, pause_s: float = PAUSE_S) -> None:
        self.pause_s = pause_s
        self._free_at = 0.0

    def turn_s(self) -> float:
        """The seconds until the next turn, which is the caller's."""
        now = time.monotonic()
        at = max(now, self._free_at)
        self._free_at = at + self.pause_s
        return at - now


class Growth:
    """Tell it what was heard with `hear`; within its block, `show` is called with that until the block ends.

    An answer that is there within a pause is not shown in part.
    """

    def __init__(self, pace: Pace, show: Show) -> None:
        self.heard = ""
        self._pace = pace
        self._show = show
        self._has_news = asyncio.Event()
        self._is_over = asyncio.Event()
        self._showing: asyncio.Task[None] | None = None

    def hear(self, text: str) -> None:
        self.heard = text
        self._has_news.set()

    async def __aenter__(self) -> Self:
        self._showing = asyncio.create_task(self._show_all())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """What is being shown is shown first: what comes after this block comes after it."""
        assert self._showing is not None
        self._is_over.set()
        self._has_news.set()
        if kind is not None and issubclass(kind, asyncio.CancelledError):
            self._showing.cancel()
        await asyncio.wait({self._showing})

    async def _show_all(self) -> None:
        looks = 0
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            doubled = 2 ** min(looks // SLOWER_AFTER, MOST_DOUBLED)
            if await self._is_over_within(self._pace.pause_s * doubled):
                return
            if await self._is_over_within(self._pace.turn_s()):
                return
            looks += 1
            try:
                await self._show(self.heard)
            except StorageUnavailable as error:
                log.debug("a part of an answer waits for the database", error=error.sentence)
            except Exception:
                log.exception("a part of an answer could not be shown")
                return

    async def _is_over_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._is_over.wait(), seconds)
        except TimeoutError:
            return False
        return True

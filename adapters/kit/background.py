"""Work that goes on beside what called for it, and is finished before the platform is closed."""

import asyncio
from collections.abc import Coroutine


class BackgroundTasks:
    """The event loop keeps no task alive by itself, so each is kept here until it is done."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Wait for all that is under way; what it raises is asyncio's to tell."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

"""What database threads found, on its way back to the event loop that waits: all that is there with one wake."""

import asyncio
import contextlib
from collections import deque
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Outcomes:
    """Of one loop. A group's outcomes come together; asyncio's own way wakes the loop for each."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: deque[tuple[Future[Any], asyncio.Future[Any]]] = deque()
        self._is_waking = False
        self._lock = Lock()

    async def of(self, future: "Future[T]") -> T:
        """What it results in, or raises. Who stops waiting takes it back where nobody has begun it."""
        waiter: asyncio.Future[T] = self.loop.create_future()
        future.add_done_callback(lambda done: self._arrive(done, waiter))
        try:
            return await waiter
        except asyncio.CancelledError:
            future.cancel()
            raise

    def _arrive(self, done: "Future[Any]", waiter: "asyncio.Future[Any]") -> None:
        """On any thread."""
        self._arrived.append((done, waiter))
        with self._lock:
            if self._is_waking:
                return
            self._is_waking = True
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        with self._lock:
            self._is_waking = False
        while self._arrived:
            done, waiter = self._arrived.popleft()
            if waiter.done():
                continue
            if done.cancelled():
                waiter.cancel()
            elif (error := done.exception()) is not None:
                waiter.set_exception(error)
            else:
                waiter.set_result(done.result())

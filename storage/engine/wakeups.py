"""From database threads back to the event loop: what waits hears its outcome, and delivery of a commit.

On the loop's thread, and many as one wake.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Wakeups:
    """Call it after a commit. Until an event loop is known, wakes are dropped: no loop waits yet."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_pending = False
        self._lock = Lock()

    def add(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def follow(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def __call__(self) -> None:
        with self._lock:
            if self._is_pending or self._loop is None or not self._listeners:
                return
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to wake
                self._loop.call_soon_threadsafe(self._wake)
                self._is_pending = True

    def _wake(self) -> None:
        with self._lock:
            self._is_pending = False
        for listener in self._listeners:
            listener()


class Hearings:
    """What other processes tell, call by call, on the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, str], None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, listener: Callable[[str, str], None]) -> None:
        self._listeners.append(listener)

    def follow(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def __call__(self, teller: str, text: str) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to hear
                self._loop.call_soon_threadsafe(self._hear, teller, text)

    def _hear(self, teller: str, text: str) -> None:
        for listener in self._listeners:
            listener(teller, text)


class Outcomes:
    """Of one loop. A group's outcomes come together; asyncio's own way wakes the loop for each."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: deque[tuple[Future[Any], asyncio.Future[Any]]] = deque()
        self._is_waking = False
        self._lock = Lock()

    def of(self, future: "Future[T]") -> "asyncio.Future[T]":
        """What it results in. Who stops waiting takes it back where nobody has begun it."""
        waiter: asyncio.Future[T] = self.loop.create_future()
        waiter.add_done_callback(lambda waited: future.cancel() if waited.cancelled() else None)
        future.add_done_callback(lambda done: self._arrive(done, waiter))
        return waiter

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

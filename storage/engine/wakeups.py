"""Waking the loops after a commit: from any thread, on the event loop's thread, many wakes as one."""

import asyncio
import contextlib
from collections.abc import Callable
from threading import Lock


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

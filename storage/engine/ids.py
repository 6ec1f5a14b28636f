"""Ids made by the desk, so that a row can be referred to before it is inserted.

63 bits: 41 of milliseconds since 2024, 14 that tell processes apart, 8 that count. They grow with time
within a process and roughly across processes.
"""

import secrets
import time
from collections.abc import Callable
from threading import Lock

EPOCH_MS = 1_704_067_200_000
"""2024-01-01T00:00:00Z."""
PROCESS_BITS = 14
COUNT_BITS = 8


def wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


class IdMaker:
    """Thread-safe. When a millisecond is used up, or the clock goes back, it counts on into the next one."""

    def __init__(self, *, process: int | None = None, now_ms: Callable[[], int] = wall_clock_ms) -> None:
        self._process = secrets.randbits(PROCESS_BITS) if process is None else process
        self._now_ms = now_ms
        self._lock = Lock()
        self._last = 0

    def __call__(self) -> int:
        with self._lock:
            tick = (self._now_ms() - EPOCH_MS) << COUNT_BITS
            self._last = max(self._last + 1, tick)
            ms, count = divmod(self._last, 1 << COUNT_BITS)
        return (ms << (PROCESS_BITS + COUNT_BITS)) | (self._process << COUNT_BITS) | count

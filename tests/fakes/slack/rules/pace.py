"""Slack's time in the server: rates, waits and lifetimes are in Slack's seconds, shrunk by one injected scale.

The wire keeps Slack's own seconds (`Retry-After: 1` is one second of Slack's time, whatever the scale), and
what Slack asks of the app's speed (3 s to acknowledge, 3 s to use a trigger) has a scale of its own: a small
machine does not become faster because a test's minutes are short.
"""

import asyncio
import time
from datetime import timedelta


class Pace:
    """`scale` and `deadline_scale` are real seconds per second of Slack's."""

    def __init__(self, *, scale: float = 1.0, deadline_scale: float = 1.0) -> None:
        self.scale = scale
        self._deadline_scale = deadline_scale
        self._started = time.monotonic()
        self._ahead = 0.0
        self._last_ts = 0

    def wall(self) -> float:
        """Epoch seconds as messages are stamped; runs with the machine's clock, plus what was moved."""
        return time.time() + self._ahead

    def move(self, by: timedelta) -> None:
        """Let so much of Slack's time pass: messages are stamped later, lifetimes end; who sleeps, sleeps on."""
        self._ahead += by.total_seconds()

    def ts(self) -> str:
        """The next message stamp: unique and rising, as Slack's are within a channel."""
        self._last_ts = max(self._last_ts + 1, int(self.wall() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def elapsed(self) -> float:
        """Slack's seconds since the server began."""
        return (time.monotonic() - self._started) / self.scale + self._ahead

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self.scale)

    def deadline(self, seconds: float) -> float:
        """How many real seconds the app is given where Slack gives it this many."""
        return seconds * self._deadline_scale

"""Discord's time in the server: rates, waits and lifetimes are in Discord's seconds, shrunk by one injected scale.

discord.py sleeps as long as it is told, so what goes over the wire (`retry_after`, `X-RateLimit-Reset-After`,
the heartbeat's interval) is already shrunk. What Discord asks of the app's speed (3 s to answer) has a scale of
its own: a small machine does not become faster because a test's minutes are short.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Pace:
    """`scale` and `deadline_scale` are real seconds per second of Discord's."""

    def __init__(self, *, scale: float = 1.0, deadline_scale: float = 1.0) -> None:
        self.scale = scale
        self._deadline_scale = deadline_scale
        self._started = time.monotonic()
        self._ahead = 0.0

    def wall(self) -> float:
        """Epoch seconds as messages are stamped; runs with the machine's clock, plus what was moved."""
        return time.time() + self._ahead

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.wall(), UTC)

    def move(self, by: timedelta) -> None:
        """Let so much of Discord's time pass: ids rise, links expire, threads archive; who sleeps, sleeps on."""
        self._ahead += by.total_seconds()

    def elapsed(self) -> float:
        """Discord's seconds since the server began."""
        return (time.monotonic() - self._started) / self.scale + self._ahead

    def real(self, seconds: float) -> float:
        """How many real seconds so many of Discord's are."""
        return seconds * self.scale

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self.scale)

    def deadline(self, seconds: float) -> float:
        """How many real seconds the app is given where Discord gives it this many."""
        return seconds * self._deadline_scale

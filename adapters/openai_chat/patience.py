"""How long an answer is waited for: for its next piece where it can be seen to grow, and altogether."""

import asyncio
import time
from datetime import timedelta
from typing import Final

LONGEST_S: Final = 300.0
"""An answer that grows may take so long, or as long as the time-out where that is longer."""
MOST_TIMES: Final = 5
"""And no longer than so many time-outs."""


class Patience:
    """`is_renewed`: each piece may take the time-out, and all of them together a multiple of it."""

    def __init__(self, timeout: timedelta, *, is_renewed: bool = False) -> None:
        self._each_s = timeout.total_seconds()
        self._all_s = (
            max(self._each_s, min(self._each_s * MOST_TIMES, LONGEST_S)) if is_renewed else self._each_s
        )
        self._began_at = self._renewed_at = time.monotonic()
        self._has_pieces = False
        self._timeout: asyncio.Timeout | None = None

    def ending(self) -> asyncio.Timeout:
        """Raises TimeoutError in its block once it is over."""
        self._timeout = asyncio.timeout(self._each_s)
        return self._timeout

    def renew(self) -> None:
        """A piece has come."""
        now = time.monotonic()
        self._has_pieces, self._renewed_at = True, now
        if self._timeout is not None and self._all_s > self._each_s:
            left_s = min(self._each_s, self._began_at + self._all_s - now)
            self._timeout.reschedule(asyncio.get_running_loop().time() + left_s)

    @property
    def is_stalled(self) -> bool:
        """Whether it had begun, and then nothing more came."""
        return self._has_pieces and time.monotonic() - self._renewed_at >= self._each_s

    @property
    def waited_s(self) -> float:
        """The time that was over."""
        return self._all_s if self._has_pieces and not self.is_stalled else self._each_s

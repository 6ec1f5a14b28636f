"""What the desk needs and cannot have for a while: one line in the log when that begins, and one when it ends.

Whoever asks for it says how each attempt went; what failed in between is told at DEBUG alone. `StorageWatch` does so
for everything that goes through a database's door, so its callers need not tell of it.
"""

import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.domain.errors import StorageUnavailable
from bot.domain.sentence import Sentence

T = TypeVar("T")

WRITTEN_EVERY_S = 5.0
"""How often a database is written to only to see whether it can be, at most. Monotonic time."""

log = structlog.get_logger(__name__)


class Outage:
    """Of one thing, such as "the database"; `failed` and `worked` may be called as often as you like."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._told: set[str] = set()
        self._attempts = 0
        self._began_at = 0.0
        self.cause: Sentence | None = None
        """What the last attempt failed of, as a sentence; None while there is no outage."""

    def failed(self, cause: Sentence, *, error: Exception | None = None) -> None:
        """An attempt failed. Each cause of an outage is told once; `error` is shown with it where it is not ours."""
        self._attempts += 1
        if self.cause is None:
            self._began_at = time.monotonic()
        self.cause = cause
        if str(cause) in self._told:
            log.debug("an outage goes on", of=self._what, cause=cause, failed_attempts=self._attempts)
            return
        self._told.add(str(cause))
        log.error("an outage has begun", of=self._what, cause=cause, exc_info=error)

    def worked(self) -> None:
        """An attempt succeeded."""
        if self.cause is None:
            return
        lasted_s = time.monotonic() - self._began_at
        lasted = f"{lasted_s:.0f} s" if lasted_s >= 1 else "less than 1 s"
        log.warning("an outage has ended", of=self._what, after=lasted, failed_attempts=self._attempts)
        self._told.clear()
        self._attempts, self.cause = 0, None


class StorageWatch:
    """The outages of one database. `write` commits something that changes nothing, or raises StorageUnavailable."""

    def __init__(self, what: str, *, write: Callable[[], Awaitable[None]]) -> None:
        self._outage = Outage(what)
        self._write = write
        self._written_at: float | None = None
        self._is_writing = False

    async def __call__(self, asking: Awaitable[T]) -> T:
        """What `asking` the database brings. An outage has ended once something was written, too."""
        try:
            answer = await asking
        except StorageUnavailable as error:
            self._outage.failed(error.sentence)
            raise
        # On a full disk all goes well that writes nothing.
        if self._outage.cause is not None and not self._is_writing:
            with contextlib.suppress(StorageUnavailable):
                await self._try_to_write()
        return answer

    async def must_be_writable(self) -> None:
        """Raises StorageUnavailable. Tried at most every WRITTEN_EVERY_S; in between, the last outcome counts."""
        last = self._written_at
        if not self._is_writing and (last is None or time.monotonic() - last >= WRITTEN_EVERY_S):
            await self._try_to_write()
        elif self._outage.cause is not None:
            raise StorageUnavailable(self._outage.cause)

    async def _try_to_write(self) -> None:
        self._written_at, self._is_writing = time.monotonic(), True
        try:
            await self._write()
        except StorageUnavailable as error:
            self._outage.failed(error.sentence)
            raise
        finally:
            self._is_writing = False
        self._outage.worked()

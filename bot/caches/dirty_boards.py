"""Channels whose board may show something else since a transaction that was committed.

Kept in memory: a board is looked at every few minutes anyway, so what is forgotten here costs nothing but freshness
until then. So a change of a ticket costs no statement, and no two transactions wait for one another's boards.
"""

from collections.abc import Iterable
from threading import Lock

from bot.domain.directory import ChannelRef


class DirtyBoards:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._channels: set[ChannelRef] = set()

    def note(self, channels: Iterable[ChannelRef]) -> None:
        with self._lock:
            self._channels.update(channels)

    def take(self) -> frozenset[ChannelRef]:
        """Those noted since this was asked last."""
        with self._lock:
            taken = frozenset(self._channels)
            self._channels.clear()
        return taken

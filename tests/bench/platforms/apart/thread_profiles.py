"""Where a process spends its processor time, in all its threads: cProfile by the clock of each thread.

What waits costs nothing by that clock, so that a busy machine changes little.
"""

import cProfile
import pstats
import sys
import threading
import time
from pathlib import Path


class _Profile(cProfile.Profile):
    """Read while its thread goes on: what that is in the middle of is not counted."""

    def create_stats(self) -> None:
        self.snapshot_stats()


class ThreadProfiles:
    """Threads that are there already are asked at their next call, new ones as they begin."""

    def __init__(self) -> None:
        self._profiles: list[_Profile] = []
        self._is_on = False
        threading.setprofile(self._begin_here)

    def _begin_here(self, *_event: object) -> None:
        if self._is_on:
            sys.setprofile(None)
            self._start()

    async def begin(self) -> None:
        self._is_on = True
        self._start()

    async def end(self, *, file: str) -> None:
        self._is_on = False
        pstats.Stats(*self._profiles).dump_stats(Path(file))

    def _start(self) -> None:
        profile = _Profile(timer=time.thread_time)
        self._profiles.append(profile)
        profile.enable()

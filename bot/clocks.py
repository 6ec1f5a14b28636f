"""Desk clocks: the real one, and one that can be put forward and remembers it over a restart."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The time it is."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """Real time plus a shift kept in `path`. Desk time never goes back, so no timer fires twice."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shift = _read_shift(path)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def forward(self, by: timedelta) -> datetime:
        """Put the clock forward; raises ValueError for a negative or longer than yearly step."""
        self.set_shift(self._checked(by))
        return self.now()

    @contextmanager
    def going_forward(self, by: timedelta) -> Iterator[Callable[[timedelta], datetime]]:
        """The way there in steps. A restart on the way is at its end, so each step need not be written down.

        Gives what takes a step and answers the time it led to.
        """
        begun, self._shift = self._shift, self._checked(by)
        self._write()
        self._shift = begun

        def step(step_by: timedelta) -> datetime:
            self._shift = self._checked(step_by)
            return self.now()

        try:
            yield step
        finally:
            self._write()

    def set_shift(self, shift: timedelta) -> None:
        """Set the distance from real time; for a desk that has no history yet."""
        self._shift = shift
        self._write()

    def _checked(self, by: timedelta) -> timedelta:
        if not timedelta() <= by <= timedelta(days=366):
            raise ValueError("the clock can be put forward by up to a year, and never back")
        return self._shift + by

    def _write(self) -> None:
        self._path.write_text(json.dumps({"shift_s": self._shift.total_seconds()}), encoding="utf-8")


def _read_shift(path: Path) -> timedelta:
    try:
        return timedelta(seconds=float(json.loads(path.read_text(encoding="utf-8"))["shift_s"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return timedelta()

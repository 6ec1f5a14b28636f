"""Desk clocks: the real one, and one that can be put forward and remembers it over a restart."""

import json
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
        if not timedelta() <= by <= timedelta(days=366):
            raise ValueError("the clock can be put forward by up to a year, and never back")
        self.set_shift(self._shift + by)
        return self.now()

    def set_shift(self, shift: timedelta) -> None:
        """Set the distance from real time; for a desk that has no history yet."""
        self._shift = shift
        self._path.write_text(json.dumps({"shift_s": shift.total_seconds()}), encoding="utf-8")


def _read_shift(path: Path) -> timedelta:
    try:
        return timedelta(seconds=float(json.loads(path.read_text(encoding="utf-8"))["shift_s"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return timedelta()

"""Business hours: when a team is at work, in its own time zone, with holidays and lunch breaks.

All arithmetic is on instants (aware, UTC in and out); only the weekly plan is in local time, so a day
on which the clock is put forward or back is as long as it really is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

Span = tuple[int, int]
"""Opening and closing minute of a local day, 0 … 1440, the closing one excluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """`week` maps weekday (Monday 0) to spans in order; `special` overrides it on single dates (empty: closed)."""

    name: str
    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def is_open(self, at: datetime) -> bool: ...

    def next_open(self, at: datetime) -> datetime | None:
        """`at` itself when open, else the next opening; None when there is none within 366 days."""

    def add(self, start: datetime, business: timedelta) -> datetime:
        """The instant at which `business` open time has passed since `start`."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Open time from `start` to `end`; zero when `end` is not later."""

    def to_json(self) -> dict[str, Any]: ...

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self: ...

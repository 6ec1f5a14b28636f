"""A timer that runs for one agent on one ticket, and until when it counts where nobody stops it.

Whoever starts one and goes home is not at work all night: at the end of the team's day, or after its longest time,
the timer is stopped and counts up to there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.calendars.calendar import Calendar
from bot.domain.worked_time.time_entry import LONGEST, SHORTEST

USUAL_LONGEST: Final = timedelta(hours=8)
"""A timer's longest time where its team says nothing else."""
LEEWAY: Final = timedelta(hours=1)
"""So long after the end of the team's day somebody may still be at work."""
_BREAK: Final = timedelta(hours=4)
"""What is shorter is a break within the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopwatch:
    """`agent` is a person's key. Nobody stopping it, it ends at `ends_at` and counts up to `counts_until`."""

    id: int
    agent: str
    ticket: int
    started_at: datetime
    counts_until: datetime
    ends_at: datetime

    def is_forgotten(self, now: datetime) -> bool:
        return now >= self.ends_at

    def counted(self, now: datetime) -> timedelta:
        """In whole minutes, at least one, however the clock was moved meanwhile."""
        until = self.counts_until if self.is_forgotten(now) else now
        minutes = round((until - self.started_at) / SHORTEST)
        return min(max(minutes * SHORTEST, SHORTEST), LONGEST)


def ends_of(calendar: Calendar, *, started_at: datetime, longest: timedelta) -> tuple[datetime, datetime]:
    """Up to when a timer counts that nobody stops, and when it ends: `counts_until` and `ends_at`.

    Whoever starts outside the team's hours works outside them.
    """
    limit = started_at + longest
    if calendar.never_closes or not calendar.is_open(started_at):
        return limit, limit
    closes = started_at
    for opens, ends in calendar.open_spans(started_at, limit):
        if opens - closes >= _BREAK:
            break
        closes = ends
    return (limit, limit) if closes >= limit else (closes, min(closes + LEEWAY, limit))

"""Where the time went from a request to its end: with the requester, with a third party, with the team, or nowhere.

Nowhere means outside the team's hours while it was the team's turn: nobody could have done anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.domain.calendars.calendar import Calendar
from bot.domain.tickets.ticket import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSpan:
    """From `begins` to `ends` the ticket was in this status, and with a team of these hours."""

    begins: datetime
    ends: datetime
    status: Status
    hours: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent:
    """Lengths of time as it passes; together they are all of it."""

    requester: timedelta = timedelta()
    third_party: timedelta = timedelta()
    team: timedelta = timedelta()
    off_hours: timedelta = timedelta()

    @property
    def total(self) -> timedelta:
        return self.requester + self.third_party + self.team + self.off_hours

    def __add__(self, other: Self) -> "TimeSpent":
        return TimeSpent(
            requester=self.requester + other.requester,
            third_party=self.third_party + other.third_party,
            team=self.team + other.team,
            off_hours=self.off_hours + other.off_hours,
        )


def time_spent(turns: Iterable[StatusSpan]) -> TimeSpent:
    """Resolved and closed are nobody's turn, so time between a resolution and a reopening counts nowhere."""
    spent = TimeSpent()
    for turn in turns:
        spent += _in(turn)
    return spent


def _in(turn: StatusSpan) -> TimeSpent:
    length = max(turn.ends - turn.begins, timedelta())
    match turn.status:
        case Status.PENDING:
            return TimeSpent(requester=length)
        case Status.ON_HOLD:
            return TimeSpent(third_party=length)
        case Status.RESOLVED | Status.CLOSED:
            return TimeSpent()
        case Status.NEW | Status.OPEN:
            staffed = turn.hours.between(turn.begins, turn.ends)
            return TimeSpent(team=staffed, off_hours=length - staffed)

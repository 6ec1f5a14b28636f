"""Time that agents logged on tickets. Figures count an entry for the team that had its ticket then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.storage.reports import ReportQuery


class TimeDimension(StrEnum):
    """What figures of worked time tell entries apart by: the team, the agent's key, or the ticket's category now."""

    TEAM = "team"
    AGENT = "agent"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedTime:
    """A sum: how long, in how many entries, on how many tickets."""

    length: timedelta
    entries: int
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEntry:
    """An entry and its ticket, as figures list them."""

    entry: TimeEntry
    reference: str
    category: str


class TimeEntries(Protocol):
    """An entry's ticket is locked by whoever adds, changes or removes it. What was removed is in no answer."""

    def add(self, entry: TimeEntry) -> None: ...

    def find(self, entry_id: int) -> TimeEntry | None: ...

    def save(self, entry: TimeEntry) -> None:
        """Its day, length and words."""
        ...

    def remove(self, entry_id: int) -> None: ...

    def of_ticket(self, ticket: int) -> Sequence[TimeEntry]:
        """By day, and within it in the order in which they were added."""
        ...

    def total_of(self, ticket: int) -> timedelta: ...

    def worked(self, asked: ReportQuery) -> WorkedTime:
        """The sum of all entries for the days of the period, of these teams."""
        ...

    def worked_by(self, asked: ReportQuery, *, by: TimeDimension) -> Mapping[str, WorkedTime]:
        """The same by value, empty for tickets without a category; what nothing was logged for is left out."""
        ...

    def reported(self, asked: ReportQuery, *, limit: int) -> Sequence[ReportedEntry]:
        """Single entries, the newest day first."""
        ...

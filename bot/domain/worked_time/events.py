"""What happens to logged time, beside the other events of a ticket. Its words are read on the team's side alone."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event
from bot.domain.worked_time.time_entry import TimeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLogged(Event):
    """Somebody worked on the ticket: `agent` is their key, `source` a `TimeSource`; `day` is in ISO 8601."""

    stored_as: ClassVar[str] = "TimeLogged"
    entry: int
    agent: str
    minutes: int
    day: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntryChanged(Event):
    """What was logged was corrected; what it said before is kept too."""

    stored_as: ClassVar[str] = "TimeEntryChanged"
    entry: int
    agent: str
    minutes: int
    day: str
    text: str
    minutes_before: int
    day_before: str
    text_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntryRemoved(Event):
    """What was logged counts no more; this is what it said."""

    stored_as: ClassVar[str] = "TimeEntryRemoved"
    entry: int
    agent: str
    minutes: int
    day: str
    text: str


def minutes_of(entry: TimeEntry) -> int:
    return int(entry.length.total_seconds()) // 60

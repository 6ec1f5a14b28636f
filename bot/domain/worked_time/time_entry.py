"""Time that an agent worked on a ticket on one day. Its words are the team's: the requester never reads them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.errors import Refused

LONGEST: Final = timedelta(hours=24)
"""Of one entry: a day has no more."""
SHORTEST: Final = timedelta(minutes=1)
LONGEST_TEXT: Final = 500
"""Characters: all entries of a ticket are read in one message."""
OLDEST: Final = timedelta(days=366)
"""So far back time can be logged."""


class TimeSource(StrEnum):
    """How an entry came to be: typed, by a timer that its agent stopped, or by one that was forgotten."""

    TYPED = "typed"
    TIMER = "timer"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """`agent` is a person's key, `day` one of their calendar; `team` had the ticket then. Whole minutes."""

    id: int
    ticket: int
    team: str
    agent: str
    day: date
    length: timedelta
    text: str = ""
    added_at: datetime


def check_entry(length: timedelta, day: date, text: str, *, today: date) -> None:
    """Raises Refused for what cannot have been worked, and for too many words."""
    if length < timedelta():
        raise Refused("time.negative")
    if length < SHORTEST:
        raise Refused("time.zero")
    if length > LONGEST:
        raise Refused("time.too_long", limit=int(LONGEST / timedelta(hours=1)))
    if day > today:
        raise Refused("time.future")
    if today - day > OLDEST:
        raise Refused("time.too_old")
    if len(text) > LONGEST_TEXT:
        raise Refused("time.text_too_long", number=len(text), limit=LONGEST_TEXT)

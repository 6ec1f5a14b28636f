"""What happened to a reminder, as the history of its ticket tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSet(Event):
    """`person` is to be reminded of the ticket at `due_at`; `is_moved`: a reminder has this time instead."""

    stored_as: ClassVar[str] = "ReminderSet"
    person: str
    due_at: datetime
    is_moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTold(Event):
    stored_as: ClassVar[str] = "ReminderTold"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderEnded(Event):
    """It was done, or cancelled before it was told."""

    stored_as: ClassVar[str] = "ReminderEnded"
    person: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSnoozed(Event):
    """It left the lists until then, or until its requester writes; its clocks go on. `reason` is the team's."""

    stored_as: ClassVar[str] = "TicketSnoozed"
    until: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeEnded(Event):
    """It is back: its time is over where the actor is the desk, else because the actor wrote or said so.

    `by` is the key of who had snoozed it, until `until`.
    """

    stored_as: ClassVar[str] = "SnoozeEnded"
    by: str
    until: datetime

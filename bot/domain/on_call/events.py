"""What a lead did about the absence of somebody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecorded(Event):
    """A lead said when somebody of their team is away; what people say of themselves is nobody's business."""

    stored_as: ClassVar[str] = "AbsenceRecorded"
    person: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEnded(Event):
    """A lead said that somebody of their team is there again."""

    stored_as: ClassVar[str] = "AbsenceEnded"
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCancelled(Event):
    """A lead said that somebody of their team will be there after all."""

    stored_as: ClassVar[str] = "AbsenceCancelled"
    person: str
    since: datetime
    until: datetime

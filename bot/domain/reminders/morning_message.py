"""The message with which an agent's working day begins, if they want one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningMessage:
    """`minute` is that of the day in their own zone; None for when their team's business hours begin.

    `told` is the last day that it was told on or that it began with, so that no day has it twice.
    """

    person: str
    minute: int | None = None
    told: date | None = None

"""The team that a ticket is escalated to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevel:
    """`team` is its name; `requires_tried`: whoever escalates has to say what was tried."""

    team: str
    requires_tried: bool = False

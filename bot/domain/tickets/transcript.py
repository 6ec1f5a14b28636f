"""Transcripts: for whose eyes one is made, and to whom the desk sends them when a ticket is closed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.directory import ChannelRef


class Readers(StrEnum):
    """Who reads it: the requester, whose transcript never holds a note, or the staff, who get everything."""

    REQUESTER = "requester"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcripts:
    """Who gets one by themselves. `channel` gets the staff's, private requests and notes included."""

    to_requester: bool = False
    to_team: bool = False
    channel: ChannelRef | None = None

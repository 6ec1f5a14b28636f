"""Who may read a ticket: all who may see its place, or, once it is private, its requester and its team alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain import events as happened
from bot.domain.errors import AlreadySo
from bot.domain.events import Event
from bot.domain.tickets.duplicate import Duplicate


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMadePrivate(Event):
    """It was asked where others read, and goes on between its requester and its team."""

    stored_as: ClassVar[str] = "TicketMadePrivate"


@dataclass(slots=True, kw_only=True)
class Privacy(Duplicate):
    """What a ticket holds of it."""

    is_private: bool = False

    def make_private(self, *, actor: str, at: datetime) -> list[happened.Event]:
        """Keep it from others from now on. Raises AlreadySo, and Refused for one that is finished."""
        if self.is_private:
            raise AlreadySo("refusals.already_private", reference=self.reference)
        self._must_be_workable()
        self.is_private = True
        return [TicketMadePrivate(actor=actor, at=at)]

"""What an operator did about messages that could not be delivered."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRetried(Event):
    """It is sent once more. `number` is the message's."""

    stored_as: ClassVar[str] = "DeliveryRetried"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDropped(Event):
    """It is never sent."""

    stored_as: ClassVar[str] = "DeliveryDropped"
    number: int

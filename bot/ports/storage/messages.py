"""What was said on tickets, with every revision."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import PublicMessage, TicketMessage
from bot.domain.tickets.ticket import Ticket


class Messages(Protocol):
    def add(self, message: TicketMessage) -> None:
        """Insert, with its first revision in the history."""
        ...

    def find(self, channel: ChannelRef, platform_id: str) -> TicketMessage | None:
        """By the platform's id in the channel it was said in."""
        ...

    def get(self, message_id: int) -> TicketMessage: ...

    def revise(self, message: TicketMessage, *, at: datetime) -> None:
        """Write an edited or deleted message back; the older text stays in the history."""
        ...

    def move(self, message: TicketMessage) -> None:
        """Write back which ticket and conversation a message belongs to; its history goes with it."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[TicketMessage]:
        """In the order they were said, notes included: for the team's side alone."""
        ...

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[TicketMessage]]:
        """The same of each of these tickets; a ticket without a message has none."""
        ...

    def opening_of(self, ticket: Ticket) -> PublicMessage:
        """The message that asked for the ticket. Raises LookupError where it has none."""
        ...

    def said_in_public(self, ticket_id: int) -> Sequence[PublicMessage]:
        """What the requester's side may read, in the order it was said."""
        ...

    def first_words(self, ids: Iterable[int]) -> Mapping[int, str]:
        """What each of these tickets was opened with, before any edit; tickets without a message are left out."""
        ...

    def history(self, message_id: int) -> Sequence[tuple[int, str, datetime]]:
        """Every revision of a message: (revision, text, when), oldest first."""
        ...

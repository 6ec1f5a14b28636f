"""Where tickets are talked about."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation


class Conversations(Protocol):
    def add(self, *conversations: Conversation) -> None: ...

    def find(self, channel: ChannelRef, root: str) -> Conversation | None:
        """The conversation whose thread starts with this message."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Conversation]:
        """Oldest first, retired ones included."""
        ...

    def read_ahead(self, tickets: Iterable[int]) -> None:
        """Read those of these tickets, which are locked, in one statement: `of_ticket` answers from it afterwards."""
        ...

    def unfinished_in(self, channel: ChannelRef, *, requester: str) -> Sequence[Conversation]:
        """The requester's of their tickets there that are worked on, newest first, then of those that are resolved.

        Neither a closed ticket's nor a retired one; at most ten.
        """
        ...

    def get(self, conversation_id: int) -> Conversation: ...

    def save(self, conversation: Conversation) -> None: ...

    def of_channel(self, channel: ChannelRef) -> Conversation:
        """The channel-wide conversation (`Side.CHANNEL`) for pings and other posts of no one ticket; made if new."""
        ...

"""Tickets that are not closed, however many, and where they are talked about on one platform.

Those that changed last come first, as they were when the reading began: what changes while it goes on keeps its
turn.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork

AT_ONCE = 50
"""Tickets in one transaction, so that nobody waits long for theirs."""
UNFINISHED = frozenset(Status) - {Status.CLOSED}


class UnfinishedTickets:
    """The requester may have written on a resolved one, so that is one of them."""

    def __init__(self, storage: Storage, *, platform: str) -> None:
        self._storage = storage
        self._platform = platform

    async def ids(self, *, newest: int | None = None) -> Sequence[int]:
        wanted = TicketFilter(statuses=UNFINISHED)
        return await self._storage.read(lambda uow: uow.tickets.last_changed(wanted, limit=newest))

    async def all(self, *, newest: int | None = None) -> AsyncIterator[Ticket]:
        for some in in_groups(await self.ids(newest=newest)):
            found = await self._storage.read(partial(_tickets, ids=some))
            for ticket in (found[each] for each in some if each in found):
                yield ticket

    async def find(self, ticket_id: int) -> Ticket | None:
        return (await self._storage.read(partial(_tickets, ids=[ticket_id]))).get(ticket_id)

    async def conversations(self) -> list[Conversation]:
        found: list[Conversation] = []
        for some in in_groups(await self.ids()):
            found += await self._storage.read(partial(self._conversations_of, tickets=some))
        return found

    async def direct_channels(self) -> list[ChannelRef]:
        """Those of tickets alone: a platform may mind when a desk opens everybody's direct messages."""
        return list(
            dict.fromkeys(each.channel for each in await self.conversations() if each.channel.is_direct)
        )

    def _conversations_of(self, uow: UnitOfWork, *, tickets: Sequence[int]) -> list[Conversation]:
        return [
            each
            for ticket in tickets
            for each in uow.conversations.of_ticket(ticket)
            if each.channel.platform == self._platform
        ]


def in_groups(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _tickets(uow: UnitOfWork, *, ids: Sequence[int]) -> Mapping[int, Ticket]:
    return uow.tickets.get_many(ids)

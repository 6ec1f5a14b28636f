"""New tickets are compared with earlier ones after they are open, so that nobody waits for it; ticked.

The newest requests are kept in memory by their words once there is something to compare. Each ticket is compared
once, by whichever replica keeps it first; its card then says what was found, and its requester may be asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.domain.demand.request_index import RequestIndex
from bot.domain.demand.similar import LOOKED_BACK, ComparedTicket
from bot.ports.storage.demand import AskedRequest
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.demand.request_texts import request_text
from bot.services.demand.similar_requests import compare, request_to_offer
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.merges.questions import ask_whether_same

log = structlog.get_logger(__name__)

MOST_IN_MEMORY: Final = 10_000
"""Requests: some 15 MB."""
PAGE: Final = 250
"""Requests that are read at once."""
MOST_AT_ONCE: Final = 20
LATE: Final = timedelta(minutes=10)
"""How much older than what was seen last a ticket may be that has just been committed."""
FIRST: Final = timedelta(hours=1)
"""How old the tickets may be that a start finds not compared."""


class SimilarRequestsWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts
        self._index = RequestIndex(most=MOST_IN_MEMORY)
        self._is_filled = False
        self._seen_at: datetime | None = None
        """Desk time up to which everything was looked at."""

    async def tick(self) -> int:
        """Returns how many were compared."""
        if not self._contexts.desk().similar.is_used:
            return 0
        now = self._contexts.clock.now()
        since = min(now, self._seen_at or now) - (LATE if self._seen_at else FIRST)
        waiting = await self._storage.read(
            lambda uow: uow.similar_requests.to_compare(since=since, limit=MOST_AT_ONCE)
        )
        if waiting:
            await self._learn(since)
        for ticket in waiting:
            await self._compare(ticket)
        if len(waiting) < MOST_AT_ONCE:
            self._seen_at = now
        return len(waiting)

    async def _learn(self, since: datetime) -> None:
        """What came since then; with the first time all that is compared at all, the newest first."""
        first = self._contexts.clock.now() - LOOKED_BACK
        before: tuple[datetime, int] | None = None
        while page := await self._page(first if not self._is_filled else since, before):
            for each in page:
                self._index.add(request_text(each))
            before = (page[-1].opened_at, page[-1].id)
            if len(page) < PAGE or (not self._is_filled and len(self._index) >= MOST_IN_MEMORY):
                break
        self._is_filled = True

    async def _page(self, since: datetime, before: tuple[datetime, int] | None) -> Sequence[AskedRequest]:
        return await self._storage.read(
            lambda uow: uow.similar_requests.words(since=since, before=before, limit=PAGE)
        )

    async def _compare(self, ticket: int) -> None:
        comparison = await self._storage.read(lambda uow: self._compared(uow, ticket))
        await self._storage.run(lambda uow: self._keep(uow, comparison))

    def _compared(self, uow: UnitOfWork, ticket: int) -> ComparedTicket:
        context = self._contexts.context(uow)
        return compare(context, self._index, uow.tickets.get(ticket), policy=context.desk.similar)

    def _keep(self, uow: UnitOfWork, comparison: ComparedTicket) -> None:
        """Nothing where another replica was faster."""
        context = self._contexts.context(uow)
        ticket = uow.tickets.lock(comparison.ticket)
        if not uow.similar_requests.add(comparison, now=context.now) or not comparison.found:
            return
        policy = context.desk.similar
        if policy.shows_team:
            Audience(context, ticket, uow.conversations.of_ticket(ticket.id)).show_card()
        offered = request_to_offer(context, ticket, comparison, policy=policy) if policy.requester else None
        if offered is not None:
            ask_whether_same(context, ticket, offered)

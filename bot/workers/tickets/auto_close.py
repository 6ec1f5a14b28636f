"""Resolved tickets close by themselves after their team's days; ticked."""

from functools import partial

import structlog

from bot.domain.tickets.ticket import Status
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets import actions

log = structlog.get_logger(__name__)

BATCH = 100


class AutoClose:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Close what has been resolved long enough; returns how many."""
        closed = 0
        for team in self._contexts.desk().teams:
            while count := await self._storage.run(partial(self._close_batch, name=team)):
                closed += count
        if closed:
            log.info("resolved tickets were closed", tickets=closed)
        return closed

    def _close_batch(self, uow: UnitOfWork, *, name: str) -> int:
        context = self._contexts.context(uow)
        team = context.desk.teams.get(name)
        if team is None:
            return 0
        due = TicketFilter(
            teams=frozenset({name}),
            statuses=frozenset({Status.RESOLVED}),
            resolved_before=context.now - team.closes_after,
        )
        found = uow.tickets.search(due, limit=BATCH)
        for each in found:
            ticket = uow.tickets.lock(each.id)
            # Somebody may have reopened it between the search and the lock.
            if ticket.status is Status.RESOLVED:
                actions.close_ticket(context, ticket)
        return len(found)

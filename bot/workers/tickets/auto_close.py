"""Resolved tickets close by themselves after their team's days; ticked.

A few in each transaction: whoever waits for the database's only writer waits for no more than these.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import structlog

from bot.domain.directory import kept_as
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.tickets import actions

log = structlog.get_logger(__name__)

MOST_AT_ONCE: Final = 100
BATCH: Final = 5


class AutoClose:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Close what has been resolved long enough; returns how many. Looking alone writes nothing."""
        closed = 0
        for team in kept_as(self._contexts.desk().teams.values()):
            while due := await self._storage.read(partial(self._due, name=team)):
                for start in range(0, len(due), BATCH):
                    some = due[start : start + BATCH]
                    closed += await self._storage.run(partial(self._close, ids=some))
        if closed:
            log.info("resolved tickets were closed", tickets=closed)
        return closed

    def _due(self, uow: UnitOfWork, *, name: str) -> Sequence[int]:
        context = self._contexts.context(uow)
        if name not in kept_as(context.desk.teams.values()):
            return ()
        team = context.desk.teams[context.desk.answering(name, None)]
        return uow.tickets.long_resolved(name, before=context.now - team.closes_after, limit=MOST_AT_ONCE)

    def _close(self, uow: UnitOfWork, *, ids: Sequence[int]) -> int:
        context = self._contexts.context(uow)
        closed = 0
        for each in sorted(ids):
            ticket = uow.tickets.lock(each)
            # Somebody may have reopened it, or moved or resolved it anew, since it was found.
            if ticket.status is Status.RESOLVED and _is_due(context, ticket):
                actions.close_ticket(context, ticket)
                closed += 1
        return closed


def _is_due(context: Context, ticket: Ticket) -> bool:
    closes_after = context.team_of(ticket).closes_after
    return ticket.resolved_at is not None and ticket.resolved_at < context.now - closes_after

"""Resolved tickets close by themselves after their team's days; ticked."""

from collections.abc import Callable

import structlog

from bot.domain.desk import Desk
from bot.domain.directory import DESK, Person
from bot.domain.ticket import Status
from bot.ports.clock import Clock
from bot.ports.unit_of_work import Storage, TicketFilter, UnitOfWork
from bot.services import ticketing
from bot.services.work import Work

log = structlog.get_logger(__name__)

BATCH = 100


class Closing:
    def __init__(self, *, storage: Storage, desk: Callable[[], Desk], clock: Clock) -> None:
        self._storage = storage
        self._desk = desk
        self._clock = clock

    async def tick(self) -> int:
        """Close what has been resolved long enough; returns how many."""
        closed = 0
        for team in self._desk().teams:
            while count := await self._storage.run(lambda uow, team=team: self._close_batch(uow, team)):
                closed += count
        if closed:
            log.info("resolved tickets were closed", tickets=closed)
        return closed

    def _close_batch(self, uow: UnitOfWork, name: str) -> int:
        desk, now = self._desk(), self._clock.now()
        team = desk.teams.get(name)
        if team is None:
            return 0
        due = TicketFilter(
            teams=frozenset({name}),
            statuses=frozenset({Status.RESOLVED}),
            resolved_before=now - team.closes_after,
        )
        work = Work(uow=uow, desk=desk, actor=Person(key=DESK, name=desk.name), now=now)
        for found in uow.tickets.search(due, limit=BATCH):
            ticket = uow.tickets.lock(found.id)
            # Somebody may have reopened it between the search and the lock.
            if ticket.status is Status.RESOLVED:
                ticketing.close_ticket(work, ticket)
        return len(uow.tickets.search(due, limit=1))

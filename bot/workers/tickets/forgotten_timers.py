"""Timers that nobody stopped end by themselves, and whose they are is told once; ticked.

Each ends in a transaction of its own, by its row's removal under its ticket's lock: whichever replica is first, and
however the clock was moved, its time is logged once.
"""

from functools import partial

import structlog

from bot.domain.directory import Person
from bot.domain.sentence import sentence
from bot.domain.worked_time.stopwatch import Stopwatch
from bot.messages import verbs
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.outbox.direct_notices import tell_directly
from bot.services.tickets.worked_time.timers import end_timer

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 100


class ForgottenTimers:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many have ended. Looking alone writes nothing."""
        now = self._contexts.clock.now()
        due = await self._storage.read(lambda uow: uow.stopwatches.due(now, limit=MOST_AT_ONCE))
        ended = [await self._storage.run(partial(self._end, stopwatch=each)) for each in due]
        if any(ended):
            log.info("forgotten timers were stopped", timers=sum(ended))
        return sum(ended)

    def _end(self, uow: UnitOfWork, *, stopwatch: Stopwatch) -> bool:
        """False where its agent, or another replica, was faster."""
        ticket = uow.tickets.lock(stopwatch.ticket)
        agent = uow.people.find(stopwatch.agent) or Person(key=stopwatch.agent, name=stopwatch.agent)
        context = self._contexts.context(uow, agent)
        stopped = end_timer(context, ticket, stopwatch) if stopwatch.is_forgotten(context.now) else None
        if stopped is None:
            return False
        if context.reaches(agent):
            edit = verbs.typed(context.desk.command_names, verbs.EDIT_TIME).replace("-edit", " edit")
            tell_directly(
                context,
                agent.key,
                "time.timer_forgotten",
                key=str(stopwatch.id),
                reference=ticket.reference,
                length=sentence("time.length", length=stopped.entry.length),
                command=f"{edit} {ticket.reference}",
                entry_id=str(stopped.entry.id),
            )
        return True

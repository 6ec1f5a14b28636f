"""Changes of many tickets that were started go on until each ticket has had its turn; ticked.

A ticket is a transaction, so nobody waits for long, and a restart goes on with the next one.
"""

from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.domain.bulk_changes.bulk_change import BulkChange, BulkStage
from bot.domain.errors import Refused, StorageUnavailable
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.bulk_changes.progress import show_progress
from bot.services.bulk_changes.run import FAILED, do_next, finish, leave, still_to_do
from bot.services.context.context import ContextFactory

log = structlog.get_logger(__name__)

SHOWN_EVERY: Final = 10
"""Tickets after which the message that shows the progress is brought up to date."""
UNUSED_AFTER: Final = timedelta(days=1)
"""A choice of tickets that came to nothing is forgotten."""
_UNFINISHED: Final = (BulkStage.CHOSEN, BulkStage.RUNNING, BulkStage.DONE, BulkStage.UNDOING)


class BulkChangeWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Do what was started, to its end; returns how many tickets had their turn."""
        handled = 0
        unfinished = await self._storage.read(lambda uow: uow.bulk_changes.in_stages(_UNFINISHED))
        for change in unfinished:
            if change.is_at_work:
                handled += await self._work_on(change)
        if any(self._is_over(each) for each in unfinished):
            await self._storage.run(self._tidy)
        return handled

    def _is_over(self, change: BulkChange) -> bool:
        """Whether it was never begun and is forgotten, or can be undone no more."""
        now = self._contexts.clock.now()
        if change.stage is BulkStage.CHOSEN:
            return change.chosen_at < now - UNUSED_AFTER
        return change.stage is BulkStage.DONE and not change.may_be_undone(now)

    async def _work_on(self, change: BulkChange) -> int:
        ahead = await self._storage.read(partial(still_to_do, change=change))
        for number, ticket in enumerate(ahead, 1):
            await self._give_turn(change, ticket)
            if number % SHOWN_EVERY == 0:
                await self._storage.run(partial(self._show, change=change))
        await self._storage.run(lambda uow: finish(uow, self._contexts, change.id))
        log.info("many tickets were changed at once", tickets=len(ahead), stage=change.stage)
        return len(ahead)

    async def _give_turn(self, change: BulkChange, ticket: int) -> None:
        """What refuses one ticket, or fails with it, stops none of the others."""
        try:
            await self._storage.run(lambda uow: do_next(uow, self._contexts, change.id, ticket))
        except StorageUnavailable:
            raise
        except Refused as refusal:
            reason = refusal.sentences[0]
        except Exception:
            log.exception("a ticket could not be changed with the others", ticket=ticket)
            reason = FAILED
        else:
            return
        await self._storage.run(lambda uow: leave(uow, change.id, ticket, reason=reason))

    def _show(self, uow: UnitOfWork, *, change: BulkChange) -> None:
        show_progress(self._contexts.context(uow), change)

    def _tidy(self, uow: UnitOfWork) -> None:
        """What can be undone no more says so, and choices that came to nothing go."""
        context = self._contexts.context(uow)
        uow.bulk_changes.forget_unused(before=context.now - UNUSED_AFTER)
        for each in uow.bulk_changes.in_stages([BulkStage.DONE]):
            change = uow.bulk_changes.lock(each.id)
            if change is None or change.stage is not BulkStage.DONE or not self._is_over(change):
                continue
            change.become_final()
            uow.bulk_changes.save(change)
            uow.bulk_changes.forget_states(change.id)
            show_progress(context, change)

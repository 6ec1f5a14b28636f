"""At a team's hour its live tickets go to the next region's team, which reads of all of them in one message; ticked.

Which tickets go is written down at that hour, once for each team and day. Each moves in a transaction of its own, the
ticket locked first and then its row, so that it moves once over restarts and replicas; the message follows the last.
"""

from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.domain.directory import ChannelRef
from bot.domain.events import NEXT_REGION
from bot.domain.levels.hand_over import HandOver
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.levels.hand_overs import (
    goes_along,
    is_any_handing_over,
    is_over,
    next_due,
    receiver_of,
    tickets_to_hand_over,
)
from bot.services.tickets import actions

log = structlog.get_logger(__name__)


class HandOversWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Hand over what is due; returns how many tickets moved. Looking alone writes nothing.

        What was begun ends before a later hour begins, or that would miss what is still on its way.
        """
        if not is_any_handing_over(self._contexts.desk()):
            return 0
        moved = 0
        while True:
            for begun in await self._storage.read(lambda uow: uow.hand_overs.unfinished()):
                moved += await self._carry_out(begun)
            if await self._storage.read(self._next_due) is None:
                return moved
            if not await self._storage.run(self._begin):
                return moved

    def _next_due(self, uow: UnitOfWork) -> HandOver | None:
        return next_due(uow, self._contexts.desk(), now=self._contexts.clock.now())

    def _begin(self, uow: UnitOfWork) -> bool:
        """Whether nobody else has begun it."""
        context = self._contexts.context(uow)
        due = next_due(uow, context.desk, now=context.now)
        if due is None:
            return False
        receiver = receiver_of(context.desk, due).team
        begun = replace(due, id=uow.new_id(), receiver=receiver.name if receiver is not None else "")
        tickets = tickets_to_hand_over(context, begun)
        if not uow.hand_overs.begin(begun, tickets=tickets if receiver is not None else ()):
            return False
        if receiver is None:
            uow.hand_overs.finish(begun.id, now=context.now)
            if tickets:
                channel = context.desk.teams[begun.team].channel
                _tell(context, begun, channel, {"kept": len(tickets)})
        return True

    async def _carry_out(self, begun: HandOver) -> int:
        moved = 0
        for ticket in await self._storage.read(lambda uow: uow.hand_overs.waiting(begun.id)):
            moved += await self._storage.run(partial(self._hand_over, begun=begun, ticket_id=ticket))
        await self._storage.run(partial(self._finish, begun=begun))
        if moved:
            log.info("a team handed over", team=begun.team, to=begun.receiver, tickets=moved)
        return moved

    def _hand_over(self, uow: UnitOfWork, *, begun: HandOver, ticket_id: int) -> bool:
        context = self._contexts.context(uow)
        ticket = uow.tickets.lock(ticket_id)
        receiver = context.desk.teams.get(begun.receiver)
        # Somebody may have resolved, moved or snoozed it since the hour.
        goes = (
            receiver is not None
            and goes_along(context, begun, ticket)
            and context.desk.serves(receiver, ticket)
            and not is_over(context.desk, begun, now=context.now)
        )
        if not uow.hand_overs.settle(begun.id, ticket_id, is_moved=goes, holder=ticket.assignee):
            return False
        if goes and receiver is not None:
            title = context.desk.title_of(begun.team)
            actions.transfer_ticket(context, ticket, team=receiver, cause=NEXT_REGION, by=title)
        return goes

    def _finish(self, uow: UnitOfWork, *, begun: HandOver) -> None:
        context = self._contexts.context(uow)
        if uow.hand_overs.waiting(begun.id) or not uow.hand_overs.finish(begun.id, now=context.now):
            return
        receiver = context.desk.teams.get(begun.receiver)
        if receiver is not None and uow.hand_overs.moved(begun.id):
            _tell(context, begun, receiver.channel, {})


def _tell(context: Context, begun: HandOver, channel: ChannelRef, more: dict[str, Any]) -> None:
    """What it says is made when it is sent."""
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=f"hand-over:{begun.id}",
        payload={"hand_over": str(begun.id), **more},
        now=context.now,
    )

"""Agents who want one have a message when their day begins; ticked.

That it was told on a day is a row that only moves forward, so that each day has it once, whoever watches, whatever
restarts and however the clock jumps.
"""

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.reminders.mornings import due_mornings


class MorningsWorker:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Returns how many were told. Looking alone writes nothing."""
        if not await self._storage.read(self._is_any_due):
            return 0
        return await self._storage.run(self._tell)

    def _is_any_due(self, uow: UnitOfWork) -> bool:
        now = self._contexts.clock.now()
        return any(True for _ in due_mornings(uow, self._contexts.desk(), now=now))

    def _tell(self, uow: UnitOfWork) -> int:
        """What it says is made when it is sent; where there is nothing to say, nothing is."""
        context = self._contexts.context(uow)
        told = 0
        for each in due_mornings(uow, context.desk, now=context.now):
            if not uow.morning_messages.tell(each.person, day=each.day):
                continue
            told += 1
            uow.outbox.put_once(
                RowKind.NOTICE,
                conversation=uow.conversations.of_channel(ChannelRef.direct(each.person)).id,
                key=f"morning:{each.person}:{each.day.isoformat()}",
                payload={"morning": each.day.isoformat(), "person": each.person},
                now=context.now,
            )
        return told

"""Steps of the outbox's contract: rows put, claimed and settled."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.domain.tickets.conversation import Conversation
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import LEASE, NOW, a_conversation, a_numbered_ticket

SOON = timedelta(milliseconds=1)


HOURS = timedelta(hours=3)


async def a_thread(storage: Storage, *, root: str | None = "r1") -> Conversation:
    """A conversation of a ticket, whose first message is delivered unless `root` is None."""
    return await storage.run(lambda uow: a_conversation(uow, a_numbered_ticket(uow), root=root))


async def want(
    storage: Storage, conversation: Conversation, subject: int, kind: RowKind = RowKind.COPY, **extra: Any
) -> None:
    await storage.run(
        lambda uow: uow.outbox.put_state(
            kind, conversation=conversation.id, subject=subject, now=NOW, **extra
        )
    )


async def tell(storage: Storage, conversation: Conversation, key: str, **extra: Any) -> None:
    said: dict[str, Any] = {"kind": RowKind.NOTICE, "payload": {"text": key}} | extra
    await storage.run(lambda uow: uow.outbox.put_once(conversation=conversation.id, key=key, now=NOW, **said))


async def claim(storage: Storage, *, limit: int = 10, lease: timedelta = LEASE) -> Sequence[OutboxRow]:
    return await storage.run(lambda uow: uow.outbox.claim(limit=limit, lease=lease))


async def settle(storage: Storage, row: OutboxRow, *parts: str) -> None:
    await storage.run(lambda uow: uow.outbox.settle(row, parts=parts))


async def counts(storage: Storage) -> dict[RowState, int]:
    """Of all states; those of which there may be very many are counted by tests alone."""

    def count(uow: UnitOfWork) -> dict[RowState, int]:
        found = {state: len(uow.outbox.listing([state], limit=100)) for state in RowState}
        counted = {state: many for state, many in found.items() if many}
        past = {RowState.SETTLED, RowState.DROPPED}
        assert uow.outbox.count_by_state() == {each: counted[each] for each in counted.keys() - past}
        return counted

    return await storage.read(count)


async def one(rows: Sequence[OutboxRow]) -> OutboxRow:
    assert len(rows) == 1
    return rows[0]

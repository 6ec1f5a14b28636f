"""What every storage says of an outbox's health, on each database, without reading all its rows."""

from datetime import datetime

from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage
from tests.contracts.test_storage_outbox import HOURS, SOON, a_thread, claim, one, settle, want
from tests.storage.sample_rows import NOW


async def test_the_oldest_message_that_nobody_has_seen_yet_is_known(storage: Storage) -> None:
    thread, other = await a_thread(storage), await a_thread(storage)
    assert await oldest(storage) is None
    await want(storage, thread, 1)
    later = NOW + HOURS
    await storage.run(
        lambda uow: uow.outbox.put_once(
            RowKind.ALERT, conversation=other.id, key="loud", payload={}, now=later, is_urgent=True
        )
    )
    assert await oldest(storage) == NOW
    rows = {row.kind: row for row in await claim(storage)}
    await settle(storage, rows[RowKind.COPY], "c1")
    await storage.run(
        lambda uow: uow.outbox.postpone(rows[RowKind.ALERT], after=SOON, error="away", is_counted=True)
    )
    await want(storage, thread, 1)
    assert await oldest(storage) == later, "an edit of what is shown is no unseen message"


async def test_an_outbox_is_settled_when_nothing_is_due_or_under_way(storage: Storage) -> None:
    async def is_settled() -> bool:
        return await storage.read(lambda uow: uow.outbox.is_settled())

    assert await is_settled()
    await want(storage, await a_thread(storage), 1)
    assert not await is_settled()
    row = await one(await claim(storage))
    assert not await is_settled()
    await settle(storage, row, "c1")
    assert await is_settled()


async def oldest(storage: Storage) -> datetime | None:
    return await storage.read(lambda uow: uow.outbox.oldest_unshown())

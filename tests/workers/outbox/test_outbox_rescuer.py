"""A row whose worker crashed while it was delivered is delivered all the same."""

import asyncio
from datetime import timedelta

from bot.ports.unit_of_work import Storage
from bot.workers.outbox.outbox_rescuer import OutboxRescuer
from tests.contracts.outbox_steps import a_thread, claim, want

SOON = timedelta(milliseconds=10)


async def test_what_a_crashed_worker_had_taken_is_due_again_when_its_lease_is_over(storage: Storage) -> None:
    rescuer = OutboxRescuer(storage=storage)
    await want(storage, await a_thread(storage), 1)
    (under_way,) = await claim(storage)
    assert await rescuer.tick() == 0

    await want(storage, await a_thread(storage), 1)
    (taken,) = await claim(storage, lease=SOON)
    await asyncio.sleep(0.02)
    assert await rescuer.tick() == 1
    (again,) = await claim(storage)
    assert (again.id, again.is_retry) == (taken.id, True)
    assert again.id != under_way.id
    assert await rescuer.tick() == 0

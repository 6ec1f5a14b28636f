"""Replicas that tell of many tickets in the same messages: they gather in one, and never wait in a circle."""

import asyncio
from collections.abc import Sequence
from threading import Barrier

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import UnitOfWork
from tests.storage.sample_rows import NOW
from tests.storage.test_many_at_once import replicas

ALERTS = ChannelRef(platform="web", channel="alarms")
PATIENCE_S = 5


def tell(uow: UnitOfWork, key: str) -> str:
    """Into the message that nobody has begun to send, else as a new one; returns that message's key."""
    conversation = uow.conversations.of_channel(ALERTS).id
    row = uow.outbox.unsent(RowKind.ALERT, conversation=conversation)
    if row is not None:
        uow.outbox.amend(row, payload={"alarms": [*row.payload["alarms"], key]})
        return row.key
    uow.outbox.put_once(RowKind.ALERT, conversation=conversation, key=key, payload={"alarms": [key]}, now=NOW)
    return key


async def test_replicas_that_begin_to_tell_at_the_same_moment_tell_in_one_message(postgres_url: str) -> None:
    async with replicas(postgres_url) as (first, second):
        await first.run(lambda uow: uow.conversations.of_channel(ALERTS))
        loop, telling, release = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        def tell_and_wait(uow: UnitOfWork) -> str:
            told = tell(uow, "one")
            uow.outbox.count_by_state()  # sends what waits
            loop.call_soon_threadsafe(telling.set)
            asyncio.run_coroutine_threadsafe(release.wait(), loop).result(PATIENCE_S)
            return told

        one = asyncio.ensure_future(first.run(tell_and_wait))
        await telling.wait()
        two = asyncio.ensure_future(second.run(lambda uow: tell(uow, "two")))
        await asyncio.wait([two], timeout=0.2)
        release.set()

        assert [await one, await two] == ["one", "one"]


async def test_replicas_that_show_the_same_messages_again_never_wait_in_a_circle(postgres_url: str) -> None:
    both = Barrier(2)

    def show(uow: UnitOfWork, keys: Sequence[str]) -> None:
        for key in keys:
            uow.outbox.show_again([key])
            uow.outbox.count_by_state()
            both.wait(PATIENCE_S)

    async with replicas(postgres_url) as (first, second):
        channel = await first.run(lambda uow: uow.conversations.of_channel(ALERTS))
        for key in ("one", "two"):
            await first.run(
                lambda uow, key=key: uow.outbox.put_once(
                    RowKind.ALERT, conversation=channel.id, key=key, payload={}, now=NOW
                )
            )
        await asyncio.gather(
            first.run(lambda uow: show(uow, ("one", "two"))),
            second.run(lambda uow: show(uow, ("two", "one"))),
        )

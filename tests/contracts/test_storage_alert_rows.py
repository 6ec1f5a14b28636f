"""What every storage promises about once rows that may say more until they are sent, and are kept true afterwards."""

from datetime import timedelta
from typing import Any

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind, RowState, UnsentRow
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.said import because
from tests.storage.sample_rows import LEASE, NOW

ALERTS = ChannelRef(platform="web", channel="alarms")
LONG = timedelta(hours=1)


async def tell(storage: Storage, key: str, *, held_for: timedelta | None = None) -> int:
    def work(uow: UnitOfWork) -> int:
        channel = uow.conversations.of_channel(ALERTS)
        uow.outbox.put_once(
            RowKind.ALERT,
            conversation=channel.id,
            key=key,
            payload={"alarms": [key]},
            now=NOW,
            held_for=held_for,
        )
        return channel.id

    return await storage.run(work)


async def unsent(storage: Storage, conversation: int) -> UnsentRow | None:
    return await storage.run(lambda uow: uow.outbox.unsent(RowKind.ALERT, conversation=conversation))


async def claim(storage: Storage) -> list[Any]:
    return list(await storage.run(lambda uow: uow.outbox.claim(limit=10, lease=LEASE)))


async def test_what_nobody_has_begun_to_send_can_say_more(storage: Storage) -> None:
    channel = await tell(storage, "one")
    row = await unsent(storage, channel)
    assert row is not None
    assert (row.key, row.payload) == ("one", {"alarms": ["one"]})
    found = row
    await storage.run(lambda uow: uow.outbox.amend(found, payload={"alarms": ["one", "two"]}))
    (claimed,) = await claim(storage)
    assert claimed.payload == {"alarms": ["one", "two"]}
    assert await unsent(storage, channel) is None, "it is being sent"


async def test_what_several_were_told_is_read_at_once_by_their_keys(storage: Storage) -> None:
    await tell(storage, "one")
    await tell(storage, "two")
    found = await storage.read(lambda uow: uow.outbox.payloads_of(["two", "one", "never told"]))
    assert found == {"one": {"alarms": ["one"]}, "two": {"alarms": ["two"]}}
    assert await storage.read(lambda uow: uow.outbox.payloads_of([])) == {}


async def test_what_is_sent_or_may_have_been_says_no_more(storage: Storage) -> None:
    channel = await tell(storage, "one")
    (row,) = await claim(storage)
    await storage.run(
        lambda uow: uow.outbox.postpone(row, after=timedelta(), error=because("no answer"), is_counted=True)
    )
    assert await unsent(storage, channel) is None
    (row,) = await claim(storage)
    await storage.run(lambda uow: uow.outbox.settle(row, parts=("p1",)))
    assert await unsent(storage, channel) is None


async def test_a_row_that_is_held_waits_and_no_longer_than_was_said(storage: Storage) -> None:
    channel = await tell(storage, "one", held_for=LONG)
    assert await claim(storage) == []
    row = await unsent(storage, channel)
    assert row is not None
    found = row
    await storage.run(lambda uow: uow.outbox.amend(found, payload={}, held_for=timedelta()))
    assert len(await claim(storage)) == 1


async def test_a_row_that_was_sent_is_shown_again_by_an_edit(storage: Storage) -> None:
    await tell(storage, "one")
    (row,) = await claim(storage)
    await storage.run(lambda uow: uow.outbox.settle(row, parts=("p1",)))
    await storage.run(lambda uow: uow.outbox.show_again(["one", "never told"]))
    (again,) = await claim(storage)
    assert (again.id, again.parts, again.wanted) == (row.id, ("p1",), 2)
    await storage.run(lambda uow: uow.outbox.settle(again, parts=("p1",)))
    assert await claim(storage) == []


async def test_what_changes_while_it_is_sent_is_shown_again_afterwards(storage: Storage) -> None:
    await tell(storage, "one")
    (row,) = await claim(storage)
    await storage.run(lambda uow: uow.outbox.show_again(["one"]))
    await storage.run(lambda uow: uow.outbox.settle(row, parts=("p1",)))
    (again,) = await claim(storage)
    assert again.parts == ("p1",)


async def test_what_was_given_up_is_not_brought_back(storage: Storage) -> None:
    await tell(storage, "one")
    (row,) = await claim(storage)
    await storage.run(
        lambda uow: uow.outbox.give_up(row, RowState.DROPPED, error=because("not true any more"))
    )
    await storage.run(lambda uow: uow.outbox.show_again(["one"]))
    assert await claim(storage) == []


async def test_the_newest_alert_shown_and_those_before_and_after_it_are_known(storage: Storage) -> None:
    channel = await tell(storage, "one")
    (first,) = await claim(storage)

    async def known(row: int) -> tuple[bool, bool, int | None]:
        return await storage.read(
            lambda uow: (
                uow.outbox.has_alert_before(row, conversation=channel),
                uow.outbox.has_unsent_alert_after(row, conversation=channel),
                uow.outbox.newest_alert_shown(channel),
            )
        )

    assert await known(first.id) == (False, False, None)
    await storage.run(lambda uow: uow.outbox.settle(first, parts=("p1",)))
    await tell(storage, "two")
    assert await known(first.id) == (False, True, first.id)
    (second,) = await claim(storage)
    assert await known(second.id) == (True, False, first.id)
    await storage.run(
        lambda uow: uow.outbox.postpone(
            second, after=timedelta(), error=because("no answer"), is_counted=True
        )
    )
    assert await known(first.id) == (False, False, first.id), "nobody knows when it comes"
    (second,) = await claim(storage)
    await storage.run(lambda uow: uow.outbox.settle(second, parts=("p2",)))
    assert await known(second.id) == (True, False, second.id)
    (first,) = await shown_again(storage, "one")
    await storage.run(lambda uow: uow.outbox.settle(first, parts=()))
    assert await known(second.id) == (False, False, second.id)


async def test_what_is_due_already_is_wanted_no_more_often(storage: Storage) -> None:
    await tell(storage, "one")
    (row,) = await claim(storage)
    await storage.run(lambda uow: uow.outbox.settle(row, parts=("p1",)))
    await storage.run(lambda uow: uow.outbox.show_again(["one"]))
    (again,) = await shown_again(storage, "one")
    assert again.wanted == 2


async def shown_again(storage: Storage, key: str) -> list[Any]:
    await storage.run(lambda uow: uow.outbox.show_again([key]))
    return await claim(storage)

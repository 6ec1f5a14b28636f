"""What every storage promises about the outbox, on each database: order, coalescing, leases, dead letters."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.tickets.conversation import Conversation
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import HELP, LEASE, NOW, a_conversation, a_numbered_ticket

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
    return dict(await storage.read(lambda uow: uow.outbox.count_by_state()))


async def one(rows: Sequence[OutboxRow]) -> OutboxRow:
    assert len(rows) == 1
    return rows[0]


async def test_a_claimed_row_says_what_to_show_and_where(storage: Storage) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, "hello", kind=RowKind.ALERT, payload={"words": ["größe"]}, subject=7)

    row = await one(await claim(storage))

    assert (row.kind, row.conversation, row.subject) == (RowKind.ALERT, thread, 7)
    assert row.payload == {"words": ["größe"]}
    assert (row.wanted, row.shown, row.parts, row.attempts, row.is_retry) == (1, 0, (), 0, False)
    assert (row.state, row.created_at, bool(row.lease)) == (RowState.LEASED, NOW, True)


async def test_what_is_claimed_is_not_claimed_again_and_what_is_settled_never(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)

    row = await one(await claim(storage))
    assert await claim(storage) == []
    await settle(storage, row, "p1")

    assert await claim(storage) == []
    assert await counts(storage) == {RowState.SETTLED: 1}


async def test_ten_wishes_are_one_delivery(storage: Storage) -> None:
    thread = await a_thread(storage)
    for _ in range(10):
        await want(storage, thread, 1)

    row = await one(await claim(storage))
    await settle(storage, row, "p1")

    assert row.wanted == 10
    assert await claim(storage) == []


async def test_many_wishes_of_one_transaction_are_one_wish(storage: Storage) -> None:
    thread = await a_thread(storage)

    def work(uow: UnitOfWork) -> None:
        for _ in range(3):
            uow.outbox.put_state(RowKind.CARD, conversation=thread.id, subject=1, now=NOW)

    await storage.run(work)

    assert (await one(await claim(storage))).wanted == 1


async def test_what_changed_while_it_was_delivered_is_due_again_as_an_edit(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    row = await one(await claim(storage))
    await want(storage, thread, 1)
    await settle(storage, row, "p1", "p2")

    again = await one(await claim(storage))

    assert (again.id, again.wanted, again.shown, again.parts) == (row.id, 2, 1, ("p1", "p2"))
    await storage.run(lambda uow: uow.outbox.settle(again, parts=None))
    kept = await storage.read(lambda uow: uow.outbox.get(row.id))
    assert kept is not None
    assert (kept.parts, kept.shown, kept.state) == (("p1", "p2"), 2, RowState.SETTLED)


async def test_what_happens_once_is_told_once(storage: Storage) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, "breach-1")
    await tell(storage, thread, "breach-1")
    row = await one(await claim(storage))
    await settle(storage, row, "p1")
    await tell(storage, thread, "breach-1")

    assert await claim(storage) == []


async def test_new_rows_of_a_conversation_go_out_one_after_another(storage: Storage) -> None:
    thread, other = await a_thread(storage), await a_thread(storage)
    for subject in (1, 2, 3):
        await want(storage, thread, subject)
    await want(storage, other, 9)

    went = []
    while rows := await claim(storage):
        assert len({row.conversation.id for row in rows}) == len(rows)
        for row in rows:
            went.append(row.subject)
            await settle(storage, row, f"p{row.subject}")

    assert [subject for subject in went if subject != 9] == [1, 2, 3]
    assert went.index(9) < went.index(2)


async def test_words_do_not_wait_for_a_threads_head_that_the_platform_puts_off(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1, RowKind.THREAD_HEADER)
    head = await one(await claim(storage))
    await storage.run(
        lambda uow: uow.outbox.postpone(head, after=timedelta(minutes=10), error="busy", is_counted=False)
    )
    await want(storage, thread, 2)
    await want(storage, thread, 3)

    assert (await one(await claim(storage))).subject == 2


async def test_rows_of_one_transaction_go_out_in_the_order_they_were_asked_for(storage: Storage) -> None:
    thread = await a_thread(storage)

    def work(uow: UnitOfWork) -> None:
        uow.outbox.put_once(RowKind.NOTICE, conversation=thread.id, key="a", payload={}, now=NOW, subject=1)
        uow.outbox.put_state(RowKind.COPY, conversation=thread.id, subject=2, now=NOW)
        uow.outbox.put_once(RowKind.NOTICE, conversation=thread.id, key="b", payload={}, now=NOW, subject=3)

    await storage.run(work)
    went = []
    while rows := await claim(storage):
        row = await one(rows)
        went.append(row.subject)
        await settle(storage, row, "p")

    assert went == [1, 2, 3]


async def test_an_edit_neither_waits_nor_holds_others_up(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await settle(storage, await one(await claim(storage)), "p1")
    await want(storage, thread, 2)
    await want(storage, thread, 1)
    await want(storage, thread, 3)

    assert [row.subject for row in await claim(storage)] == [1, 2]


async def test_what_is_urgent_goes_first(storage: Storage) -> None:
    for number in (1, 2):
        await tell(storage, await a_thread(storage), f"calm-{number}", subject=number)
    await tell(storage, await a_thread(storage), "breach", subject=3, is_urgent=True)

    assert (await one(await claim(storage, limit=1))).subject == 3


async def test_rows_wait_until_the_first_message_of_their_thread_is_there(storage: Storage) -> None:
    thread = await a_thread(storage, root=None)
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    await want(storage, thread, 2)

    root = await one(await claim(storage))
    assert root.subject == 1
    await settle(storage, root, "root-part", "second part")

    follower = await one(await claim(storage))
    assert (follower.subject, follower.conversation.root) == (2, "root-part")
    assert await storage.read(lambda uow: uow.conversations.get(thread.id)) == follower.conversation


async def test_an_edited_card_does_not_move_the_root(storage: Storage) -> None:
    thread = await a_thread(storage, root=None)
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    await settle(storage, await one(await claim(storage)), "r1")
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    await settle(storage, await one(await claim(storage)), "elsewhere")

    assert (await storage.read(lambda uow: uow.conversations.get(thread.id))).root == "r1"


async def test_rows_without_a_root_before_them_just_wait(storage: Storage) -> None:
    thread = await a_thread(storage, root=None)
    await want(storage, thread, 1)

    assert await claim(storage) == []


async def test_a_channel_wide_conversation_needs_no_root(storage: Storage) -> None:
    channel = await storage.run(lambda uow: uow.conversations.of_channel(HELP))
    await tell(storage, channel, "ping")

    row = await one(await claim(storage))
    await settle(storage, row, "p1")

    assert (await storage.read(lambda uow: uow.conversations.get(channel.id))).root is None


async def test_a_postponed_row_waits_and_keeps_the_order(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await want(storage, thread, 2)
    row = await one(await claim(storage))
    await storage.run(lambda uow: uow.outbox.postpone(row, after=HOURS, error="429", is_counted=False))

    assert await claim(storage) == []
    kept = await storage.read(lambda uow: uow.outbox.get(row.id))
    assert kept is not None
    assert (kept.state, kept.attempts, kept.is_retry, kept.last_error) == (RowState.DUE, 0, False, "429")


async def test_a_counted_postponement_makes_the_next_attempt_a_retry(storage: Storage) -> None:
    await want(storage, await a_thread(storage), 1)
    row = await one(await claim(storage))
    await storage.run(lambda uow: uow.outbox.postpone(row, after=SOON, error="time-out", is_counted=True))
    await asyncio.sleep(0.02)

    again = await one(await claim(storage))

    assert (again.attempts, again.is_retry, again.last_error) == (1, True, "time-out")
    await settle(storage, again, "p1")
    settled = await storage.read(lambda uow: uow.outbox.get(row.id))
    assert settled is not None
    assert (settled.attempts, settled.is_retry, settled.last_error) == (0, False, "")


async def test_an_expired_lease_is_rescued_as_a_retry_and_its_late_holder_changes_nothing(
    storage: Storage,
) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    late = await one(await claim(storage, lease=SOON))
    await want(storage, await a_thread(storage), 2)
    await claim(storage)
    await asyncio.sleep(0.02)

    assert await storage.run(lambda uow: uow.outbox.rescue()) == 1
    await settle(storage, late, "late")
    await storage.run(lambda uow: uow.outbox.postpone(late, after=HOURS, error="", is_counted=True))
    await storage.run(lambda uow: uow.outbox.give_up(late, RowState.DEAD, error=""))
    again = await one(await claim(storage))

    assert (again.id, again.is_retry, again.parts, again.attempts) == (late.id, True, (), 0)


async def test_a_late_holder_does_not_set_the_root(storage: Storage) -> None:
    thread = await a_thread(storage, root=None)
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    late = await one(await claim(storage, lease=SOON))
    await asyncio.sleep(0.02)
    await storage.run(lambda uow: uow.outbox.rescue())
    await settle(storage, late, "late")

    assert (await storage.read(lambda uow: uow.conversations.get(thread.id))).root is None


async def test_a_dead_row_lets_the_next_one_go_and_is_wanted_again_by_a_new_wish(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await want(storage, thread, 2)
    dead = await one(await claim(storage))
    await storage.run(lambda uow: uow.outbox.give_up(dead, RowState.DEAD, error="no such channel"))

    assert (await one(await claim(storage))).subject == 2
    await want(storage, thread, 1)
    again = await one(await claim(storage))
    assert (again.id, again.attempts) == (dead.id, 0)


async def test_a_ping_that_is_no_longer_true_is_dropped_for_good(storage: Storage) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, "warning", kind=RowKind.ALERT)
    row = await one(await claim(storage))
    await storage.run(lambda uow: uow.outbox.give_up(row, RowState.DROPPED, error="solved meanwhile"))
    await tell(storage, thread, "warning", kind=RowKind.ALERT)

    assert await claim(storage) == []
    assert await counts(storage) == {RowState.DROPPED: 1}


async def test_a_dead_root_parks_what_waits_for_it_and_its_retry_brings_all_back(storage: Storage) -> None:
    thread, other = await a_thread(storage, root=None), await a_thread(storage)
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    await want(storage, thread, 2)
    await tell(storage, thread, "note", subject=3)
    root = await one(await claim(storage))
    await want(storage, other, 9)
    await storage.run(lambda uow: uow.outbox.give_up(root, RowState.DEAD, error="channel_not_found"))

    assert await counts(storage) == {RowState.DEAD: 1, RowState.PARKED: 2, RowState.DUE: 1}
    parked = await storage.read(lambda uow: uow.outbox.listing([RowState.PARKED]))
    assert [(row.subject, row.last_error) for row in parked] == [
        (3, "channel_not_found"),
        (2, "channel_not_found"),
    ]

    assert await storage.run(lambda uow: uow.outbox.retry(root.id))
    assert await counts(storage) == {RowState.DUE: 4}
    assert {row.subject for row in await claim(storage)} == {1, 9}


async def test_a_vanished_thread_parks_all_that_was_to_be_posted_there(storage: Storage) -> None:
    thread, other = await a_thread(storage), await a_thread(storage)
    await want(storage, thread, 1)
    await want(storage, thread, 2)
    await want(storage, other, 9)
    held = await claim(storage)
    await storage.run(lambda uow: uow.outbox.park_conversation(thread.id, error="the thread was deleted"))

    assert await counts(storage) == {RowState.PARKED: 2, RowState.LEASED: 1}
    await settle(storage, held[0], "p")
    await settle(storage, held[1], "p")
    assert await counts(storage) == {RowState.PARKED: 2, RowState.SETTLED: 1}


async def test_an_operator_can_retry_or_drop_what_was_set_aside_and_nothing_else(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await want(storage, await a_thread(storage), 2)
    first, second = await claim(storage)
    assert not await storage.run(lambda uow: uow.outbox.retry(first.id))
    for row in (first, second):
        await give_up(storage, row)

    assert await storage.run(lambda uow: uow.outbox.retry(first.id))
    assert await storage.run(lambda uow: uow.outbox.drop(second.id))
    assert not await storage.run(lambda uow: uow.outbox.drop(12345))
    again = await one(await claim(storage))

    assert (again.id, again.is_retry) == (first.id, True)
    assert await counts(storage) == {RowState.LEASED: 1, RowState.DROPPED: 1}


async def give_up(storage: Storage, row: OutboxRow) -> None:
    await storage.run(lambda uow: uow.outbox.give_up(row, RowState.DEAD, error="refused"))


async def test_the_listing_shows_the_newest_first(storage: Storage) -> None:
    thread = await a_thread(storage)
    for key in ("a", "b", "c"):
        await tell(storage, thread, key)

    rows = await storage.read(lambda uow: uow.outbox.listing([RowState.DUE, RowState.DEAD], limit=2))

    assert [row.payload["text"] for row in rows] == ["c", "b"]
    assert await storage.read(lambda uow: uow.outbox.listing([])) == []
    assert await storage.read(lambda uow: uow.outbox.get(12345)) is None


@pytest.mark.parametrize("key", ["zero \0 and \ud83d half", "".join(map(chr, range(0x4E00, 0x6E00)))])
async def test_a_key_of_any_text_is_told_once(storage: Storage, key: str) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, key)
    await tell(storage, thread, key)

    assert await counts(storage) == {RowState.DUE: 1}

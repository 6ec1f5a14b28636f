"""What every storage promises about the outbox, on each database: order, coalescing, leases, dead letters."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.ports.storage.outbox import RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.outbox_steps import HOURS, SOON, a_thread, claim, counts, one, settle, tell, want
from tests.said import because
from tests.storage.sample_rows import HELP, LEASE, NOW


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
        lambda uow: uow.outbox.postpone(
            head, after=timedelta(minutes=10), error=because("busy"), is_counted=False
        )
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
    await storage.run(
        lambda uow: uow.outbox.postpone(row, after=HOURS, error=because("429"), is_counted=False)
    )

    assert await claim(storage) == []
    kept = await storage.read(lambda uow: uow.outbox.get(row.id))
    assert kept is not None
    assert (kept.state, kept.attempts, kept.is_retry, kept.last_error) == (
        RowState.DUE,
        0,
        False,
        because("429"),
    )


async def test_a_counted_postponement_makes_the_next_attempt_a_retry(storage: Storage) -> None:
    await want(storage, await a_thread(storage), 1)
    row = await one(await claim(storage))
    await storage.run(
        lambda uow: uow.outbox.postpone(row, after=SOON, error=because("time-out"), is_counted=True)
    )
    await asyncio.sleep(0.02)

    again = await one(await claim(storage))

    assert (again.attempts, again.is_retry, again.last_error) == (1, True, because("time-out"))
    await settle(storage, again, "p1")
    settled = await storage.read(lambda uow: uow.outbox.get(row.id))
    assert settled is not None
    assert (settled.attempts, settled.is_retry, settled.last_error) == (0, False, None)


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
    await storage.run(
        lambda uow: uow.outbox.postpone(late, after=HOURS, error=because("late"), is_counted=True)
    )
    await storage.run(lambda uow: uow.outbox.give_up(late, RowState.DEAD, error=because("late")))
    again = await one(await claim(storage))

    assert (again.id, again.is_retry, again.parts, again.attempts) == (late.id, True, (), 0)


async def test_what_is_settled_together_is_settled_each_by_its_own_lease(storage: Storage) -> None:
    begun, late, changed = [await a_thread(storage, root=None) for _ in range(3)]
    await want(storage, late, 1, RowKind.CARD, is_root=True)
    (lost,) = await claim(storage, lease=SOON)
    for thread in (begun, changed):
        await want(storage, thread, 1, RowKind.CARD, is_root=True)
    rows = {row.conversation.id: row for row in await claim(storage)}
    await want(storage, changed, 1, RowKind.CARD)
    await asyncio.sleep(0.02)
    await storage.run(lambda uow: uow.outbox.rescue())
    shown = [(rows[begun.id], ("p1", "p2")), (lost, ("late",)), (rows[changed.id], ("p3",))]

    def settle_together(uow: UnitOfWork) -> None:
        uow.outbox.lock_for([row for row, _ in shown])
        uow.outbox.settle_many(shown)

    await storage.run(settle_together)
    after = [await storage.read(lambda uow: uow.outbox.get(row.id)) for row, _ in shown]  # noqa: B023

    assert [(row.state, row.parts, row.conversation.root) for row in after if row is not None] == [
        (RowState.SETTLED, ("p1", "p2"), "p1"),
        (RowState.DUE, (), None),
        (RowState.DUE, ("p3",), "p3"),
    ]


async def test_a_late_holder_does_not_set_the_root(storage: Storage) -> None:
    thread = await a_thread(storage, root=None)
    await want(storage, thread, 1, RowKind.CARD, is_root=True)
    late = await one(await claim(storage, lease=SOON))
    await asyncio.sleep(0.02)
    await storage.run(lambda uow: uow.outbox.rescue())
    await settle(storage, late, "late")

    assert (await storage.read(lambda uow: uow.conversations.get(thread.id))).root is None


@pytest.mark.parametrize("key", ["zero \0 and \ud83d half", "".join(map(chr, range(0x4E00, 0x6E00)))])
async def test_a_key_of_any_text_is_told_once(storage: Storage, key: str) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, key)
    await tell(storage, thread, key)

    assert await counts(storage) == {RowState.DUE: 1}


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
        lambda uow: uow.outbox.postpone(
            rows[RowKind.ALERT], after=SOON, error=because("away"), is_counted=True
        )
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


async def test_what_is_new_can_be_claimed_alone_while_edits_wait(storage: Storage) -> None:
    async def is_settled(*, new_only: bool) -> bool:
        return await storage.read(lambda uow: uow.outbox.is_settled(new_only=new_only))

    async def claim_new() -> list[int]:
        rows = await storage.run(lambda uow: uow.outbox.claim(limit=10, lease=LEASE, new_only=True))
        return [row.subject for row in rows]

    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await settle(storage, await one(await claim(storage)), "c1")
    await want(storage, thread, 1)
    assert await claim_new() == []
    assert await is_settled(new_only=True)
    assert not await is_settled(new_only=False)
    await want(storage, thread, 2)
    assert not await is_settled(new_only=True)
    assert await claim_new() == [2]
    assert not await is_settled(new_only=True), "it is under way"
    assert [row.subject for row in await claim(storage)] == [1]


async def oldest(storage: Storage) -> datetime | None:
    return await storage.read(lambda uow: uow.outbox.oldest_unshown())

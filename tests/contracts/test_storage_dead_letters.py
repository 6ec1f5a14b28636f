"""What every storage promises about rows that cannot be delivered, on each database."""

from datetime import timedelta

from sqlalchemy import text

from bot.domain.sentence import sentence
from bot.ports.storage.outbox import OutboxRow, RowKind, RowState
from bot.ports.unit_of_work import Storage, UnitOfWork
from storage.unit_of_work import SqlUnitOfWork
from tests.contracts.outbox_steps import a_thread, claim, counts, one, settle, tell, want
from tests.said import because


async def test_a_dead_row_lets_the_next_one_go_and_is_wanted_again_by_a_new_wish(storage: Storage) -> None:
    thread = await a_thread(storage)
    await want(storage, thread, 1)
    await want(storage, thread, 2)
    dead = await one(await claim(storage))
    await storage.run(lambda uow: uow.outbox.give_up(dead, RowState.DEAD, error=because("no such channel")))

    assert (await one(await claim(storage))).subject == 2
    await want(storage, thread, 1)
    again = await one(await claim(storage))
    assert (again.id, again.attempts) == (dead.id, 0)


async def test_a_ping_that_is_no_longer_true_is_dropped_for_good(storage: Storage) -> None:
    thread = await a_thread(storage)
    await tell(storage, thread, "warning", kind=RowKind.ALERT)
    row = await one(await claim(storage))
    await storage.run(
        lambda uow: uow.outbox.give_up(row, RowState.DROPPED, error=because("solved meanwhile"))
    )
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
    await storage.run(lambda uow: uow.outbox.give_up(root, RowState.DEAD, error=because("channel_not_found")))

    assert await counts(storage) == {RowState.DEAD: 1, RowState.PARKED: 2, RowState.DUE: 1}
    parked = await storage.read(lambda uow: uow.outbox.listing([RowState.PARKED]))
    assert [(row.subject, row.last_error) for row in parked] == [
        (3, because("channel_not_found")),
        (2, because("channel_not_found")),
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
    await storage.run(
        lambda uow: uow.outbox.park_conversation(thread.id, error=because("the thread was deleted"))
    )

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
    await storage.run(lambda uow: uow.outbox.give_up(row, RowState.DEAD, error=because("refused")))


async def test_why_a_row_was_set_aside_is_kept_with_its_facts(storage: Storage) -> None:
    await want(storage, await a_thread(storage), 1)
    row = await one(await claim(storage))
    reason = sentence(
        "deliveries.given_up",
        count=12,
        reason=sentence("deliveries.rate_limited", platform="Slack", wait=timedelta(seconds=30)),
    )
    await storage.run(lambda uow: uow.outbox.give_up(row, RowState.DEAD, error=reason))

    (dead,) = await storage.read(lambda uow: uow.outbox.listing([RowState.DEAD]))
    assert dead.last_error == reason


async def test_a_reason_kept_as_words_before_sentences_were_can_still_be_read(storage: Storage) -> None:
    def as_before(uow: UnitOfWork) -> None:
        assert isinstance(uow, SqlUnitOfWork)
        uow.session.count(text("UPDATE outbox SET last_error = 'No channel `help`.'"))

    await want(storage, await a_thread(storage), 1)
    await give_up(storage, await one(await claim(storage)))
    await storage.run(as_before)

    (dead,) = await storage.read(lambda uow: uow.outbox.listing([RowState.DEAD]))
    assert dead.last_error == because("No channel `help`.")


async def test_the_listing_shows_the_newest_first(storage: Storage) -> None:
    thread = await a_thread(storage)
    for key in ("a", "b", "c"):
        await tell(storage, thread, key)

    rows = await storage.read(lambda uow: uow.outbox.listing([RowState.DUE, RowState.DEAD], limit=2))

    assert [row.payload["text"] for row in rows] == ["c", "b"]
    assert await storage.read(lambda uow: uow.outbox.listing([])) == []
    assert await storage.read(lambda uow: uow.outbox.get(12345)) is None

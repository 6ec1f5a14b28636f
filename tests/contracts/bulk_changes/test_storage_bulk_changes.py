"""What every storage promises about changes of many tickets."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.bulk_changes.bulk_change import (
    BulkAction,
    BulkChange,
    BulkItem,
    BulkOutcome,
    BulkStage,
    BundledNotice,
)
from bot.domain.bulk_changes.ticket_snapshot import TicketSnapshot
from bot.domain.escalations.escalation import Escalation
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket


def a_change(uow: UnitOfWork, *tickets: Ticket, **known: object) -> BulkChange:
    change = BulkChange(
        **{"id": uow.new_id(), "actor": "web:bo", "query": "mouse", "chosen_at": NOW} | known  # type: ignore[arg-type]
    )
    uow.bulk_changes.add(change, [each.id for each in tickets])
    return change


async def two(storage: Storage) -> tuple[BulkChange, Ticket, Ticket]:
    def work(uow: UnitOfWork) -> tuple[BulkChange, Ticket, Ticket]:
        first, second = a_numbered_ticket(uow), a_numbered_ticket(uow)
        return a_change(uow, second, first), second, first

    return await storage.run(work)


async def test_a_change_is_kept_with_its_tickets_in_their_order(storage: Storage) -> None:
    change, second, first = await two(storage)

    assert await storage.read(lambda uow: uow.bulk_changes.find(change.id)) == change
    assert await storage.read(lambda uow: uow.bulk_changes.items(change.id)) == [
        BulkItem(change=change.id, ticket=second.id, place=0),
        BulkItem(change=change.id, ticket=first.id, place=1),
    ]
    assert await storage.read(lambda uow: uow.bulk_changes.find(1)) is None


async def test_what_is_to_be_done_and_how_far_it_has_come_is_kept(storage: Storage) -> None:
    change, _, _ = await two(storage)

    def work(uow: UnitOfWork) -> BulkChange:
        found = uow.bulk_changes.lock(change.id)
        assert found is not None
        found.mean(BulkAction.TAG, {"add": "vpn"})
        found.start()
        found.finish(at=NOW)
        uow.bulk_changes.save(found)
        return found

    done = await storage.run(work)
    assert await storage.read(lambda uow: uow.bulk_changes.find(change.id)) == done
    assert await storage.read(lambda uow: uow.bulk_changes.in_stages([BulkStage.DONE])) == [done]
    assert await storage.read(lambda uow: uow.bulk_changes.in_stages([BulkStage.RUNNING])) == []
    assert await storage.read(lambda uow: uow.bulk_changes.last_of("web:bo")) == done
    assert await storage.read(lambda uow: uow.bulk_changes.last_of("web:cleo")) is None
    assert await storage.read(lambda uow: uow.bulk_changes.newest_of("web:bo")) == done
    assert await storage.read(lambda uow: uow.bulk_changes.newest_of("web:cleo")) is None


async def test_what_was_only_chosen_is_no_last_change(storage: Storage) -> None:
    await two(storage)
    assert await storage.read(lambda uow: uow.bulk_changes.last_of("web:bo")) is None


async def test_what_became_of_a_ticket_is_kept_with_all_it_takes_to_put_it_back(storage: Storage) -> None:
    change, second, _ = await two(storage)
    timer = SlaTimer(
        id=7,
        ticket_id=second.id,
        measure=Measure.RESOLUTION,
        target=timedelta(hours=8),
        running_since=NOW,
        reached=frozenset({0, 2}),
    )
    escalation = Escalation(
        id=8, ticket_id=second.id, timer_id=7, stage=0, is_breach=False, began_at=NOW, told=("alarm:1:2",)
    )
    before = TicketSnapshot(
        ticket=second, timers=(timer,), escalations=(escalation,), thread=9, messages=2, entries=5
    )
    after = replace(before, timers=(), thread=None, entries=6)
    item = BulkItem(
        change=change.id,
        ticket=second.id,
        place=0,
        outcome=BulkOutcome.CHANGED,
        reason=sentence("bulk.private", reference="IT-1"),
        before=before,
        after=after,
        told=(BundledNotice(event=NoticeEvent.ASSIGNED, recipient="web:cleo", absent="web:lee"),),
    )
    await storage.run(lambda uow: uow.bulk_changes.settle(item))

    assert await storage.read(lambda uow: uow.bulk_changes.item(change.id, second.id)) == item
    assert await storage.read(lambda uow: uow.bulk_changes.item(change.id, 1)) is None
    listed = await storage.read(lambda uow: uow.bulk_changes.items(change.id))
    assert listed[0] == replace(item, before=None, after=None), "lists leave out what is large"

    await storage.run(lambda uow: uow.bulk_changes.forget_states(change.id))
    kept = await storage.read(lambda uow: uow.bulk_changes.item(change.id, second.id))
    assert kept == replace(item, before=None, after=None)


async def test_of_those_asked_about_the_chosen_alone_are_chosen_and_counted(storage: Storage) -> None:
    change, second, first = await two(storage)
    await storage.run(lambda uow: uow.bulk_changes.choose(change.id, [first.id], among=[first.id, second.id]))

    items = await storage.read(lambda uow: uow.bulk_changes.items(change.id))
    assert [each.is_chosen for each in items] == [False, True]
    counts = await storage.read(lambda uow: uow.bulk_changes.count(change.id))
    assert counts[BulkOutcome.WAITING] == 1
    assert counts[BulkOutcome.CHANGED] == 0

    await storage.run(lambda uow: uow.bulk_changes.choose(change.id, [second.id], among=[second.id]))
    items = await storage.read(lambda uow: uow.bulk_changes.items(change.id))
    assert [each.is_chosen for each in items] == [True, True], "the other was not asked about"


async def test_what_came_to_nothing_is_forgotten_and_nothing_else(storage: Storage) -> None:
    old, second, _ = await two(storage)

    def work(uow: UnitOfWork) -> tuple[int, int]:
        new = a_change(uow, second, chosen_at=NOW + timedelta(days=1))
        done = a_change(uow, second, stage=BulkStage.DONE, ended_at=NOW)
        return new.id, done.id

    left = await storage.run(work)
    forgotten = await storage.run(lambda uow: uow.bulk_changes.forget_unused(before=NOW + timedelta(hours=1)))
    assert forgotten == 1
    assert await storage.read(lambda uow: uow.bulk_changes.find(old.id)) is None
    assert await storage.read(lambda uow: uow.bulk_changes.items(old.id)) == []
    found = await storage.read(lambda uow: [uow.bulk_changes.find(each) for each in left])
    assert None not in found

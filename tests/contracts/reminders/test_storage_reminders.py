"""What every storage promises about reminders, snoozed tickets, and the message in the morning."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.reminders.morning_message import MorningMessage
from bot.domain.reminders.reminder import LOOKED_AGAIN, Reminder
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

HOUR = timedelta(hours=1)


def some(uow: UnitOfWork) -> list[Reminder]:
    """Bo's own in an hour, one by Bo for Cleo in two, and Cleo's own at once."""
    ticket = a_numbered_ticket(uow)
    own = Reminder(
        id=uow.new_id(),
        ticket=ticket.id,
        person="web:bo",
        author="web:bo",
        words="Größe 7",
        set_at=NOW,
        due_at=NOW + HOUR,
        next_at=NOW + HOUR,
    )
    later = NOW + 2 * HOUR
    given = replace(own, id=uow.new_id(), person="web:cleo", due_at=later, next_at=later)
    cleos = replace(own, id=uow.new_id(), person="web:cleo", author="web:cleo", due_at=NOW, next_at=NOW)
    for each in (own, given, cleos):
        uow.reminders.add(each)
    return [own, given, cleos]


async def due(storage: Storage, after: timedelta) -> list[Reminder]:
    return list(await storage.read(lambda uow: uow.reminders.due(NOW + after, limit=9)))


async def test_reminders_are_kept_whole_and_found_by_whom_they_concern(storage: Storage) -> None:
    own, given, cleos = await storage.run(some)
    assert await storage.read(lambda uow: uow.reminders.get(own.id)) == own
    assert await storage.read(lambda uow: uow.reminders.get(own.id + 7)) is None
    assert await storage.read(lambda uow: uow.reminders.waiting_of("web:bo")) == [own, given]
    assert await storage.read(lambda uow: uow.reminders.waiting_of("web:cleo")) == [cleos, given]


async def test_they_are_due_by_desk_time_until_they_are_told_or_ended(storage: Storage) -> None:
    own, given, cleos = await storage.run(some)
    assert await due(storage, HOUR) == [cleos, own]
    await storage.run(lambda uow: uow.reminders.save(cleos.told(at=NOW)))
    await storage.run(lambda uow: uow.reminders.save(given.ended(at=NOW)))
    put_off = own.put_off(at=NOW + HOUR)
    await storage.run(lambda uow: uow.reminders.save(put_off))
    assert await due(storage, HOUR) == []
    assert await due(storage, HOUR + LOOKED_AGAIN) == [put_off]
    assert await storage.read(lambda uow: uow.reminders.waiting_of("web:cleo")) == []
    again = cleos.told(at=NOW).moved(NOW + HOUR, at=NOW, words="Größe 8")
    await storage.run(lambda uow: uow.reminders.save(again))
    assert await due(storage, HOUR) == [again]


async def test_what_was_told_or_ended_long_ago_is_forgotten(storage: Storage) -> None:
    own, given, cleos = await storage.run(some)
    await storage.run(lambda uow: uow.reminders.save(cleos.told(at=NOW)))
    await storage.run(lambda uow: uow.reminders.save(given.ended(at=NOW + HOUR)))
    await storage.run(lambda uow: uow.reminders.forget_before(NOW + HOUR))
    left = await storage.read(lambda uow: [uow.reminders.get(each.id) for each in (own, given, cleos)])
    assert [each is not None for each in left] == [True, True, False]


async def test_a_morning_is_told_once_a_day_and_days_go_forward_only(storage: Storage) -> None:
    bo = MorningMessage(person="web:bo", minute=510)
    cleo = MorningMessage(person="web:cleo", told=date(2026, 3, 2))
    for each in (cleo, bo):
        await _put(storage, each)
    assert await storage.read(lambda uow: uow.morning_messages.everybody()) == [bo, cleo]

    async def tells(day: int) -> bool:
        return await storage.run(lambda uow: uow.morning_messages.tell("web:bo", day=date(2026, 3, day)))

    assert [await tells(2), await tells(2), await tells(3), await tells(2)] == [True, False, True, False]
    told = await storage.read(lambda uow: uow.morning_messages.of("web:bo"))
    assert told == replace(bo, told=date(2026, 3, 3))
    await _put(storage, MorningMessage(person="web:bo"))
    assert await storage.read(lambda uow: uow.morning_messages.of("web:bo")) == MorningMessage(
        person="web:bo"
    )
    await storage.run(lambda uow: uow.morning_messages.remove("web:bo"))
    assert await storage.read(lambda uow: uow.morning_messages.everybody()) == [cleo]


async def _put(storage: Storage, message: MorningMessage) -> None:
    await storage.run(lambda uow: uow.morning_messages.put(message))


async def test_snoozed_tickets_are_left_out_and_found_when_their_time_is_over(storage: Storage) -> None:
    def tickets(uow: UnitOfWork) -> tuple[Ticket, Ticket, Ticket]:
        return (
            a_numbered_ticket(uow),
            a_numbered_ticket(uow, snoozed_until=NOW + HOUR, snoozed_by="web:bo"),
            a_numbered_ticket(uow, snoozed_until=NOW - HOUR, snoozed_by="web:cleo"),
        )

    awake, resting, over = await storage.run(tickets)

    async def listed(at: timedelta) -> list[int]:
        wanted = TicketFilter(awake_at=NOW + at)
        return sorted(each.id for each in await storage.read(lambda uow: uow.tickets.search(wanted)))

    assert await listed(timedelta()) == sorted([awake.id, over.id])
    assert await listed(HOUR) == sorted([awake.id, resting.id, over.id])
    assert await storage.read(lambda uow: uow.tickets.snooze_over(NOW, limit=9)) == [over.id]
    assert await storage.read(lambda uow: uow.tickets.snooze_over(NOW + HOUR, limit=1)) == [over.id]
    assert await storage.read(lambda uow: uow.tickets.get(resting.id)) == resting

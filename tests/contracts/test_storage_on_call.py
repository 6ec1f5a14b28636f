"""What every storage promises about escalations under way, those who cover for others, and those who are away."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.escalations.escalation import Escalation
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Shift
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket, a_timer

MINUTE = timedelta(minutes=1)


def an_escalation(uow: UnitOfWork, ticket: Ticket, *, next_in: timedelta | None = MINUTE) -> Escalation:
    timer = a_timer(uow, ticket)
    made = Escalation(
        id=uow.new_id(),
        ticket_id=ticket.id,
        timer_id=timer.id,
        stage=1,
        is_breach=True,
        began_at=NOW,
        waiting_since=NOW,
        next_at=None if next_in is None else NOW + next_in,
    )
    uow.escalations.add(made)
    return made


async def test_a_step_plan_is_kept_with_all_that_became_of_it(storage: Storage) -> None:
    made = await storage.run(lambda uow: an_escalation(uow, a_numbered_ticket(uow)))
    assert await storage.read(lambda uow: uow.escalations.of_ticket(made.ticket_id)) == [made]

    changed = replace(
        made,
        climbed=2,
        waited=timedelta(seconds=90),
        waiting_since=None,
        next_at=None,
        acknowledged_by="web:ben",
        acknowledged_at=NOW + MINUTE,
        snoozed_until=NOW + 2 * MINUTE,
        snooze_reason="the vendor calls back \0",
        ended_at=NOW + 3 * MINUTE,
    )
    await storage.run(lambda uow: uow.escalations.save(changed))

    (found,) = await storage.read(lambda uow: uow.escalations.of_ticket(made.ticket_id))
    assert found == replace(changed, snooze_reason="the vendor calls back \N{REPLACEMENT CHARACTER}")


async def test_only_step_plans_that_are_not_over_are_under_way(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, list[Escalation]]:
        ticket, other = a_numbered_ticket(uow), a_numbered_ticket(uow)
        over = an_escalation(uow, ticket)
        going_on = an_escalation(uow, ticket)
        an_escalation(uow, other)
        uow.escalations.save(replace(over, ended_at=NOW))
        return ticket.id, [going_on]

    ticket, expected = await storage.run(work)

    assert await storage.read(lambda uow: uow.escalations.under_way([ticket])) == expected
    assert await storage.read(lambda uow: uow.escalations.under_way([])) == []


async def test_tickets_whose_next_step_has_come_are_locked_soonest_first(storage: Storage) -> None:
    def make(uow: UnitOfWork) -> list[int]:
        tickets = [a_numbered_ticket(uow) for _ in range(4)]
        an_escalation(uow, tickets[0], next_in=3 * MINUTE)
        an_escalation(uow, tickets[1], next_in=MINUTE)
        an_escalation(uow, tickets[1], next_in=2 * MINUTE)
        an_escalation(uow, tickets[2], next_in=None)
        an_escalation(uow, tickets[3], next_in=9 * MINUTE)
        return [ticket.id for ticket in tickets]

    ids = await storage.run(make)

    due = await storage.run(lambda uow: uow.escalations.lock_due_tickets(NOW + 3 * MINUTE, limit=10))
    assert [ticket.id for ticket in due] == [ids[1], ids[0]]
    first = await storage.run(lambda uow: uow.escalations.lock_due_tickets(NOW + 3 * MINUTE, limit=1))
    assert [ticket.id for ticket in first] == [ids[1]]


async def test_covers_are_told_oldest_first_until_they_end(storage: Storage) -> None:
    early = Shift(person="web:ben", begins=NOW, ends=NOW + 2 * MINUTE)
    late = Shift(person="web:ana", begins=NOW + MINUTE, ends=NOW + 3 * MINUTE)

    def work(uow: UnitOfWork) -> None:
        uow.covers.add("network", early, made_by="web:lea")
        uow.covers.add("network", late, made_by="web:lea")
        uow.covers.add("servers", early, made_by="web:lea")

    await storage.run(work)

    network = await storage.read(lambda uow: uow.covers.of("network", since=NOW))
    assert [(each.person, each.begins, each.ends, each.made_by) for each in network] == [
        (each.person, each.begins, each.ends, "web:lea") for each in (early, late)
    ]
    later = await storage.read(lambda uow: uow.covers.of("network", since=NOW + 2 * MINUTE))
    assert later == network[1:]
    assert await storage.read(lambda uow: uow.covers.of("unknown", since=NOW)) == []


async def test_a_cover_that_is_taken_back_holds_no_longer_and_one_to_come_never_does(
    storage: Storage,
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.covers.add(
            "network", Shift(person="web:ben", begins=NOW, ends=NOW + 9 * MINUTE), made_by="web:lea"
        )
        uow.covers.add(
            "network",
            Shift(person="web:ana", begins=NOW + 5 * MINUTE, ends=NOW + 9 * MINUTE),
            made_by="web:lea",
        )

    def take_back(uow: UnitOfWork) -> None:
        for cover in uow.covers.of("network", since=NOW):
            uow.covers.end(cover, at=NOW + MINUTE)

    await storage.run(work)
    await storage.run(take_back)

    (left,) = [
        each
        for each in await storage.read(lambda uow: uow.covers.of("network", since=NOW))
        if each.begins < each.ends
    ]
    assert (left.person, left.ends) == ("web:ben", NOW + MINUTE)
    assert await storage.read(lambda uow: uow.covers.of("network", since=NOW + MINUTE)) == []


async def test_somebody_is_away_several_times_and_the_last_word_counts_of_each(storage: Storage) -> None:
    first = Absence(person="web:ana", since=NOW, until=NOW + MINUTE, reason="lunch")
    longer = Absence(person="web:ana", since=NOW, until=NOW + 9 * MINUTE, reason="sick", is_by_lead=True)
    again = Absence(person="web:ana", since=NOW + 20 * MINUTE, until=NOW + 30 * MINUTE)
    later = Absence(person="web:ben", since=NOW + 5 * MINUTE, until=NOW + 9 * MINUTE)

    def work(uow: UnitOfWork) -> None:
        for absence in (again, first, longer, later):
            uow.absences.put(absence)

    await storage.run(work)

    assert await storage.read(lambda uow: uow.absences.since(NOW)) == [longer, again, later]
    await storage.run(lambda uow: uow.absences.end(longer))
    assert await storage.read(lambda uow: uow.absences.since(NOW + 2 * MINUTE)) == [again, later]
    assert await storage.read(lambda uow: uow.absences.since(NOW + 9 * MINUTE)) == [again]
    assert await storage.read(lambda uow: uow.absences.since(NOW + 30 * MINUTE)) == []


async def test_what_is_watched_is_told_by_whoever_knows_what_was_told_last(storage: Storage) -> None:
    tell = [
        await storage.run(lambda uow: uow.watches.tell("queue:it", was="", told="2")),
        await storage.run(lambda uow: uow.watches.tell("queue:it", was="", told="3")),
        await storage.run(lambda uow: uow.watches.tell("queue:it", was="2", told="4")),
        await storage.run(lambda uow: uow.watches.tell("rota:nights", was="2", told="4")),
    ]

    assert tell == [True, False, True, False]
    assert await storage.read(lambda uow: uow.watches.all()) == {"queue:it": "4"}


async def test_of_two_that_tell_the_same_at_once_one_does(storage: Storage) -> None:
    told = await asyncio.gather(
        *(storage.run(lambda uow: uow.watches.tell("queue:it", was="", told="2")) for _ in range(8))
    )

    assert told.count(True) == 1


async def test_the_messages_that_told_of_a_step_plan_are_noted_in_order(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        made = [an_escalation(uow, a_numbered_ticket(uow)).id for _ in range(2)]
        uow.escalations.note_told(made, key='alarm:"1"')
        uow.escalations.note_told(made[:1], key="alarm:2")
        return made

    first, second = await storage.run(work)
    found = await storage.read(lambda uow: uow.escalations.get_many([first, second, 7]))
    assert found[first].told == ('alarm:"1"', "alarm:2")
    assert found[second].told == ('alarm:"1"',)
    assert sorted(found) == sorted([first, second])

"""What every storage promises about tickets and the transaction itself, on each database."""

import asyncio
from dataclasses import MISSING, Field, fields
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.errors import TicketNotFound
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Priority, Status, Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import (
    ANA,
    HELP,
    LEASE,
    NOW,
    a_conversation,
    a_message,
    a_numbered_ticket,
    a_ticket,
    take_in,
)


async def test_a_ticket_comes_back_as_it_was_written(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> Ticket:
        return a_numbered_ticket(
            uow,
            priority=Priority.URGENT,
            language="de",
            sla_policy="standard",
            sla_policy_copy=uow.sla_timers.copy_policy({"name": "standard"}),
            follows=a_numbered_ticket(uow).id,
            status=Status.PENDING,
            assignee="web:bo",
            tags=("vpn", "größe"),
            inbox="help",
            is_private=True,
            why_here=sentence(
                "team.why_rule", rule="laptops", finding=sentence("routing.word", text="laptop")
            ),
            first_replied_at=NOW + timedelta(microseconds=1),
            awaits_reply_since=NOW + timedelta(microseconds=2),
            last_update_at=NOW + timedelta(microseconds=3),
            fields={"category": 'Härd"ware', "asset_tag": "4711"},
            resolved_at=NOW + timedelta(days=1),
            closed_at=NOW + timedelta(days=2),
            sla_stage=2,
            is_warned=True,
            community="gamers",
            due_at=NOW + timedelta(hours=3),
            opening=uow.new_id(),
            worked=timedelta(minutes=85),
            snoozed_until=NOW + timedelta(days=3),
            snoozed_by="web:bo",
            merged_into=a_numbered_ticket(uow).id,
            has_duplicates=True,
            is_unhappy=True,
        )

    ticket = await storage.run(work)

    unset = [each.name for each in fields(Ticket) if _is_unset(ticket, each)]
    assert unset == ["version"], "name every field of a ticket above, so that storage is seen to keep it"
    assert await storage.read(lambda uow: uow.tickets.get(ticket.id)) == ticket


def _is_unset(ticket: Ticket, of: "Field[Any]") -> bool:
    default = of.default_factory() if of.default_factory is not MISSING else of.default
    return bool(getattr(ticket, of.name) == default)


async def test_a_ticket_continues_the_one_it_follows(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, int | None]:
        first = a_numbered_ticket(uow)
        second = a_numbered_ticket(uow, follows=first.id)
        return first.id, uow.tickets.get(second.id).follows

    first, follows = await storage.run(work)

    assert follows == first


async def test_numbers_count_up_from_one_for_each_prefix(storage: Storage) -> None:
    async def number(prefix: str) -> int | None:
        return (await storage.run(lambda uow: a_numbered_ticket(uow, prefix=prefix))).number

    assert [await number(prefix) for prefix in ("IT", "IT", "HR", "IT")] == [1, 2, 1, 3]


async def test_a_transaction_that_fails_leaves_nothing_and_no_gap_in_the_numbers(storage: Storage) -> None:
    def fails(uow: UnitOfWork) -> None:
        a_numbered_ticket(uow)
        raise ZeroDivisionError

    await storage.run(a_numbered_ticket)
    with pytest.raises(ZeroDivisionError):
        await storage.run(fails)
    after = await storage.run(a_numbered_ticket)

    assert after.number == 2
    assert await storage.read(lambda uow: uow.tickets.count_by_status()) == {("it", None, Status.NEW): 2}


async def test_a_failed_write_is_told_by_the_transaction_that_made_it(storage: Storage) -> None:
    ticket = await storage.run(a_numbered_ticket)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await storage.run(lambda uow: uow.tickets.add(a_ticket(uow, id=ticket.id)))

    assert (await storage.run(a_numbered_ticket)).number == 2


async def test_people_find_a_ticket_by_its_number_in_any_letter_case(storage: Storage) -> None:
    ticket = await storage.run(a_numbered_ticket)
    await storage.run(lambda uow: a_numbered_ticket(uow, prefix="HR"))

    assert await storage.read(lambda uow: uow.tickets.find("it", 1)) == ticket
    assert await storage.read(lambda uow: uow.tickets.find("XX", 1)) is None
    assert await storage.read(lambda uow: uow.tickets.find("IT", 7)) is None


async def test_a_saved_ticket_has_the_next_version(storage: Storage) -> None:
    ticket = await storage.run(a_numbered_ticket)

    def claim(uow: UnitOfWork) -> None:
        locked = uow.tickets.lock(ticket.id)
        locked.claim(actor="web:bo", at=NOW)
        uow.tickets.save(locked)

    await storage.run(claim)
    after = await storage.read(lambda uow: uow.tickets.get(ticket.id))

    assert (after.assignee, after.status, after.version, after.number) == ("web:bo", Status.OPEN, 2, 1)


async def test_a_ticket_that_is_not_there_is_said_so(storage: Storage) -> None:
    with pytest.raises(TicketNotFound):
        await storage.run(lambda uow: uow.tickets.lock(5))
    with pytest.raises(TicketNotFound):
        await storage.read(lambda uow: uow.tickets.get(5))


async def test_a_list_shows_what_is_due_first_and_what_waits_for_others_last(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for subject, team, known in QUEUED:
            a_numbered_ticket(uow, subject=subject, team=team, **known)

    await storage.run(work)
    everything = TicketFilter(statuses=frozenset(Status))
    both, one = TicketFilter(teams=frozenset({"it", "hr"})), TicketFilter(teams=frozenset({"it"}))

    assert await subjects(storage, everything) == [each[0] for each in QUEUED]
    assert await subjects(storage, both) == [each[0] for each in QUEUED[:-2]]
    assert await subjects(storage, both, limit=3, offset=2) == [each[0] for each in QUEUED[2:5]]
    assert await subjects(storage, both, limit=3, offset=len(QUEUED)) == []
    assert await subjects(storage, one, limit=2, offset=1) == ["urgent", "sooner"]
    assert await storage.read(lambda uow: uow.tickets.count(both)) == len(QUEUED) - 2


async def test_the_oldest_of_some_tickets_is_known_by_its_time(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        for hours in (2, 1, 3):
            a_numbered_ticket(uow, opened_at=NOW + timedelta(hours=hours))

    await storage.run(work)
    oldest, nothing = TicketFilter(), TicketFilter(teams=frozenset({"hr"}))
    assert await storage.read(lambda uow: uow.tickets.oldest_opened_at(oldest)) == NOW + timedelta(hours=1)
    assert await storage.read(lambda uow: uow.tickets.oldest_opened_at(nothing)) is None


QUEUED: list[tuple[str, str, dict[str, Any]]] = [
    ("overdue", "it", {"due_at": NOW - timedelta(days=2), "priority": Priority.LOW}),
    ("due", "hr", {"due_at": NOW + timedelta(days=2)}),
    ("urgent", "it", {"priority": Priority.URGENT, "opened_at": NOW}),
    ("high", "hr", {"priority": Priority.HIGH}),
    ("sooner", "it", {"opened_at": NOW - timedelta(days=9)}),
    ("later", "it", {"opened_at": NOW - timedelta(days=8)}),
    ("low", "hr", {"priority": Priority.LOW, "opened_at": NOW - timedelta(days=10)}),
    ("waits, overdue", "hr", {"status": Status.ON_HOLD, "due_at": NOW - timedelta(days=3)}),
    ("waits", "it", {"status": Status.PENDING, "priority": Priority.URGENT}),
    ("closed today", "it", {"status": Status.CLOSED, "updated_at": NOW}),
    ("closed before", "it", {"status": Status.RESOLVED, "updated_at": NOW - timedelta(days=1)}),
]
"""In the order in which a list shows them."""


async def subjects(storage: Storage, wanted: TicketFilter, **page: int) -> list[str]:
    found = await storage.read(lambda uow: uow.tickets.search(wanted, **page))
    return [ticket.subject for ticket in found]


FILTERS: list[tuple[TicketFilter, set[str]]] = [
    (TicketFilter(), {"free", "bo's", "hr"}),
    (TicketFilter(teams=frozenset({"hr"})), {"hr"}),
    (TicketFilter(teams=frozenset()), set()),
    (TicketFilter(assignee="web:bo"), {"bo's"}),
    (TicketFilter(is_unassigned=True), {"free", "hr"}),
    (TicketFilter(requester="web:cy"), {"hr"}),
    (TicketFilter(statuses=frozenset({Status.RESOLVED, Status.CLOSED})), {"done", "old"}),
    (TicketFilter(statuses=frozenset({Status.RESOLVED, Status.NEW})), {"free", "hr", "done", "old"}),
    (TicketFilter(statuses=frozenset(Status) - {Status.CLOSED}), {"free", "bo's", "hr", "done", "old"}),
    (TicketFilter(requesters=frozenset({"web:cy", "web:dee"}), statuses=frozenset(Status)), {"hr"}),
    (TicketFilter(origin=ChannelRef("chat", "help-it")), set()),
    (TicketFilter(origin=ChannelRef("web", "lounge")), {"hr"}),
    (TicketFilter(opened_since=NOW), {"free", "hr"}),
    (TicketFilter(opened_since=NOW, statuses=frozenset(Status)), {"free", "hr", "done"}),
    (TicketFilter(due_before=NOW), {"free"}),
    (TicketFilter(due_before=NOW - timedelta(microseconds=1)), set()),
    (TicketFilter(due_after=NOW), {"bo's"}),
    (TicketFilter(due_after=NOW, due_before=NOW + timedelta(minutes=59)), set()),
    (TicketFilter(due_before=NOW, statuses=frozenset(Status)), {"free", "done"}),
    (TicketFilter(is_warned=True, teams=frozenset({"it", "hr"}), due_after=NOW), {"bo's"}),
    (TicketFilter(among=frozenset()), set()),
    (TicketFilter(holding="FRE"), {"free"}),
    (TicketFilter(holding="it-3"), {"hr"}),
    (TicketFilter(holding="o's", teams=frozenset({"it"})), {"bo's"}),
    (TicketFilter(holding="d%"), set()),
    (TicketFilter(holding="d_ne", statuses=frozenset(Status)), set()),
    (TicketFilter(holding="dóne", statuses=frozenset(Status)), {"done"}),
    (TicketFilter(holding="\\"), set()),
    (TicketFilter(holding="re\0"), {"free"}),
]


@pytest.mark.parametrize(("wanted", "subjects"), FILTERS)
async def test_a_filter_finds_exactly_its_tickets(
    storage: Storage, wanted: TicketFilter, subjects: set[str]
) -> None:
    def work(uow: UnitOfWork) -> None:
        a_numbered_ticket(uow, subject="free", due_at=NOW)
        a_numbered_ticket(
            uow,
            subject="bo's",
            assignee="web:bo",
            due_at=NOW + timedelta(hours=1),
            status=Status.OPEN,
            is_warned=True,
            opened_at=NOW - timedelta(microseconds=1),
        )
        a_numbered_ticket(
            uow, subject="hr", team="hr", requester="web:cy", origin=ChannelRef("web", "lounge")
        )
        a_numbered_ticket(uow, subject="done", status=Status.RESOLVED, resolved_at=NOW, due_at=NOW)
        old = NOW - timedelta(days=9)
        a_numbered_ticket(
            uow, subject="old", status=Status.RESOLVED, resolved_at=old, assignee="web:bo", opened_at=old
        )

    await storage.run(work)
    found = await storage.read(lambda uow: uow.tickets.search(wanted))

    assert {ticket.subject for ticket in found} == subjects


async def test_live_tickets_are_counted_for_everybody_asked_for(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_numbered_ticket(uow, assignee="web:bo")
        a_numbered_ticket(uow, assignee="web:bo", status=Status.ON_HOLD)
        a_numbered_ticket(uow, assignee="web:bo", status=Status.CLOSED)
        a_numbered_ticket(uow, assignee="web:di")

    await storage.run(work)
    live = await storage.read(lambda uow: uow.tickets.count_live_by_assignee(["web:bo", "web:cy"]))

    assert live == {"web:bo": 2, "web:cy": 0}


async def test_the_turn_goes_by_the_newest_assigned_ticket_of_the_team(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> None:
        a_numbered_ticket(uow, assignee="web:bo")
        a_numbered_ticket(uow, assignee="web:cy")
        a_numbered_ticket(uow)
        a_numbered_ticket(uow, team="hr", assignee="web:di")

    assert await storage.read(lambda uow: uow.tickets.last_assignee("it")) is None
    await storage.run(work)

    assert await storage.read(lambda uow: uow.tickets.last_assignee("it")) == "web:cy"


async def test_reading_may_not_write(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="may not write"):
        await storage.read(a_numbered_ticket)


async def test_a_wait_given_up_does_not_break_the_next_transaction(storage: Storage) -> None:
    waiting = asyncio.ensure_future(storage.run(a_numbered_ticket))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    ticket = await storage.run(a_numbered_ticket)

    assert ticket.number in (1, 2)


async def test_delivery_is_woken_on_the_loop_after_a_commit_with_something_to_deliver(
    storage: Storage,
) -> None:
    woken = asyncio.Event()
    storage.on_commit(woken.set)
    await asyncio.sleep(0.2)  # a listener that has just connected wakes once
    woken.clear()

    def works(uow: UnitOfWork) -> None:
        channel = uow.conversations.of_channel(HELP)
        uow.outbox.put_once(RowKind.ALERT, conversation=channel.id, key="late", payload={}, now=NOW)

    def fails(uow: UnitOfWork) -> None:
        works(uow)
        raise ZeroDivisionError

    await storage.run(a_numbered_ticket)
    with pytest.raises(ZeroDivisionError):
        await storage.run(fails)
    await asyncio.sleep(0.1)
    assert not woken.is_set()

    await storage.run(works)
    await asyncio.wait_for(woken.wait(), 5)


async def test_somebodys_newest_ticket_of_a_channel_is_found(storage: Storage) -> None:
    elsewhere = ChannelRef("web", "help-hr")

    def work(uow: UnitOfWork) -> list[int | None]:
        a_numbered_ticket(uow)
        newest = a_numbered_ticket(uow)
        a_numbered_ticket(uow, origin=elsewhere)
        a_numbered_ticket(uow, requester="web:bo")
        found = [uow.tickets.newest_of(ANA.key, HELP), uow.tickets.newest_of("web:cleo", HELP)]
        return [newest.id, *(each.id if each else None for each in found)]

    newest, found, nothing = await storage.run(work)

    assert (found, nothing) == (newest, None)


async def test_a_message_moves_to_another_ticket_with_its_history(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> tuple[int, int, int]:
        first, second = a_numbered_ticket(uow), a_numbered_ticket(uow)
        message = a_message(uow, first)
        message.ticket_id = second.id
        message.said_in = a_conversation(uow, second).id
        uow.messages.move(message)
        return first.id, second.id, message.id

    first, second, message = await storage.run(work)

    assert await storage.read(lambda uow: uow.messages.of_ticket(first)) == []
    (moved,) = await storage.read(lambda uow: uow.messages.of_ticket(second))
    assert moved.id == message
    assert len(await storage.read(lambda uow: uow.messages.history(message))) == 1


async def test_a_request_asks_for_its_acknowledgement_and_its_card_at_once(storage: Storage) -> None:
    opened = await storage.run(lambda uow: take_in(uow, "m1"))

    rows = await storage.run(lambda uow: uow.outbox.claim(limit=10, lease=LEASE))

    assert [row.kind for row in rows] == [RowKind.ACKNOWLEDGEMENT, RowKind.CARD]
    assert [row.conversation for row in rows] == [opened.asked, opened.team]


async def test_walking_page_by_page_meets_each_ticket_once(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        made = [a_numbered_ticket(uow, team=team).id for team in ("it", "hr", "it", "it", "it")]
        a_numbered_ticket(uow, status=Status.CLOSED)
        return [made[index] for index in (0, 2, 3, 4)]

    expected = await storage.run(work)
    wanted, met, after = TicketFilter(teams=frozenset({"it"})), [], 0
    while page := await storage.read(lambda uow: uow.tickets.walk(wanted, after=after, limit=3)):  # noqa: B023
        met += [ticket.id for ticket in page]
        after = page[-1].id

    assert met == sorted(expected)
    assert await storage.read(lambda uow: uow.tickets.count(wanted)) == 4


async def test_all_tickets_are_named_with_those_that_changed_last_first(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        made = [a_numbered_ticket(uow, updated_at=NOW + timedelta(minutes=age)) for age in (3, 9, 1, 9)]
        a_numbered_ticket(uow, status=Status.CLOSED, updated_at=NOW + timedelta(days=1))
        return [each.id for each in made]

    first, second, third, fourth = await storage.run(work)
    wanted = TicketFilter(statuses=frozenset({Status.NEW, Status.OPEN}))

    named = await storage.read(lambda uow: uow.tickets.last_changed(wanted))

    assert named == [fourth, second, first, third]
    assert await storage.read(lambda uow: uow.tickets.last_changed(wanted, limit=2)) == named[:2]

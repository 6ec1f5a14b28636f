"""What every storage promises about lists by filters: their order, how far they are counted, who locks the first."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.search.query import Criterion, FilterName, SearchOrder, SlaState, TicketState, TimeWindow
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.search import TicketCount, TicketSearch
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW, a_numbered_ticket

BO = Visibility(
    person="web:bo",
    teams=frozenset({"it", "network"}),
    known_teams=frozenset({"it", "network", "people"}),
    sees_everywhere=True,
)
HOUR = timedelta(hours=1)


def where(*criteria: tuple[FilterName, str]) -> TicketSearch:
    return TicketSearch(
        now=NOW, criteria=tuple(Criterion(name=name, values=(value,)) for name, value in criteria)
    )


OWN_TEAMS = Criterion(name=FilterName.TEAM, values=("it", "network"))
LATER_EXCLUDED = Criterion(name=FilterName.DUE, window=TimeWindow(since=NOW), is_excluded=True)
UNASSIGNED = Criterion(name=FilterName.IS, values=(TicketState.UNASSIGNED,))


def desk(uow: UnitOfWork) -> None:
    """IT-1 … IT-8, by what is due of them."""
    overdue_answered = {"due_at": NOW - HOUR, "is_warned": True, "first_replied_at": NOW - 2 * HOUR}
    for number, fields in enumerate(
        (
            {"priority": Priority.LOW, "opened_at": NOW - 9 * HOUR},
            {"priority": Priority.URGENT, "opened_at": NOW - HOUR},
            {"priority": Priority.URGENT, "opened_at": NOW - 2 * HOUR, "team": "network"},
            {"due_at": NOW + HOUR, "is_warned": True, "priority": Priority.LOW},
            overdue_answered,
            {"due_at": NOW, "is_warned": True, "priority": Priority.LOW, "team": "network"},
            {"due_at": NOW - HOUR, "status": Status.CLOSED},
            {"due_at": NOW - HOUR, "is_warned": True, "status": Status.OPEN, "assignee": "web:cleo"},
            {"due_at": NOW - HOUR, "status": Status.ON_HOLD, "team": "people"},
        ),
        start=1,
    ):
        ticket = a_numbered_ticket(uow, **{"opened_at": NOW - 3 * HOUR, **fields})
        assert ticket.number == number


async def numbers(
    storage: Storage, wanted: TicketSearch, *, order: SearchOrder, offset: int = 0
) -> list[int | None]:
    page = await storage.read(
        lambda uow: uow.search.find(wanted, visibility=BO, order=order, limit=20, offset=offset)
    )
    assert page.count == await storage.read(lambda uow: uow.search.count(wanted, visibility=BO).count)
    return [each.number for each in page.tickets]


async def test_next_are_overdue_first_responses_then_at_risk_then_priority_then_the_oldest(
    storage: Storage,
) -> None:
    await storage.run(desk)
    wanted = TicketSearch(now=NOW, criteria=(OWN_TEAMS, UNASSIGNED))
    assert await numbers(storage, wanted, order=SearchOrder.NEXT) == [6, 5, 4, 3, 2, 1]


async def test_several_teams_queues_are_one_list_by_what_is_due(storage: Storage) -> None:
    await storage.run(desk)
    wanted = TicketSearch(now=NOW, criteria=(OWN_TEAMS, UNASSIGNED))
    assert await numbers(storage, wanted, order=SearchOrder.DUE) == [5, 6, 4, 3, 2, 1]
    assert await numbers(storage, wanted, order=SearchOrder.DUE, offset=4) == [2, 1]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (where((FilterName.SLA, SlaState.OVERDUE)), {5, 6, 8, 9}),
        (where((FilterName.SLA, SlaState.AT_RISK)), {4}),
        (where((FilterName.IS, TicketState.OPEN), (FilterName.TEAM, "network")), {3, 6}),
        (where((FilterName.STATUS, "on-hold")), {9}),
        (
            TicketSearch(
                now=NOW,
                criteria=(
                    Criterion(name=FilterName.DUE, window=TimeWindow(since=NOW, until=NOW + 2 * HOUR)),
                ),
            ),
            {4, 6},
        ),
        (TicketSearch(now=NOW, criteria=(LATER_EXCLUDED, OWN_TEAMS, UNASSIGNED)), {1, 2, 3, 5}),
    ],
)
async def test_filters_of_time_and_state_find_what_they_say(
    storage: Storage, wanted: TicketSearch, found: set[int]
) -> None:
    await storage.run(desk)
    assert set(await numbers(storage, wanted, order=SearchOrder.DUE)) == found


async def test_at_risk_is_what_people_were_warned_of_and_not_what_is_overdue_or_past_half(
    storage: Storage,
) -> None:
    def make(uow: UnitOfWork) -> None:
        for fields in (
            {"due_at": NOW + 2 * HOUR, "is_warned": True},
            {"due_at": NOW + HOUR, "sla_stage": 1},
            {"due_at": NOW + HOUR, "is_warned": True, "team": "network"},
            {"due_at": NOW + HOUR, "is_warned": True, "status": Status.ON_HOLD},
            {"due_at": NOW, "is_warned": True},
            {"due_at": NOW - HOUR, "status": Status.PENDING, "team": "network"},
        ):
            a_numbered_ticket(uow, **fields)

    await storage.run(make)
    risky = Criterion(name=FilterName.SLA, values=(SlaState.AT_RISK,))
    either = Criterion(name=FilterName.SLA, values=(SlaState.AT_RISK, SlaState.OVERDUE))
    of_teams = TicketSearch(now=NOW, criteria=(OWN_TEAMS, either))
    assert await numbers(storage, TicketSearch(now=NOW, criteria=(risky,)), order=SearchOrder.DUE) == [
        3,
        1,
        4,
    ]
    assert await numbers(storage, of_teams, order=SearchOrder.DUE) == [5, 3, 1, 6, 4]
    assert await numbers(storage, of_teams, order=SearchOrder.DUE, offset=3) == [6, 4]
    assert await numbers(storage, of_teams, order=SearchOrder.NEWEST) == [6, 5, 4, 3, 1]
    others = TicketSearch(now=NOW, criteria=(OWN_TEAMS, replace(either, is_excluded=True)))
    assert await numbers(storage, others, order=SearchOrder.DUE) == [2]


async def test_pending_tickets_of_several_teams_are_one_list_by_age(storage: Storage) -> None:
    def make(uow: UnitOfWork) -> None:
        for hours, team in ((3, "it"), (5, "network"), (1, "it"), (4, "people"), (2, "network")):
            a_numbered_ticket(uow, status=Status.PENDING, team=team, opened_at=NOW - hours * HOUR)
        a_numbered_ticket(uow, status=Status.OPEN, opened_at=NOW - 9 * HOUR)

    await storage.run(make)
    pending = Criterion(name=FilterName.STATUS, values=("pending",))
    wanted = TicketSearch(now=NOW, criteria=(OWN_TEAMS, pending))
    assert await numbers(storage, wanted, order=SearchOrder.OLDEST) == [2, 1, 5, 3]
    assert await numbers(storage, wanted, order=SearchOrder.NEWEST) == [3, 5, 1, 2]
    assert await numbers(storage, wanted, order=SearchOrder.OLDEST, offset=2) == [5, 3]


async def test_followed_are_those_that_this_person_follows_and_may_see(storage: Storage) -> None:
    ids = await storage.run(
        lambda uow: [a_numbered_ticket(uow, team="people", is_private=each).id for each in (False, True)]
    )
    wanted = where((FilterName.IS, TicketState.FOLLOWED))
    follower = Visibility(
        person="web:bo",
        teams=frozenset({"it"}),
        known_teams=frozenset({"it", "people"}),
        sees_everywhere=True,
        followed=frozenset(ids[1:]),
    )

    def found(uow: UnitOfWork, visibility: Visibility) -> list[int]:
        return [
            each.id for each in uow.search.find(wanted, visibility=visibility, order=SearchOrder.DUE).tickets
        ]

    assert await storage.read(lambda uow: found(uow, follower)) == ids[1:]
    assert await storage.read(lambda uow: found(uow, BO)) == []


async def test_no_more_is_counted_than_what_was_asked_for(storage: Storage) -> None:
    await storage.run(desk)
    wanted = where((FilterName.IS, TicketState.OPEN))

    def counted(uow: UnitOfWork, at_most: int) -> TicketCount:
        return uow.search.count(wanted, visibility=BO, at_most=at_most)

    for at_most, many, is_more in ((3, 3, True), (8, 8, False), (20, 8, False)):
        expected = TicketCount(count=many, is_more=is_more)
        assert await storage.read(partial(counted, at_most=at_most)) == expected


async def test_two_who_take_the_first_at_once_take_two_different_ones(storage: Storage) -> None:
    await storage.run(desk)
    wanted = TicketSearch(now=NOW, criteria=(OWN_TEAMS, UNASSIGNED))

    def take(uow: UnitOfWork) -> int | None:
        for waits in (False, True):
            first = uow.search.lock_first(wanted, visibility=BO, order=SearchOrder.NEXT, waits=waits)
            if first is not None:
                ticket = uow.tickets.lock(first)
                assert ticket.assignee is None
                ticket.claim(actor="web:bo", at=NOW)
                uow.tickets.save(ticket)
                return ticket.number
        return None

    taken = await asyncio.gather(*(storage.run(take) for _ in range(9)))
    assert sorted(each for each in taken if each is not None) == [1, 2, 3, 4, 5, 6]
    assert taken.count(None) == 3

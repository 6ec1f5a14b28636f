"""What a team is told of its staffing: only what is new, only while it is open, and worse news again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.directory import Person
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Every, Rota
from bot.ports.unit_of_work import UnitOfWork
from bot.services.on_call.staffing_findings import StaffingFinding, StaffingTopic, staffing_findings
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO, CLEO, MONDAY_9
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk

DAYS = Rota(
    name="days",
    zone=ZoneInfo("UTC"),
    people=(BO.key, CLEO.key),
    every=Every.DAY,
    starts=MONDAY_9.date(),
)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """The service desk hands over every midnight and minds requests that nobody claims for ten minutes."""
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], rota="days", unclaimed_after=timedelta(minutes=10))
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it}, rotas={"days": DAYS})
    await news(headless)
    return headless


async def news(desk: HeadlessDesk) -> list[StaffingTopic]:
    """What is told now and was not before."""

    def told(uow: UnitOfWork) -> Sequence[StaffingFinding]:
        found = list(staffing_findings(uow, desk.desk, now=desk.clock.now()))
        for each in found:
            uow.watches.tell(each.name, was=each.was, told=each.told)
        return found

    return [each.topic for each in await desk.storage.run(told) if each.topic is not None]


async def goes_away(desk: HeadlessDesk, *people: Person, hours: float) -> None:
    now = desk.clock.now()

    def away(uow: UnitOfWork) -> None:
        for each in people:
            uow.absences.put(Absence(person=each.key, since=now, until=now + timedelta(hours=hours)))

    await desk.storage.run(away)


async def test_a_hand_over_is_told_once_and_who_is_on_call_at_first_is_no_news(desk: HeadlessDesk) -> None:
    assert await news(desk) == []
    desk.clock.move(timedelta(days=1))
    assert await news(desk) == [StaffingTopic.ON_CALL]
    assert await news(desk) == []


async def test_that_nobody_will_be_on_call_is_told_and_also_that_somebody_is_again(
    desk: HeadlessDesk,
) -> None:
    await goes_away(desk, BO, CLEO, hours=4)
    assert await news(desk) == [StaffingTopic.EMPTY]
    assert await news(desk) == []
    desk.clock.move(timedelta(hours=5))
    assert StaffingTopic.FILLED in await news(desk)


async def test_unclaimed_requests_are_told_and_told_again_when_there_are_twice_as_many(
    desk: HeadlessDesk,
) -> None:
    async def one_more() -> list[StaffingTopic]:
        await desk.opens("One more mouse is dead")
        desk.clock.move(timedelta(minutes=11))
        return await news(desk)

    assert await one_more() == [StaffingTopic.UNCLAIMED]
    assert await one_more() == [StaffingTopic.UNCLAIMED]
    assert await one_more() == []
    assert await one_more() == [StaffingTopic.UNCLAIMED]
    for number in (1, 2, 3, 4):
        await desk.does(BO, actions.claim_ticket, number=number)
    assert await news(desk) == [StaffingTopic.CLAIMED]


async def test_a_request_that_was_given_back_has_waited_since_then(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, actions.claim_ticket)
    desk.clock.move(timedelta(minutes=30))
    await desk.does(BO, actions.release_ticket)
    assert await news(desk) == []
    desk.clock.move(timedelta(minutes=10))
    assert await news(desk) == [StaffingTopic.UNCLAIMED]


@pytest.mark.parametrize(("hours", "told"), [(20, []), (30, [StaffingTopic.AWAY])])
async def test_somebody_who_is_away_for_long_with_open_tickets_is_told(
    desk: HeadlessDesk, hours: float, told: list[StaffingTopic]
) -> None:
    await desk.opens()
    await desk.does(CLEO, actions.claim_ticket)
    await goes_away(desk, CLEO, hours=hours)
    assert [topic for topic in await news(desk) if topic is StaffingTopic.AWAY] == told


async def test_a_team_that_is_closed_is_told_nothing_until_it_opens(desk: HeadlessDesk) -> None:
    office = desk.desk.teams["people"].calendar
    it = replace(desk.desk.teams["it"], calendar=office)
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it})
    await desk.opens()
    desk.clock.move(timedelta(hours=12))
    assert await news(desk) == []
    desk.clock.move(timedelta(hours=12))
    assert StaffingTopic.UNCLAIMED in await news(desk)
    assert desk.clock.now().date() == date(2026, 3, 3)

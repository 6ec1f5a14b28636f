"""Cover: who is on call instead, and who is told so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.directory import Person
from bot.domain.on_call.rota import Every, Rota
from bot.services.context.context import Context
from bot.services.on_call.cover import arrange_cover, cancel_cover
from bot.services.on_call.roster import Roster
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk

TODAY = date(2026, 3, 2)
DAYS = Rota(name="days", zone=ZoneInfo("UTC"), people=(BO.key, CLEO.key), every=Every.DAY, starts=TODAY)
NOON, MIDNIGHT = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """Bo is on call today, Cleo tomorrow; Lee is of no rota."""
    everyday = everyday_desk()
    it = replace(everyday.teams["it"], rota="days")
    headless.desk = replace(everyday, teams={**everyday.teams, "it": it}, rotas={"days": DAYS})
    return headless


async def covers(
    desk: HeadlessDesk, who: Person, *, by: Person, begins: datetime = NOON, ends: datetime = MIDNIGHT
) -> list[str]:
    """Those in whose place somebody is put on call."""
    return await desk.works(
        by,
        lambda context: [each.name for each in arrange_cover(context, DAYS, who, begins=begins, ends=ends)],
    )


async def taken_back(desk: HeadlessDesk, *, by: Person) -> list[str]:
    """Those who are on call again."""

    def cancelled(context: Context) -> list[str]:
        (cover,) = context.uow.covers.of(DAYS.name, since=context.now)
        person = context.uow.people.find(cover.person)
        assert person is not None
        return [each.name for each in cancel_cover(context, DAYS, cover, person)]

    return await desk.works(by, cancelled)


async def on_call(desk: HeadlessDesk, *, at: datetime) -> str | None:
    def asked(context: Context) -> Person | None:
        return Roster(context.uow, context.desk, now=context.now).on_call(DAYS, at=at)

    person = await desk.works(LEE, asked)
    return person.name if person is not None else None


async def told(desk: HeadlessDesk) -> dict[str, str]:
    """The direct messages since the last look: to whom, and which."""
    return {each.channel: str(each.row.payload["sentence"]) for each in await desk.sent()}


async def test_who_covers_is_on_call_from_then_to_then_and_nobody_else_is(desk: HeadlessDesk) -> None:
    assert await covers(desk, LEE, by=BO) == ["Bo Berg"]
    before, at_the_end = NOON - timedelta(minutes=1), MIDNIGHT
    assert [await on_call(desk, at=at) for at in (before, NOON, at_the_end)] == [
        "Bo Berg",
        "Lee Lund",
        "Cleo Chen",
    ]


async def test_those_concerned_are_told_but_not_who_arranged_it(desk: HeadlessDesk) -> None:
    await covers(desk, LEE, by=BO)
    assert await told(desk) == {"web:@lee": "team.you_cover"}


async def test_a_lead_who_arranges_it_for_others_has_both_of_them_told(desk: HeadlessDesk) -> None:
    await covers(desk, CLEO, by=LEE)
    assert await told(desk) == {"web:@cleo": "team.you_cover", "web:@bo": "team.you_are_covered"}


async def test_cover_over_two_turns_relieves_both_but_nobody_of_their_own_turn(desk: HeadlessDesk) -> None:
    until_wednesday = MIDNIGHT + timedelta(days=1)
    assert await covers(desk, CLEO, by=LEE, ends=until_wednesday) == ["Bo Berg"]
    assert await covers(desk, LEE, by=LEE, begins=MIDNIGHT, ends=until_wednesday) == ["Cleo Chen"]


async def test_cancelled_the_turn_is_as_it_was_and_those_concerned_hear_of_it(desk: HeadlessDesk) -> None:
    await covers(desk, CLEO, by=LEE)
    await told(desk)
    assert await taken_back(desk, by=CLEO) == ["Bo Berg"]
    assert await on_call(desk, at=NOON) == "Bo Berg"
    assert await told(desk) == {"web:@bo": "team.cover_is_over"}

"""Forecasts of teams: days are those of the team's own zone, and its holidays count."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.calendars.calendar import Calendar
from bot.domain.desk import Desk
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.demand.forecasts import holidays_of, team_forecasts
from tests.storage.sample_rows import a_numbered_ticket
from tests.stories import desk_files

SYDNEY = ZoneInfo("Australia/Sydney")
MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 3, 31, 12, tzinfo=SYDNEY)
WEEKDAYS = dict.fromkeys(range(5), ((540, 1020),))


def desk(**special: Any) -> Desk:
    loaded = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
    calendar = Calendar(name="office", zone=SYDNEY, week=WEEKDAYS, special=special.get("special", {}))
    teams = {**loaded.teams, "it": replace(loaded.teams["it"], calendar=calendar)}
    return replace(loaded, teams=teams)


async def fill(storage: Storage, *, weeks: int, a_day: int = 2) -> None:
    """At eight in the morning of Sydney's Mondays to Fridays, when it is still the day before in UTC."""

    def work(uow: UnitOfWork) -> None:
        for week in range(weeks):
            for day in range(5):
                at = datetime.combine(MONDAY + timedelta(weeks=week, days=day), datetime.min.time(), SYDNEY)
                for _ in range(a_day):
                    a_numbered_ticket(uow, opened_at=at + timedelta(hours=8))

    await storage.run(work)


async def test_the_days_are_those_of_the_teams_own_zone(storage: Storage) -> None:
    await fill(storage, weeks=12)
    (found,) = await storage.read(lambda uow: team_forecasts(uow, desk(), teams=frozenset({"it"}), now=NOW))
    assert found.forecast is not None
    assert [many for _, many in found.forecast.past] == [10] * 12
    assert [round(each.requests) for each in found.forecast.weeks] == [10] * 4


async def test_holidays_of_the_teams_calendar_count(storage: Storage) -> None:
    await fill(storage, weeks=12)
    easter = {date(2026, 4, 6): (), date(2026, 4, 11): ()}
    (found,) = await storage.read(
        lambda uow: team_forecasts(uow, desk(special=easter), teams=frozenset({"it"}), now=NOW)
    )
    assert found.forecast is not None
    first, *others = found.forecast.weeks
    assert (first.holidays, round(first.requests)) == (1, 8)
    assert {round(each.requests) for each in others} == {10}


async def test_a_new_team_is_not_forecast_yet(storage: Storage) -> None:
    await fill(storage, weeks=3)
    later = datetime(2026, 1, 26, 12, tzinfo=SYDNEY)
    found = await storage.read(lambda uow: team_forecasts(uow, desk(), teams=None, now=later))
    assert {each.team: (each.requests, each.forecast) for each in found}["it"] == (30, None)


def test_a_saturday_that_is_closed_anyway_is_no_holiday() -> None:
    closed = {date(2026, 4, 6): (), date(2026, 4, 11): ()}
    assert list(holidays_of(desk(special=closed).teams["it"].calendar)) == [date(2026, 4, 6)]

"""The forecast as it is read, drawn and kept as a file."""

from datetime import datetime, timedelta

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.report_files import as_csv
from bot.documents.report_kind import ReportAnswer, ReportTables
from bot.documents.reports.forecast import FORECAST
from bot.messages.plain import plain
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.reports.reports import asked_of
from tests.said import said
from tests.storage.sample_rows import NOW, a_numbered_ticket
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
ASKED = asked_of(
    DESK, since=NOW - timedelta(weeks=4), until=NOW + timedelta(hours=1), now=NOW, teams=frozenset({"it"})
)


def requests(uow: UnitOfWork, *, weeks: int, a_week: int) -> None:
    """On the Tuesdays before this Monday; the week of the first is not complete."""
    for week in range(1, weeks + 1):
        at: datetime = NOW - timedelta(weeks=week) + timedelta(days=1)
        for _ in range(a_week):
            a_numbered_ticket(uow, opened_at=at)


async def found(storage: Storage) -> tuple[ReportAnswer, ReportTables]:
    return await storage.read(
        lambda uow: (FORECAST.read(uow, DESK, ASKED, "en"), FORECAST.tables(uow, DESK, ASKED, "en"))
    )


async def test_four_weeks_are_told_with_their_error(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=12, a_week=20))
    answer, tables = await found(storage)
    told = plain(answer.text)
    assert said("reports.heading_forecast", teams="Service Desk") in told
    assert "20–20" in told
    assert said("reports.forecast_error_share", weeks=11, last="20", off="0", naive="0", share="0%") in told
    assert said("reports.read_forecast") in told
    (chart,) = answer.charts.values()
    assert len(chart["labels"]) == 12  # type: ignore[arg-type]
    lines = as_csv(tables.rows["forecast"]).splitlines()
    assert lines[0].startswith("team,week,requests,low,high")
    assert [line.split(",")[2] for line in lines[1:]] == ["20.0"] * 4


async def test_too_little_is_said_plainly(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=3, a_week=5))
    answer, _ = await found(storage)
    assert plain(answer.nothing) == said(
        "reports.forecast_too_few", team="Service Desk", weeks=8, requests=30, total=15
    )

"""The forecast as it is read, drawn and kept as a file."""

from datetime import date, datetime, timedelta

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.report_files import as_csv
from bot.documents.report_kind import ReportAnswer, ReportTables
from bot.documents.reports.forecast import FORECAST
from bot.domain.worked_time.time_entry import TimeEntry
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
        "reports.forecast_too_few", team="Service Desk", weeks=8, requests=30, count=15
    )


async def test_one_request_is_one_request(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=1, a_week=1))
    answer, _ = await found(storage)
    assert plain(answer.nothing).endswith("so far there was 1 request.")


def logged(uow: UnitOfWork, *, minutes: list[int]) -> None:
    """So long on a ticket each, a week ago."""
    for each in minutes:
        entry = TimeEntry(
            id=uow.new_id(),
            ticket=a_numbered_ticket(uow, opened_at=NOW).id,
            team="it",
            agent="web:bo",
            day=date(2026, 2, 23),
            length=timedelta(minutes=each),
            text="",
            added_at=NOW,
        )
        uow.time_entries.add(entry)


async def test_a_week_needs_so_many_hours_where_time_was_logged(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=12, a_week=20))
    await storage.run(lambda uow: logged(uow, minutes=[10] * 9 + [210]))
    answer, tables = await found(storage)
    told = plain(answer.text)
    assert said("reports.forecast_hours", length="30 min", number=10, weeks=12) in told, "the mean"
    assert [line.split()[-2:] for line in told.splitlines() if "20–20" in line] == [["10", "h"]] * 4
    head, first, *_ = (line.split(",") for line in as_csv(tables.rows["forecast"]).splitlines())
    row = dict(zip(head, first, strict=True))
    assert (row["staff_time_s"], row["mean_per_ticket_s"], row["tickets_with_time"]) == (
        "36000",
        "1800",
        "10",
    )


async def test_a_week_without_requests_needs_no_hours(storage: Storage) -> None:
    def long_ago(uow: UnitOfWork) -> None:
        for week in range(2, 13):
            for _ in range(6 if week > 4 else 1):
                a_numbered_ticket(uow, opened_at=NOW - timedelta(weeks=week) + timedelta(days=1))

    await storage.run(long_ago)
    await storage.run(lambda uow: logged(uow, minutes=[30] * 10))
    answer, tables = await found(storage)
    head, first, *_ = (line.split(",") for line in as_csv(tables.rows["forecast"]).splitlines())
    assert 0 < float(dict(zip(head, first, strict=True))["requests"]) < 0.5, "and yet none is shown"
    weeks = [line.split()[-4:] for line in plain(answer.text).splitlines() if line.endswith("0 s")]
    assert weeks == [["0", "0–2", "0", "s"]] * 4


async def test_too_few_tickets_with_time_give_no_hours(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=12, a_week=20))
    await storage.run(lambda uow: logged(uow, minutes=[10] * 9))
    answer, tables = await found(storage)
    told = plain(answer.text)
    assert said("reports.forecast_hours_too_few", number=9, weeks=12, least=10) in told
    assert " h" not in "".join(line for line in told.splitlines() if "20–20" in line)
    rows = as_csv(tables.rows["forecast"]).splitlines()
    assert rows[1].endswith(",,,9")


async def test_where_no_time_is_logged_nothing_is_said_of_hours(storage: Storage) -> None:
    await storage.run(lambda uow: requests(uow, weeks=12, a_week=20))
    answer, _ = await found(storage)
    assert said("reports.column_hours") not in plain(answer.text)

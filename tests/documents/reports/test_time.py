"""Worked time by team, agent and category, in words, as a chart and for a spreadsheet."""

from dataclasses import replace
from datetime import timedelta

from bot.documents.report_files import as_csv
from bot.documents.reports.time import TIME
from bot.messages.plain import plain
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.contracts.worked_time.test_storage_worked_time import logged
from tests.documents.reports.test_inboxes import ASKED, DESK, found
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said


def worked(uow: UnitOfWork) -> None:
    for each in (BO, CLEO):
        uow.people.remember(each)
    logged(uow)


async def test_time_is_added_up_by_agent(storage: Storage) -> None:
    await storage.run(worked)
    answer, _ = await found(storage, TIME)
    title, total, *rows, how = plain(answer.text).splitlines()
    assert title == said("reports.heading_time", teams="Service Desk")
    assert total.endswith(
        said(
            "reports.time_total", length="1 h 25 min", tickets=said("reports.time_tickets", count=1), count=2
        )
    )
    assert [row.split() for row in rows] == [
        ["Time", "Entries", "Tickets"],
        ["By", "agent"],
        ["Cleo", "Chen", "1", "h", "1", "1"],
        ["Bo", "Berg", "25", "min", "1", "1"],
    ]
    assert how == said("reports.read_time")
    assert max(map(len, rows)) <= 42
    (chart,) = answer.charts.values()
    assert chart["labels"] == ["Cleo Chen", "Bo Berg"]


async def test_of_all_teams_teams_and_categories_are_told_apart(storage: Storage) -> None:
    await storage.run(worked)
    asked = replace(ASKED, teams=None)
    answer = await storage.read(lambda uow: TIME.read(uow, DESK, asked, "en"))
    told = plain(answer.text)
    for part in (said("reports.by_team"), "Network", said("reports.by_category"), "VPN"):
        assert part in told
    assert list(answer.charts) == ["team", "agent", "category"]


async def test_the_spreadsheet_has_each_entry_and_no_words(storage: Storage) -> None:
    await storage.run(worked)
    _, tables = await found(storage, TIME)
    written = {name: as_csv(rows) for name, rows in tables.rows.items()}
    assert written["entries"].splitlines() == [
        "day,ticket,team,agent,label,category,minutes",
        "2026-03-02,IT-1,it,web:bo,Bo Berg,VPN,25",
        "2026-03-01,IT-1,it,web:cleo,Cleo Chen,VPN,60",
    ]
    assert written["agent"].splitlines()[1:] == ["web:bo,25,1,1", "web:cleo,60,1,1"]
    assert "Größe" not in "".join(written.values())


async def test_where_nothing_was_ever_logged_it_says_how_to_begin_and_what_else_there_is(
    storage: Storage,
) -> None:
    nothing = said("reports.no_time", teams="Service Desk", period="23 Feb – 9 Mar 2026")
    how = said(
        "reports.no_time_ever",
        command="/desk time IT-12 25m",
        button=said("time.button_log"),
        report="/desk report",
    )
    answer, _ = await found(storage, TIME)
    assert plain(answer.nothing) == f"{nothing} {how}"
    await storage.run(worked)
    later = replace(ASKED, since=ASKED.until, until=ASKED.until + timedelta(days=1))
    answer = await storage.read(lambda uow: TIME.read(uow, DESK, later, "en"))
    assert how not in plain(answer.nothing)

"""Requests by inbox, in every form that people get it, and what another report of this kind costs."""

from datetime import timedelta

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.documents.flow_report import flow_report
from bot.documents.report_files import as_csv
from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.reports.groups import GROUPS
from bot.documents.reports.inboxes import INBOXES
from bot.domain.figures.ticket_facts import FactKind
from bot.domain.tickets.ticket import Priority, Status
from bot.messages.plain import plain
from bot.ports.storage.reports import TicketDimension
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.reports.reports import asked_of
from tests.said import said
from tests.storage.sample_rows import NOW, a_fact, a_numbered_ticket
from tests.stories import desk_files

DESK = load_desk(desk_files.DESK, KNOWN_PLATFORMS)
ASKED = asked_of(
    DESK, since=NOW - timedelta(weeks=1), until=NOW + timedelta(weeks=1), now=NOW, teams=frozenset({"it"})
)


def some_requests(uow: UnitOfWork) -> None:
    a_numbered_ticket(uow, inbox="help-it")
    a_fact(uow, a_numbered_ticket(uow, inbox="help-it", priority=Priority.HIGH), FactKind.ANSWERED)
    done = a_numbered_ticket(uow, inbox=None, status=Status.RESOLVED)
    for kind in (FactKind.ANSWERED, FactKind.RESOLVED):
        a_fact(uow, done, kind)
    a_numbered_ticket(uow, inbox="help-hr", team="people")


async def found(storage: Storage, kind: ReportKind) -> tuple[ReportAnswer, ReportTables]:
    return await storage.read(
        lambda uow: (kind.read(uow, DESK, ASKED, "en"), kind.tables(uow, DESK, ASKED, "en"))
    )


async def test_requests_are_counted_by_where_they_came_in(storage: Storage) -> None:
    await storage.run(some_requests)
    answer, _ = await found(storage, INBOXES)
    assert plain(answer.text).splitlines() == [
        said("reports.heading_inboxes", teams="Service Desk"),
        f"23 Feb – 9 Mar 2026 · {said('reports.new_requests', count=3)}",
        "                new answered resolved open",
        "help-it           2        1        0    2",
        "elsewhere         1        1        1    0",
        said("reports.read_requests"),
    ]
    assert max(map(len, plain(answer.text).splitlines()[2:5])) <= 42


async def test_the_table_for_a_spreadsheet_names_the_inbox_as_the_file_does(storage: Storage) -> None:
    await storage.run(some_requests)
    _, tables = await found(storage, INBOXES)
    assert {name: as_csv(rows).splitlines() for name, rows in tables.rows.items()} == {
        "requests": [
            "inbox,label,opened,answered,resolved,open_now",
            ",elsewhere,1,1,1,0",
            "help-it,help-it,2,1,0,2",
        ]
    }


async def test_the_chart_has_a_row_for_each_inbox(storage: Storage) -> None:
    await storage.run(some_requests)
    answer, _ = await found(storage, INBOXES)
    chart = answer.charts["inbox"]
    assert chart["labels"] == ["help-it", "elsewhere"]
    assert chart["notes"] == [f"2 · {said('reports.still_open', count=2)}", "1"]
    assert chart["series"] == [{"label": said("reports.series_new"), "values": [2, 1], "colour": "ours"}]


async def test_a_bar_tells_its_number_beside_that_of_the_time_before(storage: Storage) -> None:
    await storage.run(some_requests)
    answer, _ = await found(storage, GROUPS)
    (chart,) = answer.charts.values()
    assert chart["notes"] == [said("figures.chart_before", total=3, number=0)]


async def test_without_requests_it_says_so(storage: Storage) -> None:
    answer, _ = await found(storage, INBOXES)
    nothing = said("reports.no_requests", teams="Service Desk", period="23 Feb – 9 Mar 2026")
    assert (plain(answer.nothing), answer.text) == (nothing, ())


async def test_another_report_of_this_kind_is_one_declaration(storage: Storage) -> None:
    await storage.run(some_requests)
    by_priority = flow_report(
        name="priorities",
        heading="reports.results_by_priority",
        by=TicketDimension.PRIORITY,
        label=lambda _, priority, __: priority,
    )
    answer, tables = await found(storage, by_priority)
    heading = said("reports.results_by_priority", teams="Service Desk")
    assert plain(answer.text).startswith(f"{heading}\n")
    assert answer.charts["priority"]["labels"] == ["normal", "high"]
    assert as_csv(tables.rows["requests"]).splitlines()[1:] == ["high,high,1,1,0,1", "normal,normal,2,1,1,1"]

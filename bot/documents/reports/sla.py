"""The SLA report: promises kept and missed, by how much, and where the time went."""

from bot.documents.report_files import charts, life_rows, promise_rows, summary_rows
from bot.documents.report_kind import USUAL_REPORT, ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import open_promises, period_of, report_text
from bot.domain.desk import Desk
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.reports import read_report
from bot.text.sentences import counted

MOST_PROMISES = 20_000
"""Rows of the table that a chat is sent: some two megabytes. The terminal's has no limit."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportAnswer:
    found = read_report(uow, desk, asked)
    drawn = dict(charts(found))
    if not found.total.decided:
        nothing = f"No promise of {found.teams} was kept or missed in this time, {period_of(asked)}."
        return ReportAnswer(nothing=f"{nothing} {open_promises(found)}", charts=drawn)
    return ReportAnswer(text=report_text(found), charts=drawn)


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportTables:
    found = read_report(uow, desk, asked)
    promises = uow.reports.promises(asked, limit=MOST_PROMISES)
    rows = {
        "summary": summary_rows(found),
        "promises": promise_rows(promises),
        "tickets": life_rows(found.lives),
    }
    if found.total.decided <= len(promises):
        return ReportTables(rows=rows)
    note = (
        f"Of {counted(found.total.decided, 'promise')} the newest {MOST_PROMISES:,} are listed; "
        "`deskbell report --promises FILE` writes all."
    )
    return ReportTables(rows=rows, note=note)


SLA = ReportKind(name=USUAL_REPORT, title="SLA report", read=_read, tables=_tables)

"""The SLA report: targets met and missed, by how much, and where the time went."""

from bot.documents.report_files import charts, life_rows, summary_rows, target_rows
from bot.documents.report_kind import USUAL_REPORT, ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import excluded_targets, open_targets, period_of, report_text
from bot.domain.desk import Desk
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.overdue import decided_targets
from bot.services.reports.reports import read_report
from bot.text.english import counted

MOST_TARGETS = 20_000
"""Rows of the table that a chat is sent: some two megabytes. The terminal's has no limit."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportAnswer:
    found = read_report(uow, desk, asked)
    drawn = dict(charts(found))
    if not found.total.decided:
        excluded = f" {excluded_targets(found.total.excluded)}" if found.total.excluded else ""
        nothing = f"No target of {found.teams} was met or missed in this time, {period_of(asked)}."
        return ReportAnswer(nothing=f"{nothing}{excluded} {open_targets(found)}", charts=drawn)
    return ReportAnswer(text=report_text(found), charts=drawn)


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportTables:
    found = read_report(uow, desk, asked)
    targets = decided_targets(uow, asked, limit=MOST_TARGETS)
    rows = {
        "summary": summary_rows(found),
        "targets": target_rows(targets),
        "tickets": life_rows(found.lives),
    }
    many = found.total.decided + found.total.excluded
    if many <= len(targets):
        return ReportTables(rows=rows)
    note = (
        f"Of {counted(many, 'target')} the newest {MOST_TARGETS:,} are listed; "
        "`deskbell report --targets FILE` writes all."
    )
    return ReportTables(rows=rows, note=note)


SLA = ReportKind(name=USUAL_REPORT, title="SLA report", read=_read, tables=_tables)

"""The SLA report: targets met and missed, by how much, and where the time went."""

from bot.documents.report_files import charts, life_rows, summary_rows, target_rows
from bot.documents.report_kind import SLA_REPORT, ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import nothing_decided, report_text
from bot.domain.desk import Desk
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.overdue import decided_targets
from bot.services.reports.reports import read_report
from bot.text.sentences import say

MOST_TARGETS = 20_000
"""Rows of the table that a chat is sent: some two megabytes. The terminal's has no limit."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    found = read_report(uow, desk, asked, language=language)
    drawn = dict(charts(found, language))
    if not found.total.decided:
        return ReportAnswer(nothing=nothing_decided(found, language), charts=drawn)
    return ReportAnswer(text=report_text(found, language), charts=drawn)


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
    found = read_report(uow, desk, asked, language=language)
    targets = decided_targets(uow, asked, limit=MOST_TARGETS)
    rows = {
        "summary": summary_rows(found),
        "targets": target_rows(targets),
        "tickets": life_rows(found.lives),
    }
    many = found.total.decided + found.total.excluded
    if many <= len(targets):
        return ReportTables(rows=rows)
    return ReportTables(
        rows=rows, note=say(language, "reports.newest_targets", count=many, number=MOST_TARGETS)
    )


SLA = ReportKind(name=SLA_REPORT, heading="reports.heading_sla", read=_read, tables=_tables)

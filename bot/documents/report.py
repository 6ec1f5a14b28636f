"""A report as files for whoever asked in chat: charts, or tables; read anew when their turn comes.

What somebody may see is decided then, so who left a team in between gets nothing of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.documents.report_files import as_csv, charts, life_rows, promise_rows, summary_rows
from bot.documents.report_table import period_of
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.ports.storage.outbox import OutboxRow
from bot.ports.storage.reports import ReportQuery
from bot.services.context.view import View
from bot.services.reports.reports import Report, asked_of, read_report, teams_seen_by
from bot.text.sentences import counted

CHARTS, TABLES = "report_charts", "report_tables"

MOST_PROMISES = 20_000
"""Rows of the table that a chat is sent: some two megabytes. The terminal's has no limit."""


def about(asked: ReportQuery) -> Mapping[str, Any]:
    """What the outbox row keeps of it."""
    return {
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "teams": None if asked.teams is None else sorted(asked.teams),
    }


def read_charts(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    asked = _asked(view, person, row)
    if asked is None:
        return None
    report = read_report(view.uow, view.desk, asked)
    pages = tuple(
        Picture(name=f"{_name(report)}-{name}.png", drawn=picture) for name, picture in charts(report)
    )
    heading = f"The charts of the SLA report of {report.teams}, {period_of(report)}."
    return RequestedDocument(heading=(heading,), pages=pages)


def read_tables(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    asked = _asked(view, person, row)
    if asked is None:
        return None
    report = read_report(view.uow, view.desk, asked)
    promises = view.uow.reports.promises(asked, limit=MOST_PROMISES)
    tables = {
        "summary": summary_rows(report),
        "promises": promise_rows(promises),
        "tickets": life_rows(report.lives),
    }
    pages = tuple(
        TextFile(name=f"{_name(report)}-{name}.csv", media_type="text/csv", text=as_csv(rows))
        for name, rows in tables.items()
    )
    heading = f"The tables of the SLA report of {report.teams}, {period_of(report)}."
    left_out = report.total.decided - len(promises)
    if left_out > 0:
        heading += (
            f" Of {counted(report.total.decided, 'promise')} the newest {MOST_PROMISES:,} are listed; "
            "`deskbell report --promises FILE` writes all."
        )
    return RequestedDocument(heading=(heading,), pages=pages)


def _asked(view: View, person: Person, row: OutboxRow) -> ReportQuery | None:
    """None where the person may no longer see the report of all these teams."""
    kept: Mapping[str, Any] = row.payload["about"]
    wanted = kept["teams"]
    try:
        teams = teams_seen_by(view.desk, person, wanted=wanted)
    except NotAllowed:
        return None
    if wanted is None and teams is not None:  # all teams were an admin's to see
        return None
    since, until = (datetime.fromisoformat(kept[name]) for name in ("since", "until"))
    return asked_of(view.desk, since=since, until=until, teams=teams)


def _name(report: Report) -> str:
    """`sla-2026-02-02`: the first day, so that files stand in order."""
    return f"sla-{report.asked.days[0].isoformat()}"

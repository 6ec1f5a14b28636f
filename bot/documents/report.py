"""A report as files for whoever asked in chat: charts, or tables; read anew when their turn comes.

What somebody may see is decided then, so who left a team in between gets nothing of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.documents.report_files import as_csv, as_jsonl
from bot.documents.report_kind import SLA_REPORT, ReportKind, report_named
from bot.documents.report_table import period_of
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.messages.outbound import RichText
from bot.ports.storage.outbox import OutboxRow
from bot.ports.storage.reports import ReportQuery
from bot.services.context.view import View
from bot.services.reports.reports import asked_of, teams_seen_by, titles_of
from bot.text.sentences import joined, say, words

CHARTS, TABLES, JSON_LINES = "report_charts", "report_tables", "report_json_lines"
_Rows = Iterable[Sequence[object]]


def about(asked: ReportQuery, *, report: str) -> Mapping[str, Any]:
    """What the outbox row keeps of it; `report` is the name of its kind."""
    return {
        "report": report,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "compared": [each.isoformat() for each in asked.earlier],
        "teams": None if asked.teams is None else sorted(asked.teams),
    }


def read_charts(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    asked = _asked(view, person, row)
    if asked is None:
        return None
    kind, language = _kind(row), view.language
    pages = tuple(
        Picture(name=f"{file_name(kind, asked)}-{name}.png", drawn=drawn)
        for name, drawn in kind.read(view.uow, view.desk, asked, language).charts.items()
    )
    heading = _heading("reports.charts", view, kind, asked, language)
    return RequestedDocument(heading=heading, pages=pages, language=language)


def read_tables(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    return _tables(view, person, row, as_file=_csv_file)


def read_json_lines(view: View, person: Person, row: OutboxRow) -> RequestedDocument | None:
    return _tables(view, person, row, as_file=_jsonl_file)


def _tables(
    view: View, person: Person, row: OutboxRow, *, as_file: Callable[[str, _Rows], TextFile]
) -> RequestedDocument | None:
    asked = _asked(view, person, row)
    if asked is None:
        return None
    kind, language = _kind(row), view.language
    tables = kind.tables(view.uow, view.desk, asked, language)
    pages = tuple(as_file(f"{file_name(kind, asked)}-{name}", rows) for name, rows in tables.rows.items())
    heading = joined(_heading("reports.tables", view, kind, asked, language), tables.note)
    return RequestedDocument(heading=heading, pages=pages, language=language)


def _csv_file(name: str, rows: _Rows) -> TextFile:
    return TextFile(name=f"{name}.csv", media_type="text/csv", text=as_csv(rows))


def _jsonl_file(name: str, rows: _Rows) -> TextFile:
    return TextFile(name=f"{name}.jsonl", media_type="application/jsonl", text=as_jsonl(rows))


def _heading(key: str, view: View, kind: ReportKind, asked: ReportQuery, language: str) -> RichText:
    teams = titles_of(view.desk, asked.teams, language=language)
    title = words(language, kind.heading, teams=teams)
    return say(language, key, title=title, period=period_of(asked, language))


def _kind(row: OutboxRow) -> ReportKind:
    return report_named(row.payload["about"].get("report", SLA_REPORT))


def _asked(view: View, person: Person, row: OutboxRow) -> ReportQuery | None:
    """None where the person may no longer see the report of all these teams."""
    kept: Mapping[str, Any] = row.payload["about"]
    wanted = kept["teams"]
    try:
        teams = teams_seen_by(view.desk, person, wanted=wanted, as_lead=_kind(row).is_for_leads)
    except NotAllowed:
        return None
    if wanted is None and teams is not None:  # all teams were an admin's to see
        return None
    since, until = (datetime.fromisoformat(kept[name]) for name in ("since", "until"))
    compared = None
    if "compared" in kept:  # rows written before there was such a key have none
        first, end = kept["compared"]
        compared = datetime.fromisoformat(first), datetime.fromisoformat(end)
    return asked_of(view.desk, since=since, until=until, now=view.now, teams=teams, compared=compared)


def file_name(kind: ReportKind, asked: ReportQuery) -> str:
    """`sla-network-2026-02-02`: the team where it is one, and the first day, so that files stand in order."""
    team = [*asked.teams] if asked.teams is not None and len(asked.teams) == 1 else []
    return "-".join((kind.name, *team, asked.days[0].isoformat()))

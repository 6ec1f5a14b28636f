"""`bot.ports.console.overviews.FigurePages` of a desk: the reports of `/desk report`, read as it reads them."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from bot.documents.console.console_reader import ConsoleReader
from bot.documents.console.figures.chart_svg import chart_svg
from bot.documents.console.figures.report_html import (
    Address,
    ReportBlock,
    addresses,
    behind,
    blocks_of,
    chart_table,
)
from bot.documents.report import file_name
from bot.documents.report_files import as_csv, as_jsonl
from bot.documents.report_kind import (
    USUAL_REPORT,
    ReportAnswer,
    ReportKind,
    declared_reports,
    report_named,
)
from bot.documents.report_table import period_of
from bot.domain.calendars.typed_windows import USUAL, read_short_window
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.messages.outbound import RichText
from bot.ports.console.overviews import ExportedFile, FigureChoice
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.storage.reports import ReportQuery
from bot.services.context.context import Context
from bot.services.context.reader import zone_of as context_zone
from bot.services.reports.reports import asked_of, teams_seen_by, titles_of, zone_of
from bot.text.error_text import explain
from bot.text.sentences import words

if TYPE_CHECKING:
    from markupsafe import Markup

PERIODS: Final = ("1 week", USUAL, "12 weeks", "this month", "last month", "this year")
"""What is offered; anything that chat reads can be typed."""
FORMATS: Final = {False: ("csv", "text/csv"), True: ("jsonl", "application/jsonl")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChart:
    svg: "Markup"
    title: str
    subtitle: str
    legend: tuple[tuple[str, str, bool], ...]
    """Of several series: the colour's class, the label, and whether it is hatched."""
    table: ReportBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """`export` is where its tables are saved from, as files. `problem`: why there is none."""

    title: str = ""
    period: str = ""
    nothing: RichText = ()
    blocks: Sequence[ReportBlock] = ()
    quotes: Sequence[ReportBlock] = ()
    charts: tuple[ShownChart, ...] = ()
    export: str = ""
    problem: RichText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be chosen: reports as (name, what it is called) and teams as (name, title)."""

    reports: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]


class FigureReader(ConsoleReader):
    async def report(self, visitor: ConsoleVisitor, choice: FigureChoice) -> ConsolePage:
        def read(context: Context) -> tuple[ShownReport, Choices]:
            choices = _choices(context.desk, context.actor, context.language)
            try:
                kind, asked = _asked(context, choice)
                answer = kind.read(context.uow, context.desk, asked, context.language)
            except Refused as error:
                return ShownReport(problem=explain(context.language, error)), choices
            return _shown(context, kind, asked, answer, choice), choices

        report, choices = await self._read(visitor, read)
        return self._frame.page(
            "figures_page.html",
            visitor,
            section=ConsoleSection.FIGURES,
            report=report,
            choices=choices,
            choice=FigureChoice(
                report=choice.report or USUAL_REPORT, team=choice.team, period=choice.period or USUAL
            ),
            periods=PERIODS,
        )

    async def export(
        self, visitor: ConsoleVisitor, choice: FigureChoice, *, as_lines: bool
    ) -> ExportedFile | None:
        def read(context: Context) -> ExportedFile | None:
            try:
                kind, asked = _asked(context, choice)
            except Refused:
                return None
            tables = kind.tables(context.uow, context.desk, asked, context.language)
            return _file(file_name(kind, asked), tables.rows, as_lines=as_lines)

        return await self._read(visitor, read)


def _asked(context: Context, choice: FigureChoice) -> tuple[ReportKind, ReportQuery]:
    """Raises Refused and NotAllowed, as `/desk report` does."""
    kind = report_named(choice.report or USUAL_REPORT)
    desk = context.desk
    if choice.team and choice.team not in desk.teams:
        raise NotAllowed("refusals.report_of_team", team=choice.team)
    wanted = [choice.team] if choice.team else None
    teams = teams_seen_by(desk, context.actor, wanted=wanted, as_lead=kind.is_for_leads)
    window = read_short_window(choice.period, now=context.now, zone=zone_of(desk, teams))
    asked = asked_of(
        desk, since=window.since, until=window.until, now=context.now, teams=teams, compared=window.before
    )
    return kind, asked


def _choices(desk: Desk, person: Person, language: str) -> Choices:
    teams = desk.teams.values() if desk.is_admin(person) else desk.teams_of(person)
    is_lead = desk.is_admin(person) or any(team.has_lead(person) for team in desk.teams_of(person))
    return Choices(
        reports=tuple(
            (name, words(language, f"overview.report_{name}"))
            for name, kind in sorted(declared_reports().items())
            if is_lead or not kind.is_for_leads
        ),
        teams=tuple((each.name, each.title) for each in teams),
    )


def _shown(
    context: Context,
    kind: ReportKind,
    asked: ReportQuery,
    answer: ReportAnswer,
    choice: FigureChoice,
) -> ShownReport:
    language = context.language
    zone = "" if context_zone(context) == asked.zone else asked.zone.key
    address, leads_to = addresses(answer.searches, zone=zone), behind(zone)
    return ShownReport(
        title=words(language, kind.heading, teams=titles_of(context.desk, asked.teams, language=language)),
        period=period_of(asked, language),
        nothing=answer.nothing,
        blocks=blocks_of(answer.text, address, leads_to),
        quotes=blocks_of(answer.quotes, address, leads_to),
        charts=tuple(_chart(name, drawn, address, leads_to) for name, drawn in answer.charts.items()),
        export=_export_address(choice),
    )


def _chart(name: str, picture: Mapping[str, object], address: Address, leads_to: Address) -> ShownChart:
    series = picture.get("series")
    several = series if isinstance(series, list) and len(series) > 1 else []
    return ShownChart(
        svg=chart_svg(picture, name=name, address=address, behind=leads_to),
        title=str(picture["title"]),
        subtitle=str(picture.get("subtitle", "")),
        legend=tuple((each["colour"], each["label"], bool(each.get("is_hatched"))) for each in several),
        table=chart_table(picture, address, leads_to) or ReportBlock(),
    )


def _export_address(choice: FigureChoice) -> str:
    given = {"report": choice.report, "team": choice.team, "period": choice.period}
    return f"/console/figures/export?{urlencode({name: value for name, value in given.items() if value})}"


def _file(name: str, tables: Mapping[str, Iterable[Sequence[object]]], *, as_lines: bool) -> ExportedFile:
    """The same files as in chat; several are one archive."""
    ending, media_type = FORMATS[as_lines]
    made = {
        f"{name}-{table}.{ending}": (as_jsonl(rows) if as_lines else as_csv(rows)).encode("utf-8", "replace")
        for table, rows in tables.items()
    }
    if len(made) == 1:
        ((only, content),) = made.items()
        return ExportedFile(name=only, media_type=media_type, content=content)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for each, content in made.items():
            file.writestr(each, content)
    return ExportedFile(name=f"{name}.zip", media_type="application/zip", content=archive.getvalue())

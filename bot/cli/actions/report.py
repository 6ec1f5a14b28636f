"""Figures, targets met and missed and other reports, at the terminal, whether the desk is running or not."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.actions.files import STANDARD_OUTPUT, opened, said_of
from bot.cli.terminal import for_terminal, say
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.framework.lookups import team_called
from bot.config import load_configuration
from bot.documents.chart_process import ChartProcess
from bot.documents.report_files import TARGET_HEAD, chart_by, summary_rows, target_row, write_csv, write_jsonl
from bot.documents.report_kind import (
    SLA_REPORT,
    USUAL_REPORT,
    ReportAnswer,
    ReportKind,
    ReportTables,
    report_named,
)
from bot.documents.report_table import (
    nothing_decided,
    percent,
    period_of,
    sentences_of,
    short_hours,
    summary,
)
from bot.domain.calendars.typed_windows import read_window
from bot.domain.desk import Desk
from bot.domain.errors import UsageError
from bot.domain.sentence import OneOf, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.messages.plain import plain
from bot.ports.storage.reports import DecidedTarget, Dimension, ReportQuery
from bot.ports.unit_of_work import Storage
from bot.services.reports.overdue import decided_targets
from bot.services.reports.reports import Report, ReportLine, asked_of, read_report, zone_of
from bot.settings import Settings
from bot.text.sentences import words

LANGUAGE = "en"
"""The terminal's."""
PAGE = 10_000
"""Targets read at a time, so that any number can be written."""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where a report is written to; `-` is standard output."""

    csv: Path | None
    jsonl: Path | None
    targets: Path | None
    png: Path | None

    @property
    def on_standard_output(self) -> int:
        """How many of them."""
        return [self.csv, self.jsonl, self.targets].count(STANDARD_OUTPUT)


def make_report(
    *, team: str | None, since: str, by: str | None, of: str | None, files: ReportFiles, is_demo: bool
) -> None:
    """`of` is the name of a report; without, the SLA report where something of it is asked, else the usual one."""
    if files.on_standard_output > 1:
        raise UsageError(sentence("terminal.report_one_output"))
    dimension = _dimension(by) if by is not None else Dimension.TEAM
    is_of_sla = by is not None or files.targets is not None
    name = of or (SLA_REPORT if is_of_sla else USUAL_REPORT)
    kind = None if name == SLA_REPORT else report_named(name)
    if kind is not None and files.targets is not None:
        raise UsageError(sentence("terminal.report_targets"))
    if kind is not None and by is not None:
        raise UsageError(sentence("terminal.report_by"))
    settings = load_settings(is_demo=is_demo)
    desk = load_configuration(settings.config, KNOWN_PLATFORMS).desk
    clock = ShiftedClock(settings.data_dir / "clock.json") if is_demo else SystemClock()
    teams = None if team is None else frozenset({team_called(desk, team).name})
    now = clock.now()
    window = read_window(since, now=now, zone=zone_of(desk, teams))
    asked = asked_of(
        desk, since=window.since, until=window.until, now=now, teams=teams, compared=window.before
    )
    if kind is not None:
        _show_other(settings, desk, asked, kind, files)
        return
    _make_sla_report(settings, desk, asked, dimension, files)


def _dimension(text: str) -> Dimension:
    """Raises UsageError for what is none."""
    try:
        return Dimension(text.lower())
    except ValueError:
        raise UsageError(
            sentence("terminal.report_by_unknown", text=text, choices=OneOf(tuple(Dimension))),
            *did_you_mean(nearest(text, Dimension)),
        ) from None


def _make_sla_report(
    settings: Settings, desk: Desk, asked: ReportQuery, by: Dimension, files: ReportFiles
) -> None:
    found = asyncio.run(_read(settings, desk, asked, files.targets))
    if not files.on_standard_output:
        _show(found, by)
    if files.csv is not None:
        with opened(files.csv) as file:
            write_csv(file, summary_rows(found, [by]))
    if files.jsonl is not None:
        with opened(files.jsonl) as file:
            write_jsonl(file, summary_rows(found, [by]))
    if files.png is not None:
        if not found.total.decided:
            raise _nothing_to_draw(files.png)
        _draw(settings, chart_by(found, by, LANGUAGE), files.png)


def _show_other(
    settings: Settings,
    desk: Desk,
    asked: ReportQuery,
    kind: ReportKind,
    files: ReportFiles,
) -> None:
    """What the report declares; the first of its tables and charts, where it has several."""
    answer, tables = asyncio.run(_read_other(settings, desk, asked, kind))
    if not files.on_standard_output:
        say(plain(answer.nothing or answer.text))
    rows = list(next(iter(tables.rows.values())))
    if files.csv is not None:
        with opened(files.csv) as file:
            write_csv(file, rows)
    if files.jsonl is not None:
        with opened(files.jsonl) as file:
            write_jsonl(file, rows)
    drawn = next(iter(answer.charts.values()), None)
    if files.png is None:
        return
    if drawn is None or answer.nothing:
        raise _nothing_to_draw(files.png)
    _draw(settings, drawn, files.png)


async def _read_other(
    settings: Settings, desk: Desk, asked: ReportQuery, kind: ReportKind
) -> tuple[ReportAnswer, ReportTables]:
    async with opened_storage(settings) as storage:
        return await storage.read(
            lambda uow: (kind.read(uow, desk, asked, LANGUAGE), kind.tables(uow, desk, asked, LANGUAGE))
        )


async def _read(settings: Settings, desk: Desk, asked: ReportQuery, targets: Path | None) -> Report:
    async with opened_storage(settings) as storage:
        found = await storage.read(lambda uow: read_report(uow, desk, asked, language=LANGUAGE))
        if targets is not None:
            with opened(targets) as file:
                await _write_targets(storage, asked, file)
        return found


async def _write_targets(storage: Storage, asked: ReportQuery, file: TextIO) -> None:
    write_csv(file, [TARGET_HEAD])
    last: DecidedTarget | None = None
    while True:
        before = last
        page = await storage.read(lambda uow: decided_targets(uow, asked, limit=PAGE, before=before))  # noqa: B023
        write_csv(file, map(target_row, page))
        if len(page) < PAGE:
            return
        last = page[-1]


def _show(found: Report, by: Dimension) -> None:
    console = Console(markup=False, highlight=False)
    if not found.total.decided:
        console.print(plain(nothing_decided(found, LANGUAGE)))
        console.print(for_terminal(sentence("terminal.report_look_back")))
        return
    heading = words(LANGUAGE, "reports.heading_sla", teams=found.teams)
    title = f"{heading}, {period_of(found.asked, LANGUAGE)}"
    whole = _table(found, by, slice(None), title=title)
    unlimited = console.options.update(max_width=sys.maxsize)
    if console.measure(whole, options=unlimited).maximum <= console.width:
        console.print(whole)
    else:
        console.print(_table(found, by, _DECIDED, title=title), _table(found, by, _STILL_OPEN))
    console.print(summary(found, LANGUAGE))
    for each in sentences_of(found, LANGUAGE):
        console.print(for_terminal(plain(each)))


def _table(found: Report, by: Dimension, columns: slice, *, title: str | None = None) -> Table:
    """A line for each of what is told apart, and their total; of the figures, these columns."""
    table = Table(title=title, title_justify="left")
    table.add_column(by.value.capitalize())
    for head in _HEADS[columns]:
        table.add_column(head, justify="right")
    for line in found.lines[by]:
        table.add_row(line.label, *_figures(line)[columns])
    table.add_section()
    table.add_row(found.total.label, *_figures(found.total)[columns])
    return table


_HEADS = (
    "Met",
    "Missed",
    "% met",
    "Median late",
    "90%",
    "Worst",
    "Missed, open",
    "Median open",
    "Worst",
    "Excluded",
)
_DECIDED, _STILL_OPEN = slice(6), slice(6, None)
"""The columns of two tables, where one is too wide for the terminal."""


def _figures(line: ReportLine) -> list[str]:
    late, overdue = line.late, line.overdue
    lengths = ("", "", "") if late is None else map(_hours, (late.median, late.ninetieth, late.worst))
    now = ("", "") if overdue is None else map(_hours, (overdue.median, overdue.worst))
    still_open, excluded = (f"{many:,}" for many in (line.unfulfilled, line.excluded))
    counts = (f"{line.kept:,}", f"{line.missed:,}", percent(line, LANGUAGE))
    return [*counts, *lengths, still_open, *now, excluded]


def _hours(length: timedelta) -> str:
    return short_hours(length, LANGUAGE)


def _nothing_to_draw(file: Path) -> UsageError:
    return UsageError(sentence("terminal.nothing_to_draw", file=str(file)))


def _draw(settings: Settings, drawn: Mapping[str, object], file: Path) -> None:
    png = asyncio.run(ChartProcess(settings.data_dir / "drawing").draw(drawn))
    with said_of(file):
        file.write_bytes(png)

"""A report as files: tables for a spreadsheet, and charts as data to be drawn.

Tables are RFC 4180 in UTF-8 with a header. Instants are UTC, lengths of time seconds of the target's own hours. What
begins like a formula is kept from being one, since a ticket's team or a policy may be called anything.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TextIO

from bot.documents.report_table import percent, places_of, subtitle
from bot.domain.sla.time_spent import TimeSpent
from bot.ports.storage.reports import DecidedTarget, Dimension, Lateness
from bot.services.reports.reports import Report, ReportLine, TicketLife, week_named
from bot.text.sentences import words

SUMMARY_HEAD = (
    "by",
    "value",
    "label",
    "met",
    "missed",
    "missed_still_open",
    "excluded",
    "met_share",
    "late_median_s",
    "late_90_percent_s",
    "late_worst_s",
    "open_late_median_s",
    "open_late_90_percent_s",
    "open_late_worst_s",
)
TARGET_HEAD = (
    "ticket",
    "team",
    "policy",
    "priority",
    "target",
    "outcome",
    "target_s",
    "spent_s",
    "decided_at",
    "due_at",
    "stopped_at",
    "late_s",
    "open_late_s",
)
LIFE_HEAD = (
    "ticket",
    "team",
    "team_turn_s",
    "waiting_requester_s",
    "waiting_third_party_s",
    "out_of_hours_s",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def summary_rows(report: Report, dimensions: Iterable[Dimension] = Dimension) -> Iterator[Sequence[object]]:
    """One row for all together, and one for each value of each dimension."""
    yield SUMMARY_HEAD
    yield _summary_row("", report.total)
    for dimension in dimensions:
        for line in report.lines[dimension]:
            yield _summary_row(dimension.value, line)


def target_rows(targets: Iterable[DecidedTarget]) -> Iterator[Sequence[object]]:
    """One row for each target, below the header."""
    yield TARGET_HEAD
    yield from map(target_row, targets)


def target_row(each: DecidedTarget) -> Sequence[object]:
    """`due_at` is told of missed ones: a target that was met keeps no due time.

    `late_s` is of those met in the end, `open_late_s` how late the others are now.
    """
    return (
        each.ticket,
        each.team,
        each.policy,
        each.priority,
        each.measure,
        _outcome(each),
        seconds(each.target),
        seconds(each.spent),
        instant(each.decided_at),
        instant(each.due_at),
        instant(each.stopped_at),
        seconds(each.late),
        seconds(each.overdue),
    )


def _outcome(each: DecidedTarget) -> str:
    if each.is_excluded:
        return "excluded"
    return "met" if each.due_at is None else "missed"


def life_rows(lives: Iterable[TicketLife]) -> Iterator[Sequence[object]]:
    """One row for each finished ticket: where its time went, as it passes."""
    yield LIFE_HEAD
    for life in lives:
        spent = life.spent
        lengths = (spent.team, spent.requester, spent.third_party, spent.off_hours)
        yield (life.ticket, life.team, *(seconds(each) for each in lengths))


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO(newline="")
    write_csv(file, rows)
    return file.getvalue()


def as_jsonl(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO(newline="")
    write_jsonl(file, rows)
    return file.getvalue()


def write_csv(file: TextIO, rows: Iterable[Sequence[object]]) -> None:
    """A file opened with `newline=""`, for the lines end as the standard says."""
    csv.writer(file).writerows([_defused(cell) for cell in row] for row in rows)


def write_jsonl(file: TextIO, rows: Iterable[Sequence[object]]) -> None:
    """An object a line, by the names of the header; what is not known is null."""
    head: Sequence[object] | None = None
    for row in rows:
        if head is None:
            head = row
            continue
        values = (None if cell == "" else cell for cell in row)
        file.write(json.dumps(dict(zip(map(str, head), values, strict=True)), ensure_ascii=False) + "\n")


def charts(report: Report, language: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Pictures for `bot.charts`, each with a name for its file."""
    yield "weeks", chart_by(report, Dimension.WEEK, language)
    for dimension in (Dimension.TEAM, Dimension.PRIORITY):
        if len(report.lines[dimension]) > 1:
            yield f"{dimension.value}s".replace("ys", "ies"), chart_by(report, dimension, language)
            break
    if report.spent.total:
        yield "time", _time(report, language)


def chart_by(report: Report, dimension: Dimension, language: str) -> dict[str, object]:
    lines = report.lines[dimension]
    return {
        "kind": "bars",
        "direction": "up" if dimension is Dimension.WEEK else "across",
        "title": words(language, f"reports.results_by_{dimension}", teams=report.teams),
        "subtitle": subtitle(report, language),
        "labels": [_chart_label(line, dimension, language) for line in lines],
        "notes": [percent(line, language) if line.decided else "" for line in lines],
        "searches": [line.searches[1] for line in lines],
        "unit": words(language, "reports.unit_targets"),
        "series": [
            {
                "label": words(language, "reports.series_met"),
                "values": [line.kept for line in lines],
                "colour": "good",
                "searches": [line.searches[0] for line in lines],
            },
            {
                "label": words(language, "reports.series_missed"),
                "values": [line.missed - line.unfulfilled for line in lines],
                "colour": "bad",
                "is_hatched": True,
                "searches": [line.searches[2] for line in lines],
            },
            *_still_open(lines, language),
        ],
    }


def _chart_label(line: ReportLine, dimension: Dimension, language: str) -> str:
    """Columns are narrow: the week's number, and its day below."""
    if dimension is not Dimension.WEEK:
        return line.label
    return week_named(date.fromisoformat(line.value), "reports.week_column", language=language)


def _still_open(lines: Sequence[ReportLine], language: str) -> Iterator[dict[str, object]]:
    """Missed ones too; left out where there are none, for nobody looks for what is not there."""
    if any(line.unfulfilled for line in lines):
        yield {
            "label": words(language, "reports.series_missed_open"),
            "values": [line.unfulfilled for line in lines],
            "colour": "overdue",
            "is_hatched": True,
            "searches": [line.searches[3] for line in lines],
        }


_COLOURS = {"team": "ours", "requester": "waiting", "third_party": "other", "off_hours": "off"}
"""Of the places where time goes, in the order in which they are drawn."""


def _time(report: Report, language: str) -> dict[str, object]:
    """One row for each team that the tickets ended with, as shares of its hundred."""
    by_team: dict[str, list[TicketLife]] = {}
    titles = {line.value: line.label for line in report.lines[Dimension.TEAM]}
    for life in sorted(report.lives, key=lambda life: titles.get(life.team, life.team).casefold()):
        by_team.setdefault(titles.get(life.team, life.team), []).append(life)
    spent = [sum((each.spent for each in lives), TimeSpent()) for lives in by_team.values()]
    newest = "reports.time_chart_newest" if report.has_more_lives else "reports.time_chart"
    return {
        "kind": "bars",
        "direction": "across",
        "title": words(language, "reports.time_title", teams=report.teams),
        "subtitle": words(language, newest, count=len(report.lives)),
        "labels": list(by_team),
        "notes": [words(language, "reports.tickets", count=len(lives)) for lives in by_team.values()],
        "unit": words(language, "reports.unit_time"),
        "series": [
            {
                "label": words(language, f"reports.place_{place}"),
                "values": [
                    100 * (places_of(each)[place] / each.total) if each.total else 0.0 for each in spent
                ],
                "colour": colour,
            }
            for place, colour in _COLOURS.items()
        ],
    }


def _summary_row(by: str, line: ReportLine) -> Sequence[object]:
    share = line.share_kept
    return (
        by,
        line.value,
        line.label,
        line.kept,
        line.missed,
        line.unfulfilled,
        line.excluded,
        "" if share is None else f"{share:.4f}",
        *_lengths(line.late),
        *_lengths(line.overdue),
    )


def _lengths(late: Lateness | None) -> Iterable[object]:
    return ("", "", "") if late is None else map(seconds, (late.median, late.ninetieth, late.worst))


def seconds(length: timedelta | None) -> object:
    return "" if length is None else round(length.total_seconds())


def instant(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell

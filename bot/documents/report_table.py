"""A report as words and a table narrow enough for a phone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from textwrap import wrap

from bot.domain.calendars.iso_weeks import start_of
from bot.domain.sla.time_spent import TimeSpent
from bot.messages.outbound import Bold, Preformatted, RichText
from bot.ports.storage.reports import Dimension, Lateness, ReportQuery
from bot.services.reports.reports import Report, ReportLine
from bot.text.amounts import hours_and_minutes, listed, share, working_time
from bot.text.instants import period, time_of_day
from bot.text.sentences import joined, say, words

LABEL_WIDTH = 14
"""Letters that a label has room for in any case."""
LINE_WIDTH = 44
"""Letters of a line that labels may widen a table to, so that phones need not scroll."""
SHOWN_WEEKS = 13
"""The last ones, as many as twelve weeks may touch; those before are one line, so that the lines add up.

All of them are in the chart and in the files.
"""


@dataclass(frozen=True, slots=True)
class Grid(Preformatted):
    """A table as lines, and as the cells that it was made of: the heads, and rows. A row of one cell is a heading."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    searches: tuple[tuple[str, ...], ...] = ()
    """Of each row what finds the tickets behind its label and its cells; empty where nothing does."""


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    least: Sequence[int],
    searches: Sequence[Sequence[str]] = (),
) -> Grid:
    """`heads` are those beside the labels; `least` as `aligned` has it."""
    lines = aligned([*head_rows(heads), *rows], least=least)
    return Grid(
        "\n".join(lines),
        heads=tuple(heads),
        rows=tuple(map(tuple, rows)),
        searches=tuple(map(tuple, searches)),
    )


def report_text(report: Report, language: str) -> RichText:
    heading = words(language, "reports.heading_sla", teams=report.teams)
    return (
        Bold(heading),
        f"\n{subtitle(report, language)}\n",
        table(report, language),
        *joined(*sentences_of(report, language), by="\n"),
    )


def subtitle(report: Report, language: str) -> str:
    return f"{period_of(report.asked, language)} · {summary(report, language)}"


def summary(report: Report, language: str) -> str:
    """`93% of 412 targets met, 29 missed.`; of a report in which something was decided."""
    total = report.total
    kept = percent(total, language)
    return words(language, "reports.summary", count=total.decided, share=kept, missed=total.missed)


def nothing_decided(report: Report, language: str) -> RichText:
    """Instead of a table where no target was met or missed."""
    when = period_of(report.asked, language)
    nothing = say(language, "reports.nothing_decided", teams=report.teams, period=when)
    return joined(nothing, excluded_targets(report, language), open_targets(report, language))


def sentences_of(report: Report, language: str) -> Iterator[RichText]:
    """What a table has no room for, and how to read it."""
    total = report.total
    if total.late is not None:
        yield how_late(total.late, language)
    if total.overdue is not None:
        yield how_overdue(total.unfulfilled, total.overdue, language)
    if total.unmet:
        yield say(language, "reports.unmet", count=total.unmet)
    if total.excluded:
        yield excluded_targets(report, language)
    if report.spent.total:
        yield where_time_went(report, language)
    yield open_targets(report, language)
    yield say(language, "reports.read_weeks")
    if len(report.lines[Dimension.WEEK]) > SHOWN_WEEKS:
        yield say(language, "reports.read_earlier_weeks")
    yield say(language, "reports.read_targets")
    if total.late is not None:
        yield say(language, "reports.read_late", label=_on_one_line(words(language, "reports.column_late")))
    if total.overdue is not None:
        label = _on_one_line(words(language, "reports.column_overdue"))
        yield say(language, "reports.read_overdue", label=label)


def _on_one_line(heading: str) -> str:
    return " ".join(heading.split())


def how_late(late: Lateness, language: str) -> RichText:
    """Of the targets that were met after all."""
    median, ninetieth, worst = _lengths(late, language)
    if late.median == late.worst:
        return say(language, "reports.late", late=worst)
    return say(language, "reports.late_spread", late=median, most=ninetieth, worst=worst)


def how_overdue(many: int, late: Lateness, language: str) -> RichText:
    """Of the targets that are still overdue."""
    median, _, worst = _lengths(late, language)
    if late.median == late.worst:
        return say(language, "reports.overdue", count=many, late=worst)
    return say(language, "reports.overdue_spread", count=many, late=median, worst=worst)


def _lengths(late: Lateness, language: str) -> Sequence[str]:
    return [working_time(each, language) for each in (late.median, late.ninetieth, late.worst)]


def excluded_targets(report: Report, language: str) -> RichText:
    """Counted nowhere else; nothing where there are none."""
    excluded = report.total.excluded
    return say(language, "reports.excluded", count=excluded) if excluded else ()


def open_targets(report: Report, language: str) -> RichText:
    """What is not decided yet."""
    found = report.open_now
    if not found.count:
        return say(language, "reports.open_none")
    if not found.overdue:
        return say(language, "reports.open", count=found.count)
    counted = say(language, "reports.open_overdue", count=found.count, number=found.overdue)
    paused = say(language, "reports.open_paused", count=found.paused) if found.paused else ()
    return joined(counted, paused)


def where_time_went(report: Report, language: str) -> RichText:
    """Of a report in which some time was spent."""
    spent = report.spent
    shares = [
        words(language, f"reports.share_{place}", share=share(took / spent.total, 1, language))
        for place, took in places_of(spent).items()
        if took
    ]
    key = "reports.time_of_newest" if report.has_more_lives else "reports.time"
    return say(language, key, count=len(report.lives), shares=listed(shares, language))


def places_of(spent: TimeSpent) -> Mapping[str, timedelta]:
    """Each place where time goes, by its name in the catalogue, with the time that it took."""
    return {
        "team": spent.team,
        "requester": spent.requester,
        "third_party": spent.third_party,
        "off_hours": spent.off_hours,
    }


def table(report: Report, language: str) -> Grid:
    """What it is, met, missed, share met, median lateness; where some are overdue, theirs too. Numbers are bare."""
    columns = ["met", "missed", "share", "late"]
    columns += ["overdue"] if report.total.overdue is not None else []
    shown = len(columns) + 1
    rows = [_cells(report.total, language)[:shown]]
    searches = [_searches(report.total)[:shown]]
    for dimension in Dimension:
        lines = report.lines[dimension]
        if len(lines) > 1:
            told = _newest(lines, language) if dimension is Dimension.WEEK else lines
            rows.append((words(language, f"reports.by_{dimension}"),))
            rows += [_cells(line, language)[:shown] for line in told]
            searches += [(), *(_searches(line)[:shown] for line in told)]
    heads = [words(language, f"reports.column_{each}") for each in columns]
    return grid(heads, rows, least=(3, 4, 4, 6, 6), searches=searches)


def _newest(weeks: Sequence[ReportLine], language: str) -> Sequence[ReportLine]:
    earlier = weeks[:-SHOWN_WEEKS]
    if not earlier:
        return weeks
    together = ReportLine(
        value="",
        label=words(language, "reports.earlier_weeks", count=len(earlier)),
        kept=sum(each.kept for each in earlier),
        missed=sum(each.missed for each in earlier),
    )
    return [together, *weeks[-SHOWN_WEEKS:]]


def _searches(line: ReportLine) -> Sequence[str]:
    """Of the cells of a line; how late is said of what was met late, and of what is still open."""
    met, missed, late, still_open = line.searches
    return (missed, met, missed, "", late, still_open)


def _cells(line: ReportLine, language: str) -> Sequence[str]:
    late, overdue = (
        "" if each is None else short_hours(each.median, language) for each in (line.late, line.overdue)
    )
    return (line.label, str(line.kept), str(line.missed), percent(line, language), late, overdue)


def head_rows(heads: Sequence[str]) -> list[Sequence[str]]:
    """The heading of a table: as many lines as its longest column needs, the others at the bottom."""
    columns = [head.split("\n") for head in ("", *heads)]
    height = max(map(len, columns))
    return list(zip(*([""] * (height - len(lines)) + lines for lines in columns), strict=True))


def aligned(rows: Sequence[Sequence[str]], *, least: Sequence[int]) -> list[str]:
    """The rows as lines: a label on the left, on as many lines as it needs, and the rest on the right of the first.

    `least` is how many letters those columns have in any case; the labels have what a line leaves. A label alone is a
    heading.
    """
    widths = [
        max(width, *(len(row[column]) for row in rows if len(row) > column))
        for column, width in enumerate(least[: len(rows[0]) - 1], start=1)
    ]
    longest = max(len(label) for label, *cells in rows if cells)
    room = max(LABEL_WIDTH, min(longest, LINE_WIDTH - sum(widths) - len(widths)))
    return [line for row in rows for line in _aligned(row, widths, room=room)]


def _aligned(row: Sequence[str], widths: Sequence[int], *, room: int) -> Iterator[str]:
    label, *cells = row
    if not cells:
        yield label
        return
    first, *rest = wrap(label, room, subsequent_indent=" ") or [""]
    right = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    yield " ".join((f"{first:{room}}", *right)).rstrip()
    yield from rest


def percent(line: ReportLine, language: str) -> str:
    """A dash where there was nothing."""
    return "–" if not line.decided else share(line.kept, line.decided, language)


def short_hours(length: timedelta, language: str) -> str:
    """The same for a narrow column: `35 min`, `2 h 10`, and from ten hours on the hours alone, `51 h`."""
    hours, minutes = hours_and_minutes(length)
    if 0 < hours < 10 and minutes:
        return words(language, "reports.hours_and_minutes", hours=hours, minutes=f"{minutes:02}")
    return working_time(timedelta(hours=hours) if hours >= 10 else length, language)


def period_of(asked: ReportQuery, language: str) -> str:
    """`2 Feb – 1 Mar 2026`, both days included."""
    first, last = asked.days
    return period(first, last, language=language)


def period_and_before(asked: ReportQuery, language: str) -> str:
    """`30 Nov 2026, compared with 29 Nov 2026 until 09:00`; the time is said where the day was longer."""
    since, until = asked.earlier
    earlier = replace(asked, since=since, until=until)
    compared = period_of(earlier, language)
    last = earlier.days[1]
    if asked.compared is not None and until != start_of(last + timedelta(days=1), asked.zone):
        time = time_of_day(until, zone=asked.zone, language=language)
        compared = words(language, "figures.compared_until", period=compared, time=time)
    return words(language, "figures.subtitle", period=period_of(asked, language), compared=compared)

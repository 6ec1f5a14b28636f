"""A report as words and a table narrow enough for a phone."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.sla.time_spent import TimeSpent
from bot.messages.outbound import Bold, Preformatted, RichText
from bot.ports.storage.reports import Dimension, Lateness, ReportQuery
from bot.services.reports.reports import Report, ReportLine
from bot.text.sentences import counted

LABEL_WIDTH = 15
SHOWN_WEEKS = 12
"""The last ones; all of them are in the chart and in the files."""

_MINUTE = timedelta(minutes=1)


def report_text(report: Report) -> RichText:
    text: RichText = (
        Bold(f"SLA report of {report.teams}"),
        f"\n{period_of(report.asked)}: {summary(report)}\n",
    )
    text += (Preformatted(table(report)),)
    return (*text, "\n".join(sentences_of(report)))


def summary(report: Report) -> str:
    """`93% of 412 promises were kept, 29 were missed.`"""
    total = report.total
    return f"{percent(total)} of {counted(total.decided, 'promise')} kept, {total.missed} missed."


def sentences_of(report: Report) -> Iterator[str]:
    """What a table has no room for, and how to read it."""
    if report.total.late is not None:
        yield how_late(report.total.late)
    if report.total.unfulfilled:
        verb = "is" if report.total.unfulfilled == 1 else "are"
        yield f"{report.total.unfulfilled} of those missed {verb} not done yet."
    if report.lives:
        yield where_time_went(report)
    yield open_promises(report)
    median = "; “late” is the median of those missed" if report.total.late is not None else ""
    yield f"A promise counts in the week in which it was kept, or was due and missed{median}."


def how_late(late: Lateness) -> str:
    if late.median == late.worst:
        return f"Those missed were late by {hours(late.worst)}, in the promise’s own hours."
    return (
        f"Half of those missed were late by at most {hours(late.median)}, nine in ten by at most "
        f"{hours(late.ninetieth)}, the worst by {hours(late.worst)}, in the promise’s own hours."
    )


def open_promises(report: Report) -> str:
    """What is not decided yet."""
    if not report.open_now:
        return "No promise is open now."
    overdue = f", {report.overdue_now} of them overdue" if report.overdue_now else ""
    return (
        f"{counted(report.open_now, 'promise')} {'is' if report.open_now == 1 else 'are'} open now{overdue}."
    )


def where_time_went(report: Report) -> str:
    shares = ", ".join(f"{share:.0%} {where}" for where, share in shares_of(report.spent) if share)
    return f"Where the time of {which_lives(report)} went: {shares or 'they took none'}."


def which_lives(report: Report) -> str:
    many = len(report.lives)
    return f"the {many} tickets finished last" if report.has_more_lives else counted(many, "finished ticket")


def shares_of(spent: TimeSpent) -> list[tuple[str, float]]:
    """Each place where time went with its share, 0 … 1; nothing where there was no time."""
    if not spent.total:
        return []
    places = {
        "the team’s turn": spent.team,
        "waiting for the requester": spent.requester,
        "waiting for third parties": spent.third_party,
        "out of hours": spent.off_hours,
    }
    return [(where, took / spent.total) for where, took in places.items()]


def table(report: Report) -> str:
    """Fixed columns: what it is, kept, missed, share kept, median lateness."""
    shown: list[tuple[str, tuple[ReportLine, ...]]] = [("", (report.total,))]
    for dimension in Dimension:
        lines = report.lines[dimension]
        if len(lines) > 1:
            shown.append((dimension.value, lines[-SHOWN_WEEKS:] if dimension is Dimension.WEEK else lines))
    width = max(4, len(str(report.total.decided)))
    head = f"{'':{LABEL_WIDTH}} {'kept':>{width}} {'missed':>6} {'%':>4} {'late':>8}"
    rows = [head.rstrip()]
    for title, lines in shown:
        rows += [f"by {title}"] if title else []
        rows += [_row(line, width) for line in lines]
    return "\n".join(rows)


def _row(line: ReportLine, width: int) -> str:
    label = shortened_label(line.label)
    late = hours(line.late.median) if line.late is not None else ""
    row = f"{label:{LABEL_WIDTH}} {line.kept:>{width}} {line.missed:>6} {percent(line):>4} {late:>8}"
    return row.rstrip()


def shortened_label(label: str) -> str:
    """A label that fits into its column."""
    return label if len(label) <= LABEL_WIDTH else f"{label[: LABEL_WIDTH - 1]}…"


def percent(line: ReportLine) -> str:
    """Rounded down, so that 100% means all of them; a dash where there was nothing."""
    return "–" if not line.decided else f"{line.kept * 100 // line.decided}%"


def hours(length: timedelta) -> str:
    """Working time in hours and minutes, for a day of it is not 24 hours: `35 min`, `2 h 10`, `51 h`."""
    minutes = -(-length // _MINUTE)
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{minutes} min"
    return f"{whole} h {rest:02}" if whole < 10 and rest else f"{whole} h"


def period_of(asked: ReportQuery) -> str:
    """`2 Feb – 1 Mar 2026`, both days included."""
    first, last = asked.days
    if first == last:
        return _day(last, with_year=True)
    return f"{_day(first, with_year=first.year != last.year)} – {_day(last, with_year=True)}"


def _day(day: date, *, with_year: bool) -> str:
    return f"{day.day} {day:%b} {day.year}" if with_year else f"{day.day} {day:%b}"

"""A report as words and a table narrow enough for a phone."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.sla.time_spent import TimeSpent
from bot.messages.outbound import Bold, Preformatted, RichText
from bot.ports.storage.reports import Dimension, Lateness, ReportQuery
from bot.services.reports.reports import Report, ReportLine
from bot.text.english import counted, percentage

LABEL_WIDTH = 14
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
    """`93% of 412 targets met, 29 missed.`"""
    total = report.total
    return f"{percent(total)} of {counted(total.decided, 'target')} met, {total.missed} missed."


def sentences_of(report: Report) -> Iterator[str]:
    """What a table has no room for, and how to read it."""
    if report.total.late is not None:
        yield how_late(report.total.late)
    if report.total.overdue is not None:
        yield how_overdue(report.total.unfulfilled, report.total.overdue)
    if report.total.excluded:
        yield excluded_targets(report.total.excluded)
    if report.lives:
        yield where_time_went(report)
    yield open_targets(report)
    yield from _how_to_read(report.total)


def how_late(late: Lateness) -> str:
    """Of the targets that were met after all."""
    if late.median == late.worst:
        return f"Missed targets were {hours(late.worst)} late (business hours)."
    return (
        f"Missed targets were {hours(late.median)} late (median, business hours); nine in ten by at most "
        f"{hours(late.ninetieth)}, the worst by {hours(late.worst)}."
    )


def how_overdue(many: int, late: Lateness) -> str:
    """Of the targets that are still overdue."""
    verb = "is" if many == 1 else "are"
    still = f"{many:,} of the missed targets {verb} still open"
    if late.median == late.worst:
        return f"{still}, {hours(late.worst)} late by now."
    return f"{still}, {hours(late.median)} late by now (median), the worst {hours(late.worst)}."


def excluded_targets(many: int) -> str:
    """Counted nowhere else."""
    return f"{counted(many, 'target')} excluded: the request was withdrawn, or closed without an answer."


def open_targets(report: Report) -> str:
    """What is not decided yet."""
    if not report.open_now:
        return "No target is open now."
    overdue = f", {report.overdue_now} of them overdue" if report.overdue_now else ""
    verb = "is" if report.open_now == 1 else "are"
    return f"{counted(report.open_now, 'target')} {verb} open now{overdue}."


def _how_to_read(total: ReportLine) -> Iterator[str]:
    yield "A target counts in the week in which it was met, or was due and missed."
    if total.late is not None:
        yield "“median late”: how late missed targets were when they were met after all (business hours)."
    if total.overdue is not None:
        yield "“median open”: how late missed targets that are still open are now (business hours)."


def where_time_went(report: Report) -> str:
    shares = ", ".join(f"{percentage(share, 1)} {where}" for where, share in shares_of(report.spent) if share)
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
    """Fixed columns: what it is, met, missed, share met, median lateness; where some are overdue, theirs too.

    The heading has two lines, so that it says of what a median is without making the table wider.
    """
    shown: list[tuple[str, tuple[ReportLine, ...]]] = [("", (report.total,))]
    for dimension in Dimension:
        lines = report.lines[dimension]
        if len(lines) > 1:
            shown.append((dimension.value, lines[-SHOWN_WEEKS:] if dimension is Dimension.WEEK else lines))
    width = max(3, len(str(report.total.decided)))
    medians = ["late", "open"] if report.total.overdue is not None else ["late"]
    rows = [
        f"{'':{LABEL_WIDTH}} {'':>{width}} {'':>4} {'':>4}{''.join(' median' for _ in medians)}",
        f"{'':{LABEL_WIDTH}} {'met':>{width}} {'miss':>4} {'%':>4}{''.join(f' {each:>6}' for each in medians)}",
    ]
    for title, lines in shown:
        rows += [f"by {title}"] if title else []
        rows += [_row(line, width) for line in lines]
    return "\n".join(rows)


def _row(line: ReportLine, width: int) -> str:
    label = shortened_label(line.label)
    late, overdue = (hours(each.median) if each is not None else "" for each in (line.late, line.overdue))
    row = f"{label:{LABEL_WIDTH}} {line.kept:>{width}} {line.missed:>4} {percent(line):>4} {late:>6}"
    return f"{row} {overdue:>6}".rstrip()


def shortened_label(label: str) -> str:
    """A label that fits into its column."""
    return label if len(label) <= LABEL_WIDTH else f"{label[: LABEL_WIDTH - 1]}…"


def percent(line: ReportLine) -> str:
    """How many of the decided targets were met; a dash where there were none."""
    return "–" if not line.decided else percentage(line.kept, line.decided)


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

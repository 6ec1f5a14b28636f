"""How long agents worked: what was logged in all, and on a ticket for which something was logged."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.documents.figure_kind import FigureAnswer, FigureColumn, FigureKind, FigureLine, FigureValue
from bot.documents.report_table import short_hours
from bot.domain.desk import Desk
from bot.domain.search.query import FilterName
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.worked_time.time_entries import TimeDimension, WorkedTime
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet, previous
from bot.services.reports.report_searches import done_in, now_and_before
from bot.text.sentences import say, words

_MINUTE = timedelta(minutes=1)
_DIMENSIONS: Mapping[Span, TimeDimension] = {Span.TEAM: TimeDimension.TEAM, Span.AGENT: TimeDimension.AGENT}


def _read(uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    now, before = (uow.time_entries.worked(each) for each in (found.asked, previous(found.asked)))
    if not (now.entries or before.entries):
        return FigureAnswer()
    searches = now_and_before(desk, found.asked, FilterName.WORKED)
    return FigureAnswer(
        lines=(
            FigureLine(
                label=words(language, "figures.line_time"),
                now=_told(now.length, language),
                before=_told(before.length, language),
                searches=searches,
            ),
            FigureLine(
                label=words(language, "figures.line_time_each"),
                now=_told(_each(now), language),
                before=_told(_each(before), language),
                searches=searches,
            ),
        ),
        sentences=(say(language, "figures.read_worked_time", count=now.tickets),) if now.tickets else (),
        values=(
            FigureValue(name="time_worked_s", now=now.length, before=before.length),
            FigureValue(name="time_worked_tickets", now=now.tickets, before=before.tickets),
        ),
    )


def _told(length: timedelta, language: str) -> str:
    return short_hours(length, language) if length else "–"


def _each(worked: WorkedTime) -> timedelta:
    """The mean, in whole minutes; nothing where nothing was logged."""
    if not worked.tickets:
        return timedelta()
    return max(round(worked.length / worked.tickets / _MINUTE), 1) * _MINUTE


def _columns(
    uow: UnitOfWork, desk: Desk, asked: ReportQuery, by: Span, language: str
) -> Sequence[FigureColumn]:
    found = uow.time_entries.worked_by(asked, by=_DIMENSIONS[by])
    searches = done_in(desk, asked, by, found, FilterName.WORKED)
    return (
        FigureColumn(
            name="time_worked_s",
            values={value: round(each.length.total_seconds()) for value, each in found.items()},
            head=words(language, "figures.column_time"),
            told={value: short_hours(each.length, language) for value, each in found.items()},
            searches=searches,
        ),
        FigureColumn(
            name="time_worked_tickets",
            values={value: each.tickets for value, each in found.items()},
            head=words(language, "figures.column_time_each"),
            told={value: _told(_each(each), language) for value, each in found.items()},
            searches=searches,
        ),
    )


WORKED_TIME = FigureKind(name="worked_time", place=80, read=_read, columns=_columns)

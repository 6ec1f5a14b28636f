"""What is open at the end of the period and was at its start, and since when."""

from datetime import datetime, timedelta

from bot.documents.figure_kind import FigureAnswer, FigureKind, FigureLine, FigureValue
from bot.domain.desk import Desk
from bot.messages.outbound import RichText
from bot.ports.storage.figures.figures import Backlog
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet
from bot.services.reports.report_searches import open_now, was_open
from bot.text.amounts import length, number
from bot.text.sentences import joined, say, words


def _read(_uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    end, start = found.now.at_end, found.now.at_start or Backlog()
    until, since = found.now.until, found.now.since
    is_now = until >= found.asked.as_of
    line = FigureLine(
        label=words(language, "figures.line_backlog"),
        now=number(end.many, language),
        before=number(start.many, language),
        searches=(
            open_now(desk, found.asked) if is_now else was_open(desk, found.asked, until),
            was_open(desk, found.asked, since),
        ),
    )
    values = [
        FigureValue(name="backlog", now=end.many, before=start.many),
        FigureValue(
            name="backlog_median_age_s", now=_age(end.median, until), before=_age(start.median, since)
        ),
        FigureValue(
            name="backlog_oldest_age_s", now=_age(end.oldest, until), before=_age(start.oldest, since)
        ),
    ]
    return FigureAnswer(lines=(line,), sentences=(_in_words(end, start, until, language),), values=values)


def _in_words(end: Backlog, start: Backlog, until: datetime, language: str) -> RichText:
    if end.oldest is None or end.median is None:
        return say(language, "figures.backlog_none")
    more = end.many - start.many
    key = "figures.backlog_alike" if not more else f"figures.backlog_{'more' if more > 0 else 'fewer'}"
    changed = say(language, key, count=end.many, number=number(abs(more), language))
    median, oldest = (
        length(max((until - at).total_seconds(), 60), language) for at in (end.median, end.oldest)
    )
    return joined(changed, say(language, "figures.backlog_age", median=median, oldest=oldest))


def _age(at: datetime | None, then: datetime) -> timedelta | None:
    return None if at is None else max(then - at, timedelta())


BACKLOG = FigureKind(name="backlog", place=20, read=_read)

"""The hour report: at which hours of the week requests come in, as a table of days and hours."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import Grid, grid, period_of
from bot.domain.desk import Desk
from bot.messages.outbound import Bold
from bot.ports.storage.figures.figures import RequestDimension
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.report_searches import opened_at_hour
from bot.services.reports.reports import titles_of
from bot.text.instants import short_weekday
from bot.text.sentences import say, words

HEADING = "figures.heading_hours"
_A_MONDAY = date(2026, 3, 2)
_DAYS, _HOURS = range(7), range(24)


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
    counted = _counted(uow, asked)
    if not any(map(any, counted)):
        return ReportAnswer(nothing=say(language, "figures.nothing_opened", teams=teams, period=when))
    title, days = words(language, HEADING, teams=teams), _day_names(language)
    busiest = max(((day, hour) for day in _DAYS for hour in _HOURS), key=lambda at: counted[at[1]][at[0]])
    told = say(
        language,
        "figures.busiest",
        count=counted[busiest[1]][busiest[0]],
        day=days[busiest[0]],
        hour=_clock(busiest[1]),
        zone=asked.zone.key,
    )
    behind = [[opened_at_hour(desk, asked, day * 24 + hour) for day in _DAYS] for hour in _HOURS]
    text = (Bold(title), f"\n{when}\n", _table(counted, days, behind), *told)
    chart = {
        "kind": "heat",
        "title": title,
        "subtitle": when,
        "rows": list(days),
        "columns": [_clock(hour) for hour in _HOURS],
        "values": [[counted[hour][day] for hour in _HOURS] for day in _DAYS],
        "searches": [[behind[hour][day] for hour in _HOURS] for day in _DAYS],
        "unit": words(language, "reports.unit_requests"),
    }
    return ReportAnswer(text=text, charts={"hours": chart})


def _counted(uow: UnitOfWork, asked: ReportQuery) -> list[list[int]]:
    """By hour, then by day of the week."""
    found = uow.figures.opened(asked, by=RequestDimension.HOUR)
    return [[found.get((False, str(day * 24 + hour)), 0) for day in _DAYS] for hour in _HOURS]


def _day_names(language: str) -> Sequence[str]:
    return [short_weekday(_A_MONDAY + timedelta(days=day), language=language) for day in _DAYS]


def _clock(hour: int) -> str:
    return f"{hour:02}:00"


def _table(counted: list[list[int]], days: Sequence[str], behind: Sequence[Sequence[str]]) -> Grid:
    """From the first hour at which something came to the last; a dot where nothing did."""
    busy = [hour for hour in _HOURS if any(counted[hour])]
    rows = [
        (_clock(hour), *(str(many) if many else "·" for many in counted[hour]))
        for hour in range(busy[0], busy[-1] + 1)
    ]
    searches = [("", *behind[hour]) for hour in range(busy[0], busy[-1] + 1)]
    return grid([day[:3] for day in days], rows, least=(3,) * 7, searches=searches)


def _tables(uow: UnitOfWork, _desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
    def rows() -> Iterator[Sequence[object]]:
        yield ("weekday", "day", "hour", "opened")
        for day, name in enumerate(_day_names(language)):
            for hour in _HOURS:
                yield (day + 1, name, hour, counted[hour][day])

    counted = _counted(uow, asked)
    return ReportTables(rows={"requests": rows()})


HOURS = ReportKind(name="hours", heading=HEADING, read=_read, tables=_tables)

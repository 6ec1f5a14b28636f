"""The forecast: how many requests each team will get in the next four weeks, and how wrong that was lately.

Where agents log time, it says how many hours of theirs a week needs too.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from bot.documents.report_files import seconds
from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, short_hours
from bot.domain.demand.forecast import LEAST_REQUESTS, LEAST_WEEKS, Forecast
from bot.domain.desk import Desk
from bot.messages.outbound import Bold, RichText
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.demand.forecasts import (
    LEAST_LOGGED,
    LOGGED_WEEKS,
    TeamForecast,
    TicketEffort,
    team_forecasts,
)
from bot.services.reports.report_searches import opened_in_week
from bot.services.reports.reports import titles_of, week_named
from bot.text.amounts import number, share, working_time
from bot.text.sentences import joined, say, words

DRAWN_WEEKS: Final = 8
"""Of the past, beside the four to come."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    found = team_forecasts(uow, desk, teams=asked.teams, now=asked.as_of)
    teams = titles_of(desk, asked.teams, language=language)
    known = [(each, each.forecast) for each in found if each.forecast is not None]
    too_few = [_too_few(desk, each, language) for each in found if each.forecast is None]
    if not known:
        return ReportAnswer(nothing=joined(*too_few, by="\n"))
    parts = [_part(desk, each, forecast, language) for each, forecast in known]
    return ReportAnswer(
        text=joined(
            (Bold(words(language, "reports.heading_forecast", teams=teams)),),
            *parts,
            *too_few,
            say(language, "reports.read_forecast"),
            by="\n",
        ),
        charts={
            f"forecast-{each.team}": _chart(desk, asked, each.team, forecast, language)
            for each, forecast in known
        },
    )


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
    del language
    return ReportTables(
        rows={"forecast": _rows(team_forecasts(uow, desk, teams=asked.teams, now=asked.as_of))}
    )


def _part(desk: Desk, found: TeamForecast, forecast: Forecast, language: str) -> RichText:
    effort = found.effort if found.effort is not None and found.effort.is_enough else None
    columns = ("expected", "range", *(("hours",) if effort is not None else ()))
    heads = [words(language, f"reports.column_{each}") for each in columns]
    rows = [
        (
            _week(each.monday, language),
            number(round(each.requests), language),
            f"{number(round(each.low), language)}–{number(round(each.high), language)}",
            # Of the requests as they are shown: none takes no time.
            *((short_hours(effort.hours_of(round(each.requests)), language),) if effort is not None else ()),
        )
        for each in forecast.weeks
    ]
    holidays = sum(each.holidays for each in forecast.weeks)
    return joined(
        (Bold(desk.title_of(found.team)),),
        (grid(heads, rows, least=(4, 7, 5)),),
        joined(
            _error(forecast, language),
            say(language, "reports.forecast_holidays", count=holidays) if holidays else (),
            _hours(found.effort, language),
        ),
        by="\n",
    )


def _hours(effort: TicketEffort | None, language: str) -> RichText:
    """Nothing where no time is logged at all."""
    if effort is None:
        return ()
    facts: dict[str, int | str] = {"number": effort.tickets, "weeks": LOGGED_WEEKS}
    if not effort.is_enough:
        return say(language, "reports.forecast_hours_too_few", least=LEAST_LOGGED, **facts)
    return say(language, "reports.forecast_hours", length=working_time(effort.mean, language), **facts)


def _error(forecast: Forecast, language: str) -> RichText:
    error = forecast.error
    facts: dict[str, int | str] = {
        "off": number(round(error.forecast, 1), language),
        "naive": number(round(error.naive, 1), language),
        "weeks": len(forecast.past),
        "last": number(forecast.last_week, language),
    }
    if error.share is None:
        return say(language, "reports.forecast_error", **facts)
    return say(language, "reports.forecast_error_share", share=share(error.share, 1, language), **facts)


def _too_few(desk: Desk, found: TeamForecast, language: str) -> RichText:
    return say(
        language,
        "reports.forecast_too_few",
        team=desk.title_of(found.team),
        weeks=LEAST_WEEKS,
        requests=LEAST_REQUESTS,
        count=found.requests,
    )


def _week(monday: date, language: str) -> str:
    return week_named(monday, "reports.week", language=language)


def _rows(found: Sequence[TeamForecast]) -> Iterator[Sequence[object]]:
    yield (
        "team",
        "week",
        "requests",
        "low",
        "high",
        "holidays",
        "learned_from_weeks",
        "error_per_week",
        "last_week_error_per_week",
        "staff_time_s",
        "mean_per_ticket_s",
        "tickets_with_time",
    )
    for each in found:
        if each.forecast is None:
            continue
        error, effort = each.forecast.error, each.effort
        is_known = effort is not None and effort.is_enough
        for week in each.forecast.weeks:
            yield (
                each.team,
                week.monday.isoformat(),
                round(week.requests, 1),
                round(week.low, 1),
                round(week.high, 1),
                week.holidays,
                len(each.forecast.past),
                round(error.forecast, 2),
                round(error.naive, 2),
                seconds(effort.hours_of(week.requests)) if effort is not None and is_known else "",
                seconds(effort.mean) if effort is not None and is_known else "",
                0 if effort is None else effort.tickets,
            )


def _chart(
    desk: Desk, asked: ReportQuery, team: str, forecast: Forecast, language: str
) -> Mapping[str, object]:
    past = forecast.past[-DRAWN_WEEKS:]
    nothing_yet, nothing_more = [0] * len(forecast.weeks), [0] * len(past)
    return {
        "kind": "bars",
        "direction": "up",
        "title": words(language, "reports.heading_forecast", teams=desk.title_of(team)),
        "labels": [
            _week(monday, language)
            for monday in (*(monday for monday, _ in past), *(each.monday for each in forecast.weeks))
        ],
        "unit": words(language, "reports.unit_requests"),
        "series": [
            {
                "label": words(language, "reports.series_new"),
                "values": [*(many for _, many in past), *nothing_yet],
                "searches": [
                    *(opened_in_week(desk, asked, team, monday) for monday, _ in past),
                    *("" for _ in nothing_yet),
                ],
                "colour": "ours",
            },
            {
                "label": words(language, "reports.series_forecast"),
                "values": [*nothing_more, *(round(each.requests) for each in forecast.weeks)],
                "colour": "off",
                "is_hatched": True,
            },
        ],
    }


FORECAST = ReportKind(
    name="forecast", heading="reports.heading_forecast", read=_read, tables=_tables, looks_back=False
)

"""The figures report: what came in, was answered and resolved, with or without SLA policies, now and before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot.documents.figure_kind import (
    FigureAnswer,
    FigureColumn,
    FigureLine,
    column_table,
    declared_figures,
    figure_columns,
    values_in,
)
from bot.documents.figures.requests import SEARCHED
from bot.documents.report_files import seconds
from bot.documents.report_kind import USUAL_REPORT, ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import Grid, grid, period_and_before, period_of
from bot.domain.desk import Desk
from bot.messages.outbound import Bold, RichText
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, FigureSet, read_figures
from bot.services.reports.report_searches import opened_in, what_happened
from bot.services.reports.reports import titles_of
from bot.text.sentences import joined, say, words

_COLUMNS = ("opened", "answered", "resolved")
_HEADS = ("column_new", "column_replied", "column_resolved")


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    found = read_figures(uow, asked)
    teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
    is_empty = found.now.counts.is_empty and not found.now.at_end.many
    if is_empty and found.before.counts.is_empty:
        key = "reports.no_requests_then" if asked.until < asked.as_of else "reports.no_requests"
        nothing = say(language, key, teams=teams, period=when)
        return ReportAnswer(nothing=joined(nothing, _incomplete(found, language)))
    text, quotes = _text_and_quotes(
        uow, desk, found, heading=words(language, "figures.heading", teams=teams), language=language
    )
    charts = {"requests": _chart(desk, found, teams, when, language)}
    return ReportAnswer(text=text, quotes=quotes, charts=charts, searches=_searches(desk, found, language))


def _searches(desk: Desk, found: FigureSet, language: str) -> Mapping[str, str]:
    """Of what was opened, by all teams and by each."""
    of_teams = {desk.title_of(team): opened_in(desk, found.asked, teams=[team]) for team in found.by_team}
    return {words(language, "figures.line_opened"): opened_in(desk, found.asked), **of_teams}


def figures_text(uow: UnitOfWork, desk: Desk, found: FigureSet, *, heading: str, language: str) -> RichText:
    """The whole answer below this heading."""
    return joined(*_text_and_quotes(uow, desk, found, heading=heading, language=language), by="\n")


def _text_and_quotes(
    uow: UnitOfWork, desk: Desk, found: FigureSet, *, heading: str, language: str
) -> tuple[RichText, RichText]:
    """Figures, and what people wrote."""
    answers = [each.read(uow, desk, found, language) for each in declared_figures()]
    against = period_and_before(found.asked, language)
    tables = (_team_table(desk, found, language), _more_of_teams(uow, desk, found.asked, language))
    sentences = [sentence for answer in answers for sentence in answer.sentences]
    if found.now.counts.response or found.now.counts.resolution:
        sentences.append(say(language, "figures.read_times"))
    figures = (
        Bold(heading),
        f"\n{against}\n",
        _table(answers, language),
        *(each for each in tables if each),
        *joined(*sentences, _incomplete(found, language), by="\n"),
    )
    return figures, joined(*(each for answer in answers for each in answer.quotes), by="\n")


def _incomplete(found: FigureSet, language: str) -> RichText:
    return () if found.is_complete else say(language, "figures.incomplete")


def _table(answers: Sequence[FigureAnswer], language: str) -> Grid:
    heads = [words(language, f"figures.column_{each}") for each in ("now", "before")]
    lines = [line for answer in answers for line in answer.lines]
    searches = [("", *line.searches) for line in lines]
    return grid(heads, list(map(_row, lines)), least=(7, 7), searches=searches)


def _row(line: FigureLine) -> Sequence[str]:
    return (line.label, line.now, line.before) if line.now or line.before else (line.label,)


def _team_table(desk: Desk, found: FigureSet, language: str) -> Grid | None:
    """Of the period alone; None where one team is asked of."""
    if not found.by_team:
        return None
    heads = [words(language, f"reports.{each}") for each in _HEADS]
    rows = [
        (desk.title_of(team), *(str(getattr(counts, each)) for each in _COLUMNS))
        for team, counts in found.by_team.items()
    ]
    searches = [
        ("", *(what_happened(desk, found.asked, *SEARCHED[each], teams=[team]) for each in _COLUMNS))
        for team in found.by_team
    ]
    return grid(heads, rows, least=(4, 7, 8), searches=searches)


def _more_of_teams(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> Grid | None:
    """What not every desk has, such as ratings; None where there is but one team of which something is told."""
    columns = figure_columns(uow, desk, asked, Span.TEAM, language)
    teams = sorted(values_in(columns))
    return column_table(columns, {each: desk.title_of(each) for each in teams}) if len(teams) > 1 else None


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
    found = read_figures(uow, asked, team_times=True)
    answers = [each.read(uow, desk, found, language) for each in declared_figures()]
    columns = figure_columns(uow, desk, asked, Span.TEAM, language)
    more = {
        each.name: list(each.table(uow, desk, asked)) for each in declared_figures() if each.table is not None
    }
    return ReportTables(
        rows={"summary": _value_rows(answers), "teams": _team_rows(desk, found, columns), **more},
        note=_incomplete(found, language),
    )


def _value_rows(answers: Sequence[FigureAnswer]) -> Iterator[Sequence[object]]:
    yield ("figure", "value", "before")
    for answer in answers:
        for each in answer.values:
            yield (each.name, *(_cell(value) for value in (each.now, each.before)))


def _cell(value: object) -> object:
    return seconds(value) if isinstance(value, timedelta) else ("" if value is None else value)


_CONTACTS = ("one_touch", "first_contact", "no_reply", "lapsed")


def _team_rows(desk: Desk, found: FigureSet, columns: Sequence[FigureColumn]) -> Iterator[Sequence[object]]:
    yield ("team", "label", *SEARCHED, *_CONTACTS, *TIME_HEAD, *(each.name for each in columns))
    teams = {*found.by_team, *values_in(columns)}
    for team in sorted(teams) if len(teams) > 1 else ():
        counts = found.by_team.get(team, Counts())
        many = (getattr(counts, each) for each in (*SEARCHED, *_CONTACTS))
        more = (each.values.get(team, "") for each in columns)
        yield (team, desk.title_of(team), *many, *time_cells(counts), *more)


TIME_HEAD = tuple(
    f"{what}_{clock}_{rank}_s"
    for what in ("response", "resolution")
    for clock in ("business", "clock")
    for rank in ("median", "90_percent")
)


def time_cells(counts: Counts) -> Iterator[object]:
    """Seconds, in the order of `TIME_HEAD`."""
    for times in (counts.response, counts.resolution):
        for lengths in (None, None) if times is None else (times.worked, times.took):
            yield from ("", "") if lengths is None else (seconds(lengths.median), seconds(lengths.ninetieth))


def _chart(desk: Desk, found: FigureSet, teams: str, when: str, language: str) -> dict[str, object]:
    names = ("opened", "answered", "resolved", "reopened")
    now, before = found.now.counts, found.before.counts
    return {
        "kind": "bars",
        "direction": "across",
        "title": words(language, "figures.heading", teams=teams),
        "subtitle": when,
        "labels": [words(language, f"figures.line_{each}") for each in names],
        "searches": [what_happened(desk, found.asked, *SEARCHED[each]) for each in names],
        "notes": [
            words(language, "figures.chart_before", total=getattr(now, each), number=getattr(before, each))
            for each in names
        ],
        "unit": words(language, "reports.unit_requests"),
        "series": [
            {
                "label": words(language, "figures.series_now"),
                "values": [getattr(now, each) for each in names],
                "colour": "ours",
            }
        ],
    }


FIGURES = ReportKind(name=USUAL_REPORT, heading="figures.heading", read=_read, tables=_tables)

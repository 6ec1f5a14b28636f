"""The agent report, for leads and administrators: who answered and resolved how much, and what they have now."""

from collections.abc import Iterator, Mapping, Sequence

from bot.documents.figure_kind import FigureColumn, column_table, figure_columns, values_in
from bot.documents.report_files import instant
from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, period_of
from bot.documents.reports.figures import TIME_HEAD, time_cells
from bot.domain.desk import Desk
from bot.domain.search.query import FilterName
from bot.messages.outbound import Bold
from bot.ports.storage.figures.figures import Load, Span
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, read_by_agent
from bot.services.reports.report_searches import done_in, held_by
from bot.services.reports.reports import titles_of
from bot.text.amounts import length
from bot.text.sentences import joined, say, words

HEADING = "figures.heading_agents"
_HEADS = ("column_replied", "column_resolved", "column_open")
_COUNTED = ("answered", "resolved", "reopened", "one_touch", "first_contact", "no_reply", "lapsed")
MOST_SENTENCES = 5

Lines = Mapping[str, tuple[str, Counts, Load | None]]
"""Name, counts and load, by the key of the person; who has most now first."""


def _lines(uow: UnitOfWork, asked: ReportQuery, columns: Sequence[FigureColumn]) -> Lines:
    counts, loads = read_by_agent(uow, asked), {each.agent: each for each in uow.figures.loads(asked.teams)}
    keys = [*loads, *(agent for agent in counts if agent not in loads)]
    keys += sorted(values_in(columns).difference(keys))
    people = uow.people.find_many(keys)
    return {
        key: (people[key].name if key in people else key, counts.get(key, Counts()), loads.get(key))
        for key in keys
    }


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
    columns = figure_columns(uow, desk, asked, Span.AGENT, language)
    lines = _lines(uow, asked, columns)
    if not lines:
        return ReportAnswer(nothing=say(language, "figures.no_agents", teams=teams, period=when))
    heads = [words(language, f"reports.{each}") for each in _HEADS]
    rows = [
        (name, str(counts.answered), str(counts.resolved), str(load.many if load is not None else 0))
        for name, counts, load in lines.values()
    ]
    title = words(language, HEADING, teams=teams)
    answered = done_in(desk, asked, Span.AGENT, lines, FilterName.ANSWERED)
    resolved = done_in(desk, asked, Span.AGENT, lines, FilterName.RESOLVED)
    held = {key: held_by(desk, asked.teams, key) for key, (_, _, load) in lines.items() if load is not None}
    searches = [("", answered[key], resolved[key], held.get(key, "")) for key in lines]
    now = asked.as_of
    oldest = [
        say(
            language,
            "figures.oldest_of",
            name=name,
            length=length(max((now - load.oldest).total_seconds(), 60), language),
        )
        for name, _, load in lines.values()
        if load is not None
    ]
    more = column_table(columns, {key: name for key, (name, _, _) in lines.items()})
    text = (
        Bold(title),
        f"\n{when}\n",
        grid(heads, rows, least=(7, 8, 4), searches=searches),
        *((more,) if more else ()),
        *joined(*oldest[:MOST_SENTENCES], say(language, "figures.read_agents"), by="\n"),
    )
    return ReportAnswer(
        text=text,
        charts={"agents": {**_chart(title, when, lines, language), "searches": [*resolved.values()]}},
        searches={lines[key][0]: search for key, search in held.items()},
    )


def _tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
    def rows() -> Iterator[Sequence[object]]:
        yield (
            "agent",
            "label",
            *_COUNTED,
            *TIME_HEAD,
            "open_now",
            "oldest_opened_at",
            *(each.name for each in columns),
        )
        for key, (name, counts, load) in lines.items():
            has = (0, "") if load is None else (load.many, instant(load.oldest))
            more = (each.values.get(key, "") for each in columns)
            yield (key, name, *(getattr(counts, each) for each in _COUNTED), *time_cells(counts), *has, *more)

    columns = figure_columns(uow, desk, asked, Span.AGENT, language)
    lines = _lines(uow, asked, columns)
    return ReportTables(rows={"agents": rows()})


def _chart(title: str, when: str, lines: Lines, language: str) -> dict[str, object]:
    return {
        "kind": "bars",
        "direction": "across",
        "title": title,
        "subtitle": when,
        "labels": [name for name, _, _ in lines.values()],
        "notes": [
            words(language, "reports.still_open", count=load.many) if load is not None else ""
            for _, _, load in lines.values()
        ],
        "unit": words(language, "reports.unit_requests"),
        "series": [
            {
                "label": words(language, "figures.line_resolved"),
                "values": [counts.resolved for _, counts, _ in lines.values()],
                "colour": "ours",
            }
        ],
    }


AGENTS = ReportKind(name="agents", heading=HEADING, read=_read, tables=_tables, is_for_leads=True)

"""The report of worked time: how long agents worked on what, by team, agent and category.

It lists no words: what agents note of their work is read on the ticket, by those who may see its notes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, period_of, short_hours
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.search.query import FilterName
from bot.messages import verbs
from bot.messages.outbound import Bold, RichText
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import ReportQuery
from bot.ports.storage.worked_time.time_entries import ReportedEntry, TimeDimension, WorkedTime
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.report_searches import done_in, what_happened, with_value
from bot.services.reports.reports import titles_of
from bot.text.amounts import working_time
from bot.text.sentences import joined, say, words

MOST_ENTRIES = 20_000
"""Rows of the table that a chat is sent: some two megabytes."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any entry."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """What people call a value, the time worked for it, and what finds its tickets."""

    label: str
    worked: WorkedTime
    search: str


Sums = Mapping[TimeDimension, Sequence[TimeLine]]
"""The longest first."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
    total = uow.time_entries.worked(asked)
    if not total.entries:
        nothing = say(language, "reports.no_time", teams=teams, period=when)
        return ReportAnswer(nothing=joined(nothing, _how_to_begin(uow, desk, asked, language)))
    sums: Sums = {each: _sums(uow, desk, asked, each, language) for each in TimeDimension}
    title = words(language, "reports.heading_time", teams=teams)
    charts = {str(by): _chart(title, when, found, language) for by, found in sums.items() if len(found) > 1}
    agents = _chart(title, when, sums[TimeDimension.AGENT], language)
    summary = f"{when} · {_summary(total, language)}"
    return ReportAnswer(
        text=_text(title, summary, sums, language),
        charts=charts or {str(TimeDimension.AGENT): agents},
        searches={summary: what_happened(desk, asked, FilterName.WORKED)},
    )


def _how_to_begin(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> RichText:
    """Where none of these teams ever logged time: how they would, and where time shows that nobody has to log."""
    if uow.time_entries.worked(replace(asked, since=LONG_AGO)).entries:
        return ()
    return say(
        language,
        "reports.no_time_ever",
        command=f"{verbs.typed(desk.command_names, verbs.TIME)} {desk.prefix}-12 25m",
        button=words(language, "time.button_log"),
        report=verbs.typed(desk.command_names, verbs.REPORT),
    )


def _sums(
    uow: UnitOfWork, desk: Desk, asked: ReportQuery, by: TimeDimension, language: str
) -> Sequence[TimeLine]:
    found = uow.time_entries.worked_by(asked, by=by)
    searches: Mapping[str, str]
    match by:
        case TimeDimension.TEAM:
            labels = {value: desk.title_of(value) for value in found}
            searches = done_in(desk, asked, Span.TEAM, found, FilterName.WORKED)
        case TimeDimension.AGENT:
            labels = _names(uow, found)
            searches = done_in(desk, asked, Span.AGENT, found, FilterName.WORKED)
        case TimeDimension.CATEGORY:
            labels = {value: value or words(language, "reports.no_category") for value in found}
            worked = what_happened(desk, asked, FilterName.WORKED)
            searches = {value: with_value(desk, by, value, worked) for value in found}
    lines = (TimeLine(label=labels[value], worked=found[value], search=searches[value]) for value in found)
    return sorted(lines, key=lambda line: (-line.worked.length, line.label.casefold()))


def _names(uow: UnitOfWork, keys: Iterable[str]) -> dict[str, str]:
    """With the key, where two go by one name."""
    people = uow.people.find_many(set(keys))
    names = {key: people[key].name if key in people else key for key in keys}
    return {
        key: name if [*names.values()].count(name) == 1 else f"{name} ({key})" for key, name in names.items()
    }


def _summary(total: WorkedTime, language: str) -> str:
    tickets = words(language, "reports.time_tickets", count=total.tickets)
    length = working_time(total.length, language)
    return words(language, "reports.time_total", length=length, tickets=tickets, count=total.entries)


def _text(title: str, summary: str, sums: Sums, language: str) -> RichText:
    columns = ("time", "entries", "tickets")
    heads = [words(language, f"reports.column_{each}") for each in columns]
    rows, searches = list[Sequence[str]](), list[Sequence[str]]()
    for by, found in sums.items():
        if by is TimeDimension.AGENT or len(found) > 1:
            rows.append((words(language, f"reports.by_{by}"),))
            rows += [_row(each, language) for each in found]
            searches += [(), *((each.search,) * 4 for each in found)]
    return (
        Bold(title),
        f"\n{summary}\n",
        grid(heads, rows, least=(7, 7, 7), searches=searches),
        *joined(say(language, "reports.read_time")),
    )


def _row(line: TimeLine, language: str) -> Sequence[str]:
    worked = line.worked
    return (line.label, short_hours(worked.length, language), str(worked.entries), str(worked.tickets))


def _chart(title: str, when: str, found: Sequence[TimeLine], language: str) -> dict[str, object]:
    return {
        "kind": "bars",
        "direction": "across",
        "title": title,
        "subtitle": when,
        "labels": [each.label for each in found],
        "searches": [each.search for each in found],
        "notes": [words(language, "reports.time_tickets", count=each.worked.tickets) for each in found],
        "unit": words(language, "reports.unit_hours"),
        "series": [
            {
                "label": words(language, "reports.series_time"),
                "values": [round(each.worked.length / _HOUR, 2) for each in found],
                "colour": "ours",
            }
        ],
    }


def _tables(uow: UnitOfWork, _: Desk, asked: ReportQuery, language: str) -> ReportTables:
    entries = uow.time_entries.reported(asked, limit=MOST_ENTRIES)
    many = uow.time_entries.worked(asked).entries
    note = (
        say(language, "reports.newest_entries", total=many, number=MOST_ENTRIES)
        if many > len(entries)
        else ()
    )
    sums = {str(by): _sum_rows(by, uow.time_entries.worked_by(asked, by=by)) for by in TimeDimension}
    people = uow.people.find_many({each.entry.agent for each in entries})
    return ReportTables(rows={"entries": _entry_rows(entries, people), **sums}, note=note)


def _sum_rows(by: TimeDimension, found: Mapping[str, WorkedTime]) -> Iterator[Sequence[object]]:
    yield (str(by), "minutes", "entries", "tickets")
    for value, each in sorted(found.items()):
        yield (value, each.length // timedelta(minutes=1), each.entries, each.tickets)


def _entry_rows(entries: Sequence[ReportedEntry], people: Mapping[str, Person]) -> Iterator[Sequence[object]]:
    """Read after the transaction, so that all it needs has been read in it."""
    yield ("day", "ticket", "team", "agent", "label", "category", "minutes")
    for each in entries:
        entry = each.entry
        name = people[entry.agent].name if entry.agent in people else ""
        minutes = entry.length // timedelta(minutes=1)
        yield (entry.day.isoformat(), each.reference, entry.team, entry.agent, name, each.category, minutes)


TIME = ReportKind(name="time", heading="reports.heading_time", read=_read, tables=_tables, is_for_leads=True)

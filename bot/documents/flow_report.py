"""Reports that count requests by one property: opened, answered and resolved in a time, and open now."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, period_of
from bot.domain.desk import Desk
from bot.domain.search.query import FilterName
from bot.messages.outbound import Bold, RichText
from bot.ports.storage.reports import Flow, ReportQuery, TicketDimension
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.report_searches import open_now, opened_in, what_happened, with_value
from bot.services.reports.reports import titles_of
from bot.text.sentences import say, words

Label = Callable[[Desk, str, str], str]
"""What people call a value, which is empty where a request has none, in a language."""


def flow_report(*, name: str, heading: str, by: TicketDimension, label: Label) -> ReportKind:
    """A whole report from what its requests are told apart by. `heading` is a key, as `ReportKind` has it."""

    def read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
        found = uow.reports.flows(asked, by=by)
        flows = _labelled({label(desk, value, language): flow for value, flow in found.items()})
        teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
        if not flows:
            return ReportAnswer(nothing=say(language, "reports.no_requests", teams=teams, period=when))
        title = words(language, heading, teams=teams)
        behind = {label(desk, value, language): _behind(desk, asked, by, value) for value in found}
        opened = words(language, "reports.new_requests", count=uow.reports.flow(asked).opened)
        summary = f"{when} · {opened}"
        text = _text(title, summary, flows, behind, language=language)
        charts = {by.value: _chart(title, when, flows, language)}
        searches = {name: of_opened for name, (of_opened, *_) in behind.items()}
        searches[summary] = opened_in(desk, asked)
        return ReportAnswer(text=text, charts=charts, searches=searches)

    def tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
        def called(value: str) -> str:
            return label(desk, value, language)

        return ReportTables(rows={"requests": _rows(uow.reports.flows(asked, by=by), by, called)})

    return ReportKind(name=name, heading=heading, read=read, tables=tables)


def _labelled(flows: Mapping[str, Flow]) -> dict[str, Flow]:
    """The busiest first."""
    return dict(sorted(flows.items(), key=lambda pair: (-pair[1].opened, pair[0].casefold())))


def _behind(desk: Desk, asked: ReportQuery, by: str, value: str) -> Sequence[str]:
    """What finds the tickets of each column."""
    searches = (
        opened_in(desk, asked),
        what_happened(desk, asked, FilterName.ANSWERED),
        what_happened(desk, asked, FilterName.RESOLVED),
        open_now(desk, asked),
    )
    return [with_value(desk, by, value, each) for each in searches]


def _text(
    title: str,
    summary: str,
    flows: Mapping[str, Flow],
    behind: Mapping[str, Sequence[str]],
    *,
    language: str,
) -> RichText:
    """`summary` counts each request once, also where one has several values."""
    columns = ("new", "replied", "resolved", "open")
    heads = [words(language, f"reports.column_{each}") for each in columns]
    rows = [
        (label, *map(str, (flow.opened, flow.answered, flow.resolved, flow.live)))
        for label, flow in flows.items()
    ]
    return (
        Bold(title),
        f"\n{summary}\n",
        grid(heads, rows, least=(4, 7, 8, 4), searches=[("", *behind[label]) for label in flows]),
        *say(language, "reports.read_requests"),
    )


def _rows(
    flows: Mapping[str, Flow], by: TicketDimension, called: Callable[[str], str]
) -> Iterator[Sequence[object]]:
    yield (by.value, "label", "opened", "answered", "resolved", "open_now")
    for value, flow in sorted(flows.items()):
        yield (value, called(value), flow.opened, flow.answered, flow.resolved, flow.live)


def _chart(title: str, when: str, flows: Mapping[str, Flow], language: str) -> dict[str, object]:
    return {
        "kind": "bars",
        "direction": "across",
        "title": title,
        "subtitle": when,
        "labels": list(flows),
        "notes": [
            f"{flow.opened} · {words(language, 'reports.still_open', count=flow.live)}"
            if flow.live
            else f"{flow.opened}"
            for flow in flows.values()
        ],
        "unit": words(language, "reports.unit_requests"),
        "series": [
            {
                "label": words(language, "reports.series_new"),
                "values": [flow.opened for flow in flows.values()],
                "colour": "ours",
            }
        ],
    }

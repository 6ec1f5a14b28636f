"""Reports that count requests by one property: opened, answered and resolved in a time, and open now."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import LABEL_WIDTH, period_of, shortened_label
from bot.domain.desk import Desk
from bot.messages.outbound import Bold, Preformatted, RichText
from bot.ports.storage.reports import Flow, ReportQuery, TicketDimension
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.reports import titles_of
from bot.text.english import counted

Label = Callable[[Desk, str], str]
"""What people call a value; it is empty where a request has none."""


def flow_report(*, name: str, title: str, by: TicketDimension, label: Label) -> ReportKind:
    """A whole report from what its requests are told apart by. `title` is as in `inbox report`."""

    def read(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportAnswer:
        flows = _labelled(uow.reports.flows(asked, by=by), desk, label)
        if not flows:
            return ReportAnswer(nothing=_nothing(desk, asked))
        heading = f"{title[:1].upper()}{title[1:]} of {titles_of(desk, asked.teams)}"
        text = _text(heading, asked, flows, opened=uow.reports.flow(asked).opened)
        return ReportAnswer(text=text, charts={by.value: _chart(heading, asked, flows)})

    def tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery) -> ReportTables:
        return ReportTables(rows={"requests": _rows(uow.reports.flows(asked, by=by), by, desk, label)})

    return ReportKind(name=name, title=title, read=read, tables=tables)


def _nothing(desk: Desk, asked: ReportQuery) -> str:
    return f"{titles_of(desk, asked.teams)}: no requests in this time, {period_of(asked)}, and none is open."


def _labelled(flows: Mapping[str, Flow], desk: Desk, label: Label) -> dict[str, Flow]:
    """The busiest first."""
    named = {label(desk, value): flow for value, flow in flows.items()}
    return dict(sorted(named.items(), key=lambda pair: (-pair[1].opened, pair[0].casefold())))


def _text(heading: str, asked: ReportQuery, flows: Mapping[str, Flow], *, opened: int) -> RichText:
    """`opened` counts each request once, also where one has several values."""
    lines = [_line("", "new", "replied", "resolved", "open")]
    lines += [
        _line(shortened_label(label), flow.opened, flow.answered, flow.resolved, flow.live)
        for label, flow in flows.items()
    ]
    return (
        Bold(heading),
        f"\n{period_of(asked)}: {counted(opened, 'new request')}.\n",
        Preformatted("\n".join(lines)),
        "New, replied to and resolved are counted in this time; open is now.",
    )


def _line(label: str, new: object, replied: object, resolved: object, live: object) -> str:
    """At most 42 letters, as wide as a phone."""
    return f"{label:{LABEL_WIDTH}} {new:>4} {replied:>7} {resolved:>8} {live:>4}"


def _rows(
    flows: Mapping[str, Flow], by: TicketDimension, desk: Desk, label: Label
) -> Iterator[Sequence[object]]:
    yield (by.value, "label", "opened", "answered", "resolved", "open_now")
    for value, flow in sorted(flows.items()):
        yield (value, label(desk, value), flow.opened, flow.answered, flow.resolved, flow.live)


def _chart(heading: str, asked: ReportQuery, flows: Mapping[str, Flow]) -> dict[str, object]:
    return {
        "kind": "bars",
        "direction": "across",
        "title": heading,
        "subtitle": period_of(asked),
        "labels": list(flows),
        "notes": [f"{flow.live} open" if flow.live else "" for flow in flows.values()],
        "unit": "requests",
        "series": [
            {"label": "new requests", "values": [flow.opened for flow in flows.values()], "colour": "ours"}
        ],
    }

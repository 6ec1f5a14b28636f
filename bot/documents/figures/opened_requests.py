"""Reports that count new requests by one property, against the time before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, period_and_before, period_of
from bot.domain.desk import Desk
from bot.domain.search.query import FilterName
from bot.messages.outbound import Bold, RichText
from bot.ports.storage.figures.figures import RequestDimension
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.reports.report_searches import now_and_before, with_value
from bot.services.reports.reports import titles_of
from bot.text.sentences import joined, say, words

MOST_LINES = 30
"""Of the table; all are in the file."""
MOST_BARS = 40

Label = Callable[[Desk, str, str], str]
"""What people call a value, which is empty where a request has none, in a language."""
Counted = Mapping[str, tuple[int, int]]
"""How many now and before, by value, the most first."""


def opened_report(
    *, name: str, by: RequestDimension, label: Label, has_words_of_people: bool = False
) -> ReportKind:
    """A whole report; its heading is the key `figures.heading_NAME`."""
    heading = f"figures.heading_{name}"

    def read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
        counted = counted_by(uow, desk, asked, by)
        teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
        if not counted:
            return ReportAnswer(nothing=_nothing(uow, asked, teams=teams, when=when, language=language))
        named = [(label(desk, value, language), now, before) for value, (now, before) in counted.items()]
        title = words(language, heading, teams=teams)
        behind = _behind(desk, asked, by, counted)
        text = _text(title, period_and_before(asked, language), named, behind, language)
        searches = {name: now for (name, _, _), (_, now, _) in zip(named, behind, strict=True)}
        return ReportAnswer(text=text, charts={name: _chart(title, when, named, language)}, searches=searches)

    def tables(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportTables:
        return ReportTables(
            rows={"requests": _rows(desk, counted_by(uow, desk, asked, by), by, label, language)}
        )

    return ReportKind(
        name=name, heading=heading, read=read, tables=tables, has_words_of_people=has_words_of_people
    )


def counted_by(uow: UnitOfWork, desk: Desk, asked: ReportQuery, by: RequestDimension) -> Counted:
    found = uow.figures.opened(asked, by=by, groups=desk.groups)
    values = dict.fromkeys(value for _, value in found)
    counted = {value: (found.get((False, value), 0), found.get((True, value), 0)) for value in values}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1][0], -pair[1][1], pair[0])))


def _nothing(uow: UnitOfWork, asked: ReportQuery, *, teams: str, when: str, language: str) -> RichText:
    """Only fields are counted of those requests alone that have one."""
    opened = uow.figures.opened(asked, by=RequestDimension.TEAM)
    count = sum(many for (is_before, _), many in opened.items() if not is_before)
    if count:
        return say(language, "figures.no_field_set", count=count, teams=teams, period=when)
    return say(language, "figures.nothing_opened", teams=teams, period=when)


_Named = Sequence[tuple[str, int, int]]


def _behind(desk: Desk, asked: ReportQuery, by: str, values: Iterable[str]) -> Sequence[tuple[str, str, str]]:
    """Of each value what finds the tickets of now and of before, as a table has it."""
    now, before = now_and_before(desk, asked, FilterName.OPENED)
    return [("", with_value(desk, by, each, now), with_value(desk, by, each, before)) for each in values]


def _text(title: str, when: str, named: _Named, behind: Sequence[Sequence[str]], language: str) -> RichText:
    heads = [words(language, f"figures.column_{each}") for each in ("now", "before")]
    rows = [(label, str(now), str(before)) for label, now, before in named[:MOST_LINES]]
    left = len(named) - MOST_LINES
    more = say(language, "figures.more_values", count=left) if left > 0 else ()
    table = grid(heads, rows, least=(7, 7), searches=behind[:MOST_LINES])
    return (Bold(title), f"\n{when}\n", table, *joined(say(language, "figures.read_opened"), more))


def _rows(
    desk: Desk, counted: Counted, by: RequestDimension, label: Label, language: str
) -> Iterator[Sequence[object]]:
    yield (by.value, "label", "opened", "before")
    for value, (now, before) in counted.items():
        yield (value, label(desk, value, language), now, before)


def _chart(title: str, when: str, named: _Named, language: str) -> dict[str, object]:
    drawn = [each for each in named if each[1]][:MOST_BARS] or named[:1]
    return {
        "kind": "bars",
        "direction": "across",
        "title": title,
        "subtitle": when,
        "labels": [label for label, _, _ in drawn],
        "notes": [
            words(language, "figures.chart_before", total=now, number=before) for _, now, before in drawn
        ],
        "unit": words(language, "reports.unit_requests"),
        "series": [
            {
                "label": words(language, "reports.series_new"),
                "values": [now for _, now, _ in drawn],
                "colour": "ours",
            }
        ],
    }

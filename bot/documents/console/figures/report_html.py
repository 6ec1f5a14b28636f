"""What a report says, as HTML: tables as tables, their lines with a way to the tickets, the rest in paragraphs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.documents.report_table import Grid
from bot.messages.outbound import RichText, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """`address` leads to the tickets behind it; a line without cells is a heading."""

    label: str
    cells: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBlock:
    """Either a paragraph or a table."""

    text: RichText = ()
    heads: tuple[str, ...] = ()
    lines: tuple[TableLine, ...] = ()


Address = Callable[[str], str]


def addresses(searches: Mapping[str, str]) -> Address:
    """Where a label leads: the console's list of the tickets that its search finds."""

    def address(label: str) -> str:
        search = searches.get(label, "")
        return f"/console/tickets?{urlencode({'q': search})}" if search else ""

    return address


def blocks_of(text: RichText, address: Address) -> Sequence[ReportBlock]:
    return list(_blocks(text, address))


def _blocks(text: RichText, address: Address) -> Iterator[ReportBlock]:
    paragraph: list[Span] = []
    for span in text:
        if isinstance(span, Grid):
            yield from _paragraph(paragraph)
            yield _table(span, address)
            paragraph = []
        elif isinstance(span, str):
            first, *rest = span.split("\n")
            paragraph.append(first)
            for line in rest:
                yield from _paragraph(paragraph)
                paragraph = [line]
        else:
            paragraph.append(span)
    yield from _paragraph(paragraph)


def _paragraph(spans: Sequence[Span]) -> Iterator[ReportBlock]:
    text = tuple(each for each in spans if each != "")
    if any(not isinstance(each, str) or each.strip() for each in text):
        yield ReportBlock(text=text)


def _table(grid: Grid, address: Address) -> ReportBlock:
    return ReportBlock(
        heads=tuple(" ".join(each.split()) for each in grid.heads),
        lines=tuple(
            TableLine(label=label, cells=tuple(cells), address=address(label)) for label, *cells in grid.rows
        ),
    )


def chart_table(picture: Mapping[str, Any], address: Address) -> ReportBlock | None:
    """What a chart shows, for whoever does not see it."""
    if picture["kind"] == "heat":
        heads: Sequence[str] = picture["columns"]
        rows = [
            TableLine(label=label, cells=tuple(f"{value:g}" for value in values))
            for label, values in zip(picture["rows"], picture["values"], strict=True)
        ]
        return ReportBlock(heads=tuple(heads), lines=tuple(rows))
    if picture["kind"] != "bars":
        return None
    notes: Sequence[str] = picture.get("notes", ())
    series: Sequence[Mapping[str, Any]] = picture["series"]
    lines = [
        TableLine(
            label=" ".join(label.split()),
            cells=(
                *(f"{each['values'][place]:g}" for each in series),
                *((notes[place],) if place < len(notes) else ()),
            ),
            address=address(label),
        )
        for place, label in enumerate(picture["labels"])
    ]
    return ReportBlock(
        heads=(*(each["label"] for each in series), *(("",) if notes else ())), lines=tuple(lines)
    )

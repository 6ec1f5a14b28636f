"""What a report says, as HTML: tables as tables, their lines with a way to the tickets, the rest in paragraphs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from bot.documents.console.figures.chart_svg import nowhere
from bot.documents.report_table import Grid
from bot.domain.search.query import FilterName
from bot.messages.outbound import RichText, Span
from bot.messages.plain import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """`address` leads to the tickets behind it, and `addresses` to those behind each cell.

    A line without cells is a heading.
    """

    label: str
    cells: tuple[str, ...]
    address: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBlock:
    """Either a paragraph, `address` leading to the tickets that it counts, or a table."""

    text: RichText = ()
    address: str = ""
    heads: tuple[str, ...] = ()
    lines: tuple[TableLine, ...] = ()


Address = Callable[[str], str]


NOTHING: Final = frozenset({"0", "–", "·", ""})
"""Cells that count no ticket."""


def behind(zone: str = "") -> Address:
    """Where a search leads: the console's list of the tickets that it finds, by the clock of a zone."""

    def address(search: str) -> str:
        if not search:
            return ""
        asked = f"{search} {FilterName.ZONE}:{zone}" if zone else search
        return f"/console/tickets?{urlencode({'q': asked})}"

    return address


def addresses(searches: Mapping[str, str], *, zone: str = "") -> Address:
    """Where a label leads."""
    leads_to = behind(zone)
    return lambda label: leads_to(searches.get(label, ""))


def blocks_of(text: RichText, address: Address, leads_to: Address = nowhere) -> Sequence[ReportBlock]:
    """`leads_to` is where the search of a cell leads."""
    return list(_blocks(text, address, leads_to))


def _blocks(text: RichText, address: Address, leads_to: Address) -> Iterator[ReportBlock]:
    paragraph: list[Span] = []
    for span in text:
        if isinstance(span, Grid):
            yield from _paragraph(paragraph, address)
            yield _table(span, address, leads_to)
            paragraph = []
        elif isinstance(span, str):
            first, *rest = span.split("\n")
            paragraph.append(first)
            for line in rest:
                yield from _paragraph(paragraph, address)
                paragraph = [line]
        else:
            paragraph.append(span)
    yield from _paragraph(paragraph, address)


def _paragraph(spans: Sequence[Span], address: Address) -> Iterator[ReportBlock]:
    text = tuple(each for each in spans if each != "")
    if any(not isinstance(each, str) or each.strip() for each in text):
        yield ReportBlock(text=text, address=address(plain(text)))


def _table(grid: Grid, address: Address, leads_to: Address) -> ReportBlock:
    searches = grid.searches or ((),) * len(grid.rows)
    return ReportBlock(
        heads=tuple(" ".join(each.split()) for each in grid.heads),
        lines=tuple(
            TableLine(
                label=label,
                cells=tuple(cells),
                address=leads_to(own[0]) if own and own[0] else address(label),
                addresses=_of_cells(cells, own[1:], leads_to),
            )
            for (label, *cells), own in zip(grid.rows, searches, strict=True)
        ),
    )


def _of_cells(cells: Sequence[str], searches: Sequence[str], leads_to: Address) -> tuple[str, ...]:
    """None for a cell that counts nothing."""
    return tuple(
        leads_to(search) if cell not in NOTHING else "" for cell, search in zip(cells, searches, strict=False)
    )


def chart_table(
    picture: Mapping[str, Any], address: Address, leads_to: Address = nowhere
) -> ReportBlock | None:
    """What a chart shows, for whoever does not see it."""
    if picture["kind"] == "heat":
        heads: Sequence[str] = picture["columns"]
        fields: Sequence[Sequence[str]] = picture.get("searches") or [()] * len(picture["rows"])
        rows = [
            TableLine(label=label, cells=tuple(told), addresses=_of_cells(told, own, leads_to))
            for label, values, own in zip(picture["rows"], picture["values"], fields, strict=True)
            for told in [[f"{value:g}" for value in values]]
        ]
        return ReportBlock(heads=tuple(heads), lines=tuple(rows))
    if picture["kind"] != "bars":
        return None
    notes: Sequence[str] = picture.get("notes", ())
    series: Sequence[Mapping[str, Any]] = picture["series"]
    whole: Sequence[str] = picture.get("searches", ())
    lines = [
        TableLine(
            label=" ".join(label.split()),
            cells=(
                *(f"{each['values'][place]:g}" for each in series),
                *((notes[place],) if place < len(notes) else ()),
            ),
            address=address(label),
            addresses=_of_cells(
                [f"{each['values'][place]:g}" for each in series],
                [of_all[place] if (of_all := each.get("searches", whole)) else "" for each in series],
                leads_to,
            ),
        )
        for place, label in enumerate(picture["labels"])
    ]
    return ReportBlock(
        heads=(*(each["label"] for each in series), *(("",) if notes else ())), lines=tuple(lines)
    )

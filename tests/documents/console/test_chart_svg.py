"""Charts at the console: the numbers of the data, words of people as words, and a table that says the same."""

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from bot.documents.console.figures.chart_svg import chart_svg
from bot.documents.console.figures.report_html import addresses, blocks_of, chart_table
from bot.documents.report_table import grid

SERIES: list[dict[str, Any]] = [
    {"label": "met", "values": [3, 0], "colour": "good"},
    {"label": "missed", "values": [1, 0], "colour": "bad", "is_hatched": True},
]
BARS: dict[str, Any] = {
    "kind": "bars",
    "direction": "across",
    "title": "Targets",
    "labels": ["<b>Network & more</b>", "Nothing"],
    "notes": ["75%", ""],
    "series": SERIES,
}
HEAT: dict[str, Any] = {
    "kind": "heat",
    "title": "Hours",
    "rows": ["Mon", "Tue"],
    "columns": ["0", "1", "2", "3"],
    "values": [[0, 1, 2, 10], [0, 0, 0, 0]],
}


def bars(svg: str) -> list[tuple[str | None, float, float]]:
    """Class, width and height of each."""
    return [
        (each.get("class"), float(each.get("width", "0")), float(each.get("height", "0")))
        for each in ET.fromstring(svg).iter("rect")
        if each.get("class") != "hatch" and not (each.get("fill") or "").startswith("url")
    ]


@pytest.mark.parametrize("direction", ["across", "up"])
def test_bars_are_as_long_as_their_numbers(direction: str) -> None:
    svg = str(chart_svg({**BARS, "direction": direction}, name="targets"))
    (met, good, tall), (missed, bad, short) = bars(svg)
    assert (met, missed) == ("good", "bad")
    assert (good / bad if direction == "across" else tall / short) == pytest.approx(3, rel=0.01)
    assert "url(#hatch-targets)" in svg


def test_what_people_wrote_is_no_markup_and_a_label_leads_to_its_tickets() -> None:
    address = addresses({"<b>Network & more</b>": 'category:"Network & more"'})
    svg = str(chart_svg(BARS, name="targets", address=address))
    assert "<b>" not in svg
    (link,) = ET.fromstring(svg).iter("a")
    assert link.get("href") == "/console/tickets?q=category%3A%22Network+%26+more%22"
    table = chart_table(BARS, address)
    assert table is not None
    assert table.heads == ("met", "missed", "")
    assert [(each.label, each.cells, bool(each.address)) for each in table.lines] == [
        ("<b>Network & more</b>", ("3", "1", "75%"), True),
        ("Nothing", ("0", "0", ""), False),
    ]


def test_the_more_the_darker_and_the_table_has_each_number() -> None:
    svg = str(chart_svg(HEAT, name="hours"))
    assert re.findall(r'class="(heat-\d)"', svg)[:4] == ["heat-0", "heat-1", "heat-1", "heat-5"]
    table = chart_table(HEAT, addresses({}))
    assert table is not None
    assert table.lines[0].cells == ("0", "1", "2", "10")


def test_a_kind_that_is_not_drawn_here_is_left_out() -> None:
    assert str(chart_svg({"kind": "timeline", "title": ""}, name="x")) == ""
    assert chart_table({"kind": "timeline"}, addresses({})) is None


def test_a_text_keeps_its_tables_as_tables() -> None:
    table = grid(["new", "two\nlines"], [("Network", "3", "1"), ("by team",)], least=(3, 3))
    assert table.text.splitlines()[2].split() == ["Network", "3", "1"]
    before, shown, after = blocks_of(("Before\n", table, "\nAfter"), addresses({"Network": "team:network"}))
    assert (before.text, after.text) == (("Before",), ("After",))
    assert shown.heads == ("new", "two lines")
    assert [(each.label, each.cells) for each in shown.lines] == [("Network", ("3", "1")), ("by team", ())]
    assert shown.lines[0].address == "/console/tickets?q=team%3Anetwork"

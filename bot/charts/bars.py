"""Stacked bars: a row or a column for each label, and what each is made of.

`labels`, and `series` of `label`, `values` and `colour`; `notes` are written at the ends of the bars.
`direction` is `up` for columns (time runs to the right) or `across` for rows (names need room). `unit` is what is
counted. A series whose `is_hatched` is true can be told apart without colours too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.charts import canvas as look
from bot.charts.canvas import canvas, put_legend, shortened

COLOURS = {
    "good": look.BLUE,
    "bad": look.ORANGE,
    "overdue": look.PURPLE,
    "waiting": look.YELLOW,
    "other": look.PURPLE,
    "ours": look.GREEN,
    "off": look.GREY,
}
LONGEST_LABEL = 28
ROOM_FOR_NOTES = 1.14
MOST_COLUMNS = 14
"""That have room for a label each and a note; of more, only some are labelled."""


def draw(picture: Mapping[str, Any]) -> Figure:
    is_across = picture["direction"] == "across"
    rows = len(picture["labels"])
    height = 1.7 + 0.34 * rows if is_across else 3.6
    figure, axes = canvas(height_in=height, title=picture["title"], subtitle=picture.get("subtitle", ""))
    tops = _stack(axes, picture["series"], is_across=is_across)
    if is_across or rows <= MOST_COLUMNS:
        _write_notes(axes, picture.get("notes", ()), tops, is_across=is_across)
    _label(axes, picture, is_across=is_across)
    top = max([*tops, 1]) * ROOM_FOR_NOTES
    if is_across:
        axes.set_xlim(0, top)
        axes.invert_yaxis()
    else:
        axes.set_ylim(0, top)
    put_legend(figure, axes.get_legend_handles_labels()[0])
    return figure


def _stack(axes: Axes, series: Sequence[Mapping[str, Any]], *, is_across: bool) -> list[float]:
    """Draws the bars; returns where each ends."""
    ends = [0.0] * len(series[0]["values"])
    for each in series:
        values = [float(value) for value in each["values"]]
        looks: dict[str, Any] = {
            "label": each["label"],
            "color": COLOURS[each["colour"]],
            "edgecolor": "white",
            "hatch": "////" if each.get("is_hatched") else None,
            "linewidth": 0.6,
        }
        if is_across:
            axes.barh(range(len(values)), values, left=ends, height=0.68, **looks)
        else:
            axes.bar(range(len(values)), values, bottom=ends, width=0.68, **looks)
        ends = [end + value for end, value in zip(ends, values, strict=True)]
    return ends


def _write_notes(axes: Axes, notes: Sequence[str], ends: Sequence[float], *, is_across: bool) -> None:
    for place, (note, end) in enumerate(zip(notes, ends, strict=False)):
        axes.annotate(
            note,
            (end, place) if is_across else (place, end),
            xytext=(4, 0) if is_across else (0, 3),
            textcoords="offset points",
            ha="left" if is_across else "center",
            va="center" if is_across else "bottom",
            fontsize=8,
        )


def _label(axes: Axes, picture: Mapping[str, Any], *, is_across: bool) -> None:
    labels = shortened(picture["labels"], limit=LONGEST_LABEL)
    named, counted = (axes.yaxis, axes.xaxis) if is_across else (axes.xaxis, axes.yaxis)
    step = 1 if is_across else -(-len(labels) // MOST_COLUMNS)
    named.set_ticks(range(0, len(labels), step), labels[::step])
    named.set_tick_params(labelcolor=look.INK)
    counted.set_major_locator(MaxNLocator(nbins=5, integer=True))
    counted.grid(color=look.LINE, linewidth=0.6)
    counted.set_label_text(picture.get("unit", ""))

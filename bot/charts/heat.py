"""A table of colours: the more, the darker; each number is written into its field.

`rows` and `columns` are labels, `values` a list for each row; `unit` is what is counted.
"""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from bot.charts import canvas as look
from bot.charts.canvas import canvas

DARK = 0.6
"""Of the most: from there on numbers are written in white."""


def draw(picture: Mapping[str, Any]) -> Figure:
    values: list[list[float]] = picture["values"]
    figure, axes = canvas(height_in=3.4, title=picture["title"], subtitle=picture.get("subtitle", ""))
    most = max(*map(max, values), 1)
    axes.imshow(values, cmap="Greens", vmin=0, vmax=most, aspect="auto")
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if value:
                colour = "white" if value / most > DARK else look.INK
                axes.text(column, row, f"{value:g}", ha="center", va="center", fontsize=6.5, color=colour)
    axes.set_yticks(range(len(values)), picture["rows"])
    axes.set_xticks(range(0, len(values[0]), 3), picture["columns"][::3])
    axes.tick_params(labelcolor=look.INK)
    axes.set_xlabel(picture.get("unit", ""))
    return figure

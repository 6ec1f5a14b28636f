"""How all pictures look: on white, in colours that everybody can tell apart, twice as sharp as a chat shows them.

The colours are Okabe and Ito's, https://jfly.uni-koeln.de/color/; none carries a meaning that no word repeats.
"""

from collections.abc import Sequence
from typing import Final

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

WIDTH_IN: Final = 7.2
DPI: Final = 200
"""1,440 pixels across: a chat shows a picture about 720 wide, on screens of two pixels a point."""

INK, FAINT, LINE = "#1f2328", "#59636e", "#d1d9e0"
BLUE, ORANGE, GREEN, YELLOW, PURPLE, SKY = "#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9"
GREY: Final = "#b6bec7"

rcParams.update(
    {
        "font.family": ["DejaVu Sans"],
        "font.size": 9,
        "text.color": INK,
        "text.parse_math": False,  # a subject with two dollar signs is no formula
        "axes.labelcolor": FAINT,
        "xtick.color": FAINT,
        "ytick.color": FAINT,
        "hatch.linewidth": 0.8,
        "savefig.dpi": DPI,
        "figure.dpi": DPI,
    }
)


def canvas(*, height_in: float, title: str, subtitle: str = "") -> tuple[Figure, Axes]:
    """An empty picture of the usual width with its title, and the axes below it."""
    margins = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.06)
    figure = Figure(figsize=(WIDTH_IN, height_in), facecolor="white", layout=margins)
    axes = figure.add_subplot()
    heading = f"{title}\n" if subtitle else title
    axes.set_title(heading, loc="left", fontsize=11, fontweight="bold", pad=10)
    if subtitle:
        axes.annotate(
            subtitle,
            (0, 1),
            xytext=(0, 10),
            xycoords="axes fraction",
            textcoords="offset points",
            color=FAINT,
        )
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    return figure, axes


def put_legend(figure: Figure, handles: Sequence[Artist]) -> None:
    """Below the picture, in as many columns as fit: words of other languages are longer."""
    for columns in range(len(handles), 0, -1):
        legend = figure.legend(handles=handles, loc="outside lower left", ncols=columns, frameon=False)
        if columns == 1 or legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def shortened(labels: Sequence[str], *, limit: int) -> list[str]:
    """Labels with at most so many characters each."""
    return [label if len(label) <= limit else f"{label[: limit - 1]}…" for label in labels]

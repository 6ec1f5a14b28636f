"""A time line: a lane for each clock, and in it when time was counted, when not and why, and when it was due.

`lanes` of `label`, `note` (written above it), `spans` of `from`, `until` (seconds since 1970 UTC) and `kind` (of
KINDS), and `due`, an instant or null. `zone` is the time zone of the axis, whose dates are those of CLDR's `locale`.
All words are the caller's: `legend` by kind, `axis` below the dates, and `due` beside due times.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from bot.charts import canvas as look
from bot.charts.canvas import canvas, put_legend, shortened
from bot.charts.local_dates import LocalDates

KINDS: Mapping[str, tuple[str, str | None]] = {
    "counted": (look.BLUE, None),
    "late": (look.ORANGE, None),
    "closed": (look.GREY, None),
    "requester": (look.YELLOW, "////"),
    "held": (look.PURPLE, "\\\\\\\\"),
    "other": ("white", "...."),
}
"""The colour of each, and its hatching, which tells it apart without colours."""
LONGEST_LABEL = 34
LANE = 0.5
DAY_S = 86_400


def draw(picture: Mapping[str, Any]) -> Figure:
    lanes: Sequence[Mapping[str, Any]] = picture["lanes"]
    height = 1.8 + 0.6 * len(lanes)
    figure, axes = canvas(height_in=height, title=picture["title"], subtitle=picture.get("subtitle", ""))
    ends = [span[end] for lane in lanes for span in lane["spans"] for end in ("from", "until")]
    for row, lane in enumerate(lanes):
        _draw_lane(axes, row, lane, middle=(min(ends) + max(ends)) / 2, due_label=picture["due"])
    axes.set_yticks(range(len(lanes)), shortened([lane["label"] for lane in lanes], limit=LONGEST_LABEL))
    axes.tick_params(axis="y", labelcolor=look.INK)
    axes.set_ylim(len(lanes) - 0.5, -0.7)
    _put_dates(axes, picture)
    kinds = [kind for kind in KINDS if any(span["kind"] == kind for lane in lanes for span in lane["spans"])]
    put_legend(figure, [_patch(kind, picture["legend"][kind]) for kind in kinds])
    return figure


def _draw_lane(axes: Axes, row: int, lane: Mapping[str, Any], *, middle: float, due_label: str) -> None:
    for kind, (colour, hatch) in KINDS.items():
        bars = [_bar(span) for span in lane["spans"] if span["kind"] == kind]
        # No white edges: of a year, a day's bar would be nothing else.
        axes.broken_barh(
            bars,
            (row - LANE / 2, LANE),
            facecolor=colour,
            hatch=hatch,
            edgecolor=look.FAINT if hatch else colour,
            linewidth=0.2,
        )
    above: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "fontsize": 7.5}
    at, side = _where_noted(lane["spans"], middle=middle)
    axes.annotate(lane["note"], (_day(at), row - LANE / 2), xytext=(0, 2), color=look.FAINT, ha=side, **above)
    if lane["due"] is not None:
        due = _day(lane["due"])
        axes.plot([due, due], [row - 0.33, row + 0.33], color=look.INK, linewidth=1.4)
        axes.annotate(due_label, (due, row + 0.33), xytext=(3, 0), **above)


def _where_noted(spans: Sequence[Mapping[str, Any]], *, middle: float) -> tuple[float, str]:
    """Above the beginning, or the end of what began late, so that the words stay within the picture."""
    begun = min(span["from"] for span in spans)
    return (begun, "left") if begun <= middle else (max(span["until"] for span in spans), "right")


def _bar(span: Mapping[str, Any]) -> tuple[float, float]:
    return _day(span["from"]), (span["until"] - span["from"]) / DAY_S


def _day(at_s: float) -> float:
    return float(date2num(datetime.fromtimestamp(at_s, UTC)))


def _put_dates(axes: Axes, picture: Mapping[str, Any]) -> None:
    zone = ZoneInfo(picture["zone"])
    locator = AutoDateLocator(tz=zone, minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(LocalDates(zone, picture["locale"]))
    axes.grid(axis="x", color=look.LINE, linewidth=0.6)
    axes.set_xlabel(picture["axis"])


def _patch(kind: str, label: str) -> Patch:
    colour, hatch = KINDS[kind]
    return Patch(facecolor=colour, edgecolor=look.FAINT, hatch=hatch, linewidth=0.4, label=label)

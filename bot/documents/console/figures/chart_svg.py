"""Charts as SVG, from the same data that `bot.charts` draws pictures of; whoever hears a page reads a table instead.

Colours are classes of the style sheet, so that they follow light and dark; what is hatched is told without them.
Bars and fields that lead to their tickets are links, with a name each, for pointers and keys; the table has them too.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH: Final = 720
LABELS: Final = 200
"""Room for the labels of rows."""
NOTES: Final = 110
ROW: Final = 26
BAR: Final = 16
HEIGHT: Final = 220
"""Of columns."""
LONGEST_LABEL: Final = 30
LONGEST_COLUMN: Final = 12
MOST_COLUMNS: Final = 14
"""That have room for a label each; of more, only some are labelled."""
TICKS: Final = 4

Address = Callable[[str], str]
"""Where a label, or a search, leads; empty for nowhere."""


def nowhere(_label: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """From a chart to the tickets behind it: by its labels, and by the searches that the picture has."""

    by_label: Address = nowhere
    by_search: Address = nowhere

    def to(self, searches: Sequence[str], place: int, *, label: str = "") -> str:
        found = searches[place] if place < len(searches) else ""
        return self.by_search(found) if found else self.by_label(label)


def chart_svg(
    picture: Mapping[str, Any], *, name: str, address: Address = nowhere, behind: Address = nowhere
) -> "Markup":
    """`name` tells it apart from others of the page. Nothing for a kind that is not drawn here.

    `address` is where a label leads, `behind` where the searches of the picture lead.
    """
    from markupsafe import Markup

    ways = Ways(by_label=address, by_search=behind)
    match picture["kind"], picture.get("direction"):
        case "bars", "across":
            height, parts = _across(picture, name, ways)
        case "bars", _:
            height, parts = _up(picture, name, ways)
        case "heat", _:
            height, parts = _heat(picture, ways)
        case _:
            return Markup()
    drawn = "".join(parts)
    heard: Mapping[str, str] = {"aria-hidden": "true", "focusable": "false"}
    if "<a " in drawn:
        heard = {"role": "group", "aria-label": picture["title"]}
    box = {"class": "chart", "viewBox": f"0 0 {WIDTH} {height}", **heard}
    return Markup(tag("svg", box, drawn))  # noqa: S704  every part of it is escaped


def tag(name: str, attributes: Mapping[str, object], inside: str = "") -> str:
    """`inside` is markup."""
    given = "".join(f' {key}="{escape(_written(value))}"' for key, value in attributes.items())
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def _written(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _across(picture: Mapping[str, Any], name: str, ways: Ways) -> tuple[int, Iterator[str]]:
    labels: Sequence[str] = picture["labels"]
    top, ticks = _scale(picture["series"])
    room = WIDTH - LABELS - NOTES
    height = ROW * len(labels) + 20

    def parts() -> Iterator[str]:
        yield _hatching(name)
        for tick in ticks:
            at = LABELS + room * tick / top
            yield _grid_line(at, 0, at, height - 18)
            yield _text(at, height - 4, f"{tick:g}", kind="tick", anchor="middle")
        for row in range(len(labels)):
            drawn = _row(picture, name, row, ways, room=room, top=top)
            yield from _linked_whole(picture, row, ways, drawn)

    return height, parts()


def _row(
    picture: Mapping[str, Any], name: str, row: int, ways: Ways, *, room: float, top: float
) -> Iterator[str]:
    middle, at = ROW * row + ROW / 2, float(LABELS)
    yield _text(LABELS - 8, middle + 4, picture["labels"][row], anchor="end", longest=LONGEST_LABEL)
    for each in picture["series"]:
        width = room * float(each["values"][row]) / top
        bar = _bar(each, name, x=at, y=middle - BAR / 2, width=width, height=BAR)
        yield from _linked_part(picture, each, row, ways, bar)
        at += width
    yield _text(at + 6, middle + 4, _note(picture, row), kind="note")


def _up(picture: Mapping[str, Any], name: str, ways: Ways) -> tuple[int, Iterator[str]]:
    labels: Sequence[str] = picture["labels"]
    top, ticks = _scale(picture["series"])
    left, floor = 44, HEIGHT - 34
    room = floor - 16
    step = (WIDTH - left - 8) / max(len(labels), 1)
    labelled = -(-len(labels) // MOST_COLUMNS)

    def column(place: int) -> Iterator[str]:
        middle, at = left + step * (place + 0.5), float(floor)
        width = min(step * 0.68, 48)
        for each in picture["series"]:
            height = room * float(each["values"][place]) / top
            at -= height
            bar = _bar(each, name, x=middle - width / 2, y=at, width=width, height=height)
            yield from _linked_part(picture, each, place, ways, bar)
        if labelled == 1:
            yield _text(middle, at - 4, _note(picture, place), kind="note", anchor="middle")
        if place % labelled == 0:
            for line, words in enumerate(labels[place].split("\n")[:2]):
                yield _text(middle, floor + 14 + 13 * line, words, anchor="middle", longest=LONGEST_COLUMN)

    def parts() -> Iterator[str]:
        yield _hatching(name)
        for tick in ticks:
            at = floor - room * tick / top
            yield _grid_line(left, at, WIDTH, at)
            yield _text(left - 6, at + 4, f"{tick:g}", kind="tick", anchor="end")
        for place in range(len(labels)):
            yield from _linked_whole(picture, place, ways, column(place))

    return HEIGHT, parts()


def _heat(picture: Mapping[str, Any], ways: Ways) -> tuple[int, Iterator[str]]:
    """The more, the darker, in five steps; each number is written into its field."""
    values: Sequence[Sequence[float]] = picture["values"]
    searches: Sequence[Sequence[str]] = picture.get("searches", ())
    most = max(*map(max, values), 1)
    left, high = 44, 22
    wide = (WIDTH - left) / len(values[0])
    height = high * len(values) + 20

    def parts() -> Iterator[str]:
        for row, line in enumerate(values):
            yield _text(left - 6, high * row + 15, picture["rows"][row], anchor="end")
            for place, value in enumerate(line):
                field = _field(left + wide * place, high * row, wide, high, value, most)
                address = ways.to(searches[row], place) if value and row < len(searches) else ""
                told = f"{picture['rows'][row]} {picture['columns'][place]}: {value:g}"
                yield from _linked(address, field, told)
        for place in range(0, len(values[0]), 3):
            yield _text(left + wide * place, height - 4, picture["columns"][place], kind="tick")

    return height, parts()


def _field(x: float, y: float, wide: float, high: float, value: float, most: float) -> Iterator[str]:
    step = math.ceil(5 * value / most)
    yield tag("rect", {"class": f"heat-{step}", **_box(x, y, wide - 1, high - 1)})
    if value:
        kind = "on-dark" if step > 3 else "note"
        yield _text(x + wide / 2, y + 15, f"{value:g}", kind=kind, anchor="middle")


def _bar(
    series: Mapping[str, Any], name: str, *, x: float, y: float, width: float, height: float
) -> Iterator[str]:
    if width <= 0 or height <= 0:
        return
    where = _box(x, y, width, height)
    yield tag("rect", {"class": series["colour"], **where})
    if series.get("is_hatched"):
        yield tag("rect", {"fill": f"url(#hatch-{name})", **where})


def _box(x: float, y: float, width: float, height: float) -> Mapping[str, object]:
    return {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}


def _grid_line(x1: float, y1: float, x2: float, y2: float) -> str:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return tag("line", {"class": "grid", **{key: float(value) for key, value in ends.items()}})


def _hatching(name: str) -> str:
    drawn = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    line = tag("rect", {"class": "hatch", "width": 2, "height": 6})
    return tag("defs", {}, tag("pattern", {"id": f"hatch-{name}", **drawn}, line))


def _linked(address: str, parts: Iterator[str], told: str) -> Iterator[str]:
    """`told` is what the link is called."""
    inside = "".join(parts)
    yield tag("a", {"href": address, "aria-label": told}, inside) if address and inside else inside


def _linked_whole(picture: Mapping[str, Any], place: int, ways: Ways, parts: Iterator[str]) -> Iterator[str]:
    """A bar with its label, where its parts do not lead to different tickets."""
    if _has_linked_parts(picture):
        yield from parts
        return
    label = picture["labels"][place]
    is_nothing = not any(each["values"][place] for each in picture["series"])
    address = "" if is_nothing else ways.to(picture.get("searches", ()), place, label=label)
    told = ", ".join(_told(each, place) for each in picture["series"])
    yield from _linked(address, parts, f"{_flat(label)}: {told}")


def _linked_part(
    picture: Mapping[str, Any], series: Mapping[str, Any], place: int, ways: Ways, parts: Iterator[str]
) -> Iterator[str]:
    if not _has_linked_parts(picture):
        yield from parts
        return
    address = ways.to(series.get("searches", picture.get("searches", ())), place)
    yield from _linked(address, parts, f"{_flat(picture['labels'][place])}: {_told(series, place)}")


def _has_linked_parts(picture: Mapping[str, Any]) -> bool:
    return any("searches" in each for each in picture["series"])


def _told(series: Mapping[str, Any], place: int) -> str:
    return f"{series['label']} {series['values'][place]:g}"


def _flat(label: str) -> str:
    return " ".join(label.split())


def _note(picture: Mapping[str, Any], place: int) -> str:
    notes: Sequence[str] = picture.get("notes", ())
    return notes[place] if place < len(notes) else ""


def _text(
    x: float, y: float, words: str, *, kind: str = "label", anchor: str = "start", longest: int = 40
) -> str:
    if not words:
        return ""
    short = words if len(words) <= longest else f"{words[: longest - 1]}…"
    title = tag("title", {}, escape(words)) if short != words else ""
    where = {"class": kind, "x": float(x), "y": float(y), "text-anchor": anchor, "aria-hidden": "true"}
    return tag("text", where, f"{title}{escape(short)}")


def _scale(series: Sequence[Mapping[str, Any]]) -> tuple[float, Sequence[float]]:
    """The end of the axis, and round numbers along it."""
    sums = [sum(map(float, values)) for values in zip(*(each["values"] for each in series), strict=True)]
    most = max([*sums, 1.0])
    rough = most / TICKS
    size = 10 ** math.floor(math.log10(rough))
    step = max(next(size * each for each in (1, 2, 5, 10) if size * each >= rough), 1)
    return most, [step * number for number in range(math.floor(most / step) + 1)]

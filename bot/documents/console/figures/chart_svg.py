"""Charts as SVG, from the same data that `bot.charts` draws pictures of; whoever hears a page reads a table instead.

Colours are classes of the style sheet, so that they follow light and dark; what is hatched is told without them.
Links of bars are for pointers: the table has them too.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
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
"""Where a label leads; empty for nowhere."""


def nowhere(_label: str) -> str:
    return ""


def chart_svg(picture: Mapping[str, Any], *, name: str, address: Address = nowhere) -> "Markup":
    """`name` tells it apart from others of the page. Nothing for a kind that is not drawn here."""
    from markupsafe import Markup

    match picture["kind"], picture.get("direction"):
        case "bars", "across":
            height, parts = _across(picture, name, address)
        case "bars", _:
            height, parts = _up(picture, name, address)
        case "heat", _:
            height, parts = _heat(picture)
        case _:
            return Markup()
    drawn = "".join(parts)
    return Markup(  # noqa: S704  every part of it is escaped
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def _across(picture: Mapping[str, Any], name: str, address: Address) -> tuple[int, Iterator[str]]:
    labels: Sequence[str] = picture["labels"]
    top, ticks = _scale(picture["series"])
    room = WIDTH - LABELS - NOTES
    height = ROW * len(labels) + 20

    def parts() -> Iterator[str]:
        yield _hatching(name)
        for tick in ticks:
            at = LABELS + room * tick / top
            yield f'<line class="grid" x1="{at:.1f}" y1="0" x2="{at:.1f}" y2="{height - 18}"/>'
            yield _text(at, height - 4, f"{tick:g}", kind="tick", anchor="middle")
        for row, label in enumerate(labels):
            yield from _linked(address(label), _row(picture, name, row, room=room, top=top))

    return height, parts()


def _row(picture: Mapping[str, Any], name: str, row: int, *, room: float, top: float) -> Iterator[str]:
    middle, at = ROW * row + ROW / 2, float(LABELS)
    yield _text(LABELS - 8, middle + 4, picture["labels"][row], anchor="end", longest=LONGEST_LABEL)
    for each in picture["series"]:
        width = room * float(each["values"][row]) / top
        yield from _bar(each, name, x=at, y=middle - BAR / 2, width=width, height=BAR)
        at += width
    yield _text(at + 6, middle + 4, _note(picture, row), kind="note")


def _up(picture: Mapping[str, Any], name: str, address: Address) -> tuple[int, Iterator[str]]:
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
            yield from _bar(each, name, x=middle - width / 2, y=at, width=width, height=height)
        if labelled == 1:
            yield _text(middle, at - 4, _note(picture, place), kind="note", anchor="middle")
        if place % labelled == 0:
            for line, words in enumerate(labels[place].split("\n")[:2]):
                yield _text(middle, floor + 14 + 13 * line, words, anchor="middle", longest=LONGEST_COLUMN)

    def parts() -> Iterator[str]:
        yield _hatching(name)
        for tick in ticks:
            at = floor - room * tick / top
            yield f'<line class="grid" x1="{left}" y1="{at:.1f}" x2="{WIDTH}" y2="{at:.1f}"/>'
            yield _text(left - 6, at + 4, f"{tick:g}", kind="tick", anchor="end")
        for place, label in enumerate(labels):
            yield from _linked(address(label), column(place))

    return HEIGHT, parts()


def _heat(picture: Mapping[str, Any]) -> tuple[int, Iterator[str]]:
    """The more, the darker, in five steps; each number is written into its field."""
    values: Sequence[Sequence[float]] = picture["values"]
    most = max(*map(max, values), 1)
    left, high = 44, 22
    wide = (WIDTH - left) / len(values[0])
    height = high * len(values) + 20

    def parts() -> Iterator[str]:
        for row, line in enumerate(values):
            yield _text(left - 6, high * row + 15, picture["rows"][row], anchor="end")
            for place, value in enumerate(line):
                step = math.ceil(5 * value / most)
                x, y = left + wide * place, high * row
                yield (
                    f'<rect class="heat-{step}" x="{x:.1f}" y="{y}"'
                    f' width="{wide - 1:.1f}" height="{high - 1}"/>'
                )
                if value:
                    kind = "on-dark" if step > 3 else "note"
                    yield _text(x + wide / 2, y + 15, f"{value:g}", kind=kind, anchor="middle")
        for place in range(0, len(values[0]), 3):
            yield _text(left + wide * place, height - 4, picture["columns"][place], kind="tick")

    return height, parts()


def _bar(
    series: Mapping[str, Any], name: str, *, x: float, y: float, width: float, height: float
) -> Iterator[str]:
    if width <= 0 or height <= 0:
        return
    where = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    yield f'<rect class="{escape(series["colour"])}" {where}/>'
    if series.get("is_hatched"):
        yield f'<rect fill="url(#hatch-{escape(name)})" {where}/>'


def _hatching(name: str) -> str:
    drawn = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    attributes = "".join(f' {key}="{value}"' for key, value in drawn.items())
    line = '<rect class="hatch" width="2" height="6"/>'
    return f'<defs><pattern id="hatch-{escape(name)}"{attributes}>{line}</pattern></defs>'


def _linked(address: str, parts: Iterator[str]) -> Iterator[str]:
    if not address:
        yield from parts
        return
    yield f'<a href="{escape(address)}" tabindex="-1">'
    yield from parts
    yield "</a>"


def _note(picture: Mapping[str, Any], place: int) -> str:
    notes: Sequence[str] = picture.get("notes", ())
    return notes[place] if place < len(notes) else ""


def _text(
    x: float, y: float, words: str, *, kind: str = "label", anchor: str = "start", longest: int = 40
) -> str:
    if not words:
        return ""
    short = words if len(words) <= longest else f"{words[: longest - 1]}…"
    title = f"<title>{escape(words)}</title>" if short != words else ""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{title}{escape(short)}</text>'
    )


def _scale(series: Sequence[Mapping[str, Any]]) -> tuple[float, Sequence[float]]:
    """The end of the axis, and round numbers along it."""
    sums = [sum(map(float, values)) for values in zip(*(each["values"] for each in series), strict=True)]
    most = max([*sums, 1.0])
    rough = most / TICKS
    size = 10 ** math.floor(math.log10(rough))
    step = max(next(size * each for each in (1, 2, 5, 10) if size * each >= rough), 1)
    return most, [step * number for number in range(math.floor(most / step) + 1)]

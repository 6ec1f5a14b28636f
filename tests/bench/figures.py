"""What a benchmark finds: a figure, beside it the raw limit of the same run, the goal and the settings."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any


class Better(Enum):
    """Which way is good."""

    HIGHER = "at least"
    LOWER = "at most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The least that the same work can cost on this machine, in the unit of the figure."""

    value: float
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement. `settings` is all that somebody needs to know to compare it with another run."""

    what: str
    value: float
    unit: str
    settings: str
    better: Better = Better.LOWER
    goal: float | None = None
    raw: Raw | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.raw.value if self.raw and self.raw.value else None

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better is Better.HIGHER else self.value <= self.goal

    def to_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "better": self.better.name.lower(),
            "ratio": self.ratio,
            "is_reached": self.is_reached,
        }


Benchmark = Callable[[Path], Iterator[Figure]]
"""Measures in an empty folder, and yields each figure as soon as it is known."""


def shown(figure: Figure) -> str:
    """The figure as lines of the report."""
    lines = [
        f"  {figure.what:<52} {number(figure.value):>10} {figure.unit:<4} {_ratio(figure):>12}  {_goal(figure)}"
    ]
    if figure.raw is not None:
        lines.append(f"      raw: {number(figure.raw.value)} {figure.unit}, {figure.raw.what}")
    lines.append(f"      {figure.settings}")
    return "\n".join(line.rstrip() for line in lines)


def number(value: float) -> str:
    """With as many places as say something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.3g}"


def _ratio(figure: Figure) -> str:
    return "" if figure.ratio is None else f"{number(figure.ratio)} × raw"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    verdict = "reached" if figure.is_reached else "MISSED"
    return f"goal: {figure.better.value} {number(figure.goal)} {figure.unit}: {verdict}"

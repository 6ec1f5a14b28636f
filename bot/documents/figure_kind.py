"""What a kind of figures declares: its lines of the table, what it says in words, and its rows of the file.

It may have columns too, which tell teams and agents apart, and a table of its own for a file.

A module of `bot.documents.figures` declares one; what is counted elsewhere (how content people are, say) is one more.
"""

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module

from bot.documents import figures
from bot.documents.report_table import Grid, grid
from bot.domain.desk import Desk
from bot.messages.outbound import RichText
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A line of the table, in words: of the period and of the one before. Both empty: a heading over what follows."""

    label: str
    now: str = ""
    before: str = ""
    searches: tuple[str, str] = ("", "")
    """What finds the tickets of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """The same for a file: lengths are written in seconds, what is not known is left out."""

    name: str
    now: int | timedelta | None
    before: int | timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """`quotes` are what people wrote: they stand apart, since a language model is told figures alone."""

    lines: Sequence[FigureLine] = ()
    sentences: Sequence[RichText] = ()
    quotes: Sequence[RichText] = ()
    values: Sequence[FigureValue] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """Of the teams or agents of the period, by their names or keys; who had none of it is left out.

    `name` is what a file calls it. Text has it where `head` is not empty.
    """

    name: str
    values: Mapping[str, object]
    head: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    searches: Mapping[str, str] = field(default_factory=dict)
    """What finds the tickets of each."""


Read = Callable[[UnitOfWork, Desk, FigureSet, str], FigureAnswer]
"""From what has been read for all kinds, and what it reads besides, in a language."""


Columns = Callable[[UnitOfWork, Desk, ReportQuery, Span, str], Sequence[FigureColumn]]
"""Of teams or of agents, in a language: the same columns whether or not there is anything in them."""
Table = Callable[[UnitOfWork, Desk, ReportQuery], Iterable[Sequence[object]]]
"""Rows below their header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """`place` is where it stands among the others; those of this project are tens. Files call `table` by its name."""

    name: str
    place: int
    read: Read
    columns: Columns | None = None
    table: Table | None = None


def declared_figures() -> Sequence[FigureKind]:
    """Those of every module in `bot.documents.figures`, in their places."""
    modules = [
        import_module(f"{figures.__name__}.{each.name}") for each in pkgutil.iter_modules(figures.__path__)
    ]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, FigureKind)]
    return sorted(found, key=lambda each: (each.place, each.name))


def figure_columns(
    uow: UnitOfWork, desk: Desk, asked: ReportQuery, by: Span, language: str
) -> Sequence[FigureColumn]:
    """Those of all kinds, in their places."""
    declared = [each.columns for each in declared_figures() if each.columns is not None]
    return [column for columns in declared for column in columns(uow, desk, asked, by, language)]


def values_in(columns: Iterable[FigureColumn]) -> set[str]:
    """The teams or agents that have something in any of them."""
    return {value for each in columns for value in each.values}


def column_table(columns: Sequence[FigureColumn], labels: Mapping[str, str]) -> Grid | None:
    """Those that text has and that have something in them; None where none has. A line for each label."""
    shown = [each for each in columns if each.head and each.told]
    lines = [value for value in labels if any(value in each.told for each in shown)]
    if not lines:
        return None
    rows = [(labels[value], *(each.told.get(value, "–") for each in shown)) for value in lines]
    searches = [("", *(each.searches.get(value, "") for each in shown)) for value in lines]
    return grid([each.head for each in shown], rows, least=(4,) * len(shown), searches=searches)

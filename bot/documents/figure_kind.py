"""What a kind of figures declares: its lines of the table, what it says in words, and its rows of the file.

A module of `bot.documents.figures` declares one; what is counted elsewhere (how content people are, say) is one more.
"""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from bot.documents import figures
from bot.domain.desk import Desk
from bot.messages.outbound import RichText
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A line of the table, in words: of the period and of the one before. Both empty: a heading over what follows."""

    label: str
    now: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """The same for a file: lengths are written in seconds, what is not known is left out."""

    name: str
    now: int | timedelta | None
    before: int | timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    lines: Sequence[FigureLine] = ()
    sentences: Sequence[RichText] = ()
    values: Sequence[FigureValue] = ()


Read = Callable[[UnitOfWork, Desk, FigureSet, str], FigureAnswer]
"""From what has been read for all kinds, and what it reads besides, in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """`place` is where it stands among the others; those of this project are tens."""

    name: str
    place: int
    read: Read


def declared_figures() -> Sequence[FigureKind]:
    """Those of every module in `bot.documents.figures`, in their places."""
    modules = [
        import_module(f"{figures.__name__}.{each.name}") for each in pkgutil.iter_modules(figures.__path__)
    ]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, FigureKind)]
    return sorted(found, key=lambda each: (each.place, each.name))

"""What a report declares. Chat, terminal, CSV files and pictures follow from it.

A module of `bot.documents.reports` declares one; its name is what people type, and what its files are called by.
"""

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from bot.documents import reports
from bot.domain.desk import Desk
from bot.domain.errors import Refused
from bot.domain.sentence import OneOf
from bot.domain.suggestions import nearest
from bot.messages.outbound import RichText
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork

USUAL_REPORT = "figures"
"""The one that is meant where none is named: it has something to tell with or without SLA policies."""
SLA_REPORT = "sla"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """What was found, in words and as charts by their names (data for `bot.charts`).

    `nothing` says so when nothing was found; `text` is empty then. `quotes` follow it: they are what people wrote.
    `searches` find the tickets behind a line, by its label, or behind a sentence, where a search can say which.
    """

    nothing: RichText = ()
    text: RichText = ()
    quotes: RichText = ()
    charts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    searches: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTables:
    """Rows by the name of their table, each below its header; `note` says what was left out.

    Rows may be made when they are asked for, which is after the transaction: they read nothing more of it.
    """

    rows: Mapping[str, Iterable[Sequence[object]]]
    note: RichText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """`heading` is the key of what it is called, of the teams that fill it; the rest is said in a language.

    `is_for_leads`: it tells of single people, so that only leads of its teams and administrators read it.
    `has_words_of_people`: what it counts by was typed by people, so that a language model is told nothing of it.
    `looks_back`: of a longer time there may be something to tell.
    """

    name: str
    heading: str
    read: Callable[[UnitOfWork, Desk, ReportQuery, str], ReportAnswer]
    tables: Callable[[UnitOfWork, Desk, ReportQuery, str], ReportTables]
    is_for_leads: bool = False
    has_words_of_people: bool = False
    looks_back: bool = True


def declared_reports() -> Mapping[str, ReportKind]:
    """The reports of every module in `bot.documents.reports`, by name."""
    modules = [
        import_module(f"{reports.__name__}.{each.name}") for each in pkgutil.iter_modules(reports.__path__)
    ]
    found = (each for module in modules for each in vars(module).values() if isinstance(each, ReportKind))
    return {kind.name: kind for kind in found}


def report_named(name: str) -> ReportKind:
    """Raises Refused for a name that no report has."""
    known = declared_reports()
    if name not in known:
        if meant := nearest(name, known):
            raise Refused("reports.unknown_nearly", text=name, choices=meant)
        raise Refused("reports.unknown", text=name, choices=OneOf(tuple(sorted(known))))
    return known[name]

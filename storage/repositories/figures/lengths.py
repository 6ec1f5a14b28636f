"""Medians of how long things took: PostgreSQL's own aggregates, or sorted here where there are none.

SQLite gives the lengths of each group as one text. To rank them there would sort wide rows twice, and to read them
one by one would ask for the interpreter's lock at each.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, literal_column, select

from bot.domain.figures.ticket_facts import FactKind
from bot.ports.storage.figures.figures import Lengths, LengthsOf, Span
from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import Row
from storage.engine.session import Session
from storage.repositories.figures.periods import before, of_teams, within
from storage.tables.desk import written
from storage.tables.tickets.figures import ticket_facts

_fact = ticket_facts.c


def lengths_of(session: Session, asked: ReportQuery, by: Span) -> Sequence[LengthsOf]:
    if session.has_percentiles:
        return [_lengths_from(row) for row in session.fetch_made(_lengths(timed(asked, by)))]
    return [_sorted_lengths_from(row) for row in session.fetch_made(_listed_lengths(timed(asked, by)))]


def timed(asked: ReportQuery, by: Span) -> Subquery:
    """What took time, and how long."""
    value: ColumnElement[str] = {
        Span.ALL: written(""),
        Span.TEAM: _fact.team,
        Span.AGENT: func.coalesce(_fact.agent, written("")),
    }[by]
    is_timed = _fact.kind.in_([written(each.value) for each in (FactKind.ANSWERED, FactKind.RESOLVED)])
    return (
        select(
            before(_fact.at, asked).label("is_before"),
            _fact.kind,
            value.label("value"),
            _fact.took,
            _fact.worked,
        )
        .where(is_timed, within(_fact.at, asked), *of_teams(_fact.team, asked.teams))
        .subquery("timed")
    )


def in_order(listed: str) -> list[int]:
    """The numbers of one text, made by `group_concat`."""
    return sorted(map(int, listed.split(",")))


def median_of(values: Sequence[int]) -> int:
    """The middle one of sorted values, or the mean of the two in the middle."""
    many = len(values)
    return (values[(many - 1) // 2] + values[many // 2]) // 2


def _lengths(those: Subquery) -> Select[Any]:
    """By the database's own aggregates, each of which sorts once; half a microsecond is left out."""
    alike = (those.c.is_before, those.c.kind, those.c.value)
    lengths: list[ColumnElement[Any]] = []
    for name in ("took", "worked"):
        column = those.c[name]
        median = func.floor(func.percentile_cont(literal_column("0.5")).within_group(column))
        ninetieth = func.percentile_disc(literal_column("0.9")).within_group(column)
        lengths += [median.label(f"{name}_median"), ninetieth.label(f"{name}_ninetieth")]
    return select(*alike, func.count(literal(1)).label("many"), *lengths).group_by(*alike)


def _listed_lengths(those: Subquery) -> Select[Any]:
    alike = (those.c.is_before, those.c.kind, those.c.value)
    listed = (func.group_concat(those.c[name]).label(name) for name in ("took", "worked"))
    return select(*alike, *listed).group_by(*alike)


def _lengths_from(row: Row) -> LengthsOf:
    took, worked = (
        Lengths(
            many=row["many"],
            median=timedelta(microseconds=int(row[f"{name}_median"])),
            ninetieth=timedelta(microseconds=int(row[f"{name}_ninetieth"])),
        )
        for name in ("took", "worked")
    )
    return _of(row, took, worked)


def _sorted_lengths_from(row: Row) -> LengthsOf:
    took, worked = (_sorted_lengths(in_order(row[name])) for name in ("took", "worked"))
    return _of(row, took, worked)


def _sorted_lengths(values: Sequence[int]) -> Lengths:
    """The ninetieth is the smallest that nine tenths do not exceed."""
    many = len(values)
    return Lengths(
        many=many,
        median=timedelta(microseconds=median_of(values)),
        ninetieth=timedelta(microseconds=values[(many * 9 + 9) // 10 - 1]),
    )


def _of(row: Row, took: Lengths, worked: Lengths) -> LengthsOf:
    return LengthsOf(
        is_before=bool(row["is_before"]), kind=row["kind"], value=row["value"], took=took, worked=worked
    )
